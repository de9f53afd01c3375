// Where a person writes: the text, the commands of the bot, files, and what is being answered.

import { h, iconButton } from "./dom.js";
import { previewFile } from "./dialogs.js";
import { summary } from "./message.js";

const TEXT_LIMIT = 4096;
const COUNTER_FROM = 3800;
const FILE_LIMIT = 50 * 1024 * 1024;

/**
 * `act` is `{ send(text, replyTo), upload(file, caption, kind, replyTo), problem(text), lookBack() }`;
 * `commands()` gives the bot's commands in this person's language.
 */
export class Composer {
  #words;
  #locale;
  #language;
  #act;
  #commands;
  #replyTo = null;
  #shown = [];
  #chosen = 0;

  constructor({ person, words, locale, language, commands, act }) {
    this.#words = words;
    this.#locale = locale;
    this.#language = language;
    this.#act = act;
    this.#commands = commands;
    const menuId = `commands-${person.id}`;

    this.field = h("textarea", {
      rows: "1",
      "data-testid": "composer",
      placeholder: words.message,
      "aria-label": words.messageFor(person.name),
      "aria-controls": menuId,
      "aria-autocomplete": "list",
      autocomplete: "off",
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
      onpaste: (event) => {
        const files = [...event.clipboardData.files];
        if (files.length === 0) return;
        event.preventDefault();
        this.attach(files);
      },
      onblur: () => setTimeout(() => this.element.contains(document.activeElement) || this.#closeMenu(), 100),
    });
    this.counter = h("span", { class: "counter", hidden: true, "aria-live": "polite" });
    this.sendButton = iconButton("send", words.send, { type: "submit", class: "icon-button send", "data-testid": "send", disabled: true });
    this.menu = h("ul", { class: "commands", id: menuId, role: "listbox", "aria-label": words.commands, hidden: true });
    this.replyBar = h("div", { class: "reply-bar", hidden: true });
    this.picker = h("input", {
      type: "file",
      multiple: true,
      hidden: true,
      onchange: () => {
        const files = [...this.picker.files];
        this.picker.value = "";
        this.attach(files);
      },
    });
    this.element = h("form", {
      class: "composer",
      onsubmit: (event) => {
        event.preventDefault();
        this.#submit();
      },
    },
    this.menu,
    this.replyBar,
    h("div", { class: "writing" },
      iconButton("commands", words.commands, { class: "icon-button slash", onclick: () => this.#toggleMenu() }),
      iconButton("attach", words.attach, { onclick: () => this.picker.click() }),
      this.picker, this.field, this.counter, this.sendButton));
  }

  get draft() {
    return this.field.value;
  }

  set draft(text) {
    this.field.value = text;
    this.#typed();
    this.#closeMenu();
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  reply(message) {
    this.#replyTo = message.message_id;
    const name = message.from.is_bot ? message.from.first_name : this.#words.you;
    this.replyBar.replaceChildren(
      h("div", { class: "quoted" }, h("b", null, this.#words.replyTo(name)), h("span", null, summary(message, this.#words))),
      iconButton("close", this.#words.cancelReply, { onclick: () => this.#cancelReply() }));
    this.replyBar.hidden = false;
    this.focus();
  }

  #cancelReply() {
    this.#replyTo = null;
    this.replyBar.hidden = true;
    this.focus();
  }

  async attach(files) {
    for (const file of files) {
      if (file.size > FILE_LIMIT) {
        this.#act.problem(this.#words.tooBig(file.name));
        continue;
      }
      const answer = await previewFile(file, { words: this.#words, locale: this.#locale, language: this.#language });
      if (!answer) continue;
      // What was being answered is answered by the first file; the text that is still written is not sent with it.
      const replyTo = this.#replyTo;
      if (replyTo !== null) this.#cancelReply();
      await this.#act.upload(file, answer.caption, answer.kind, replyTo);
    }
    this.focus();
  }

  async #submit() {
    const text = this.field.value.trim();
    if (text === "") return;
    if (text.length > TEXT_LIMIT) {
      this.#act.problem(this.#words.tooLong(text.length - TEXT_LIMIT));
      return;
    }
    const replyTo = this.#replyTo;
    this.draft = "";
    if (replyTo !== null) this.#cancelReply();
    const sent = await this.#act.send(text, replyTo);
    // What could not be sent goes back where it was, unless the next text is already being written.
    if (!sent && this.field.value === "") this.draft = text;
  }

  #typed() {
    const { length } = this.field.value.trim();
    const over = length - TEXT_LIMIT;
    this.sendButton.disabled = length === 0 || over > 0;
    this.counter.hidden = length < COUNTER_FROM;
    this.counter.textContent = -over;
    this.counter.classList.toggle("over", over > 0);
    this.counter.title = over > 0 ? this.#words.tooLong(over) : "";
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;

    const started = /^\/([a-z0-9_]*)$/i.exec(this.field.value);
    if (started) this.#openMenu(started[1].toLowerCase());
    else this.#closeMenu();
  }

  #toggleMenu() {
    if (!this.menu.hidden) return this.#closeMenu();
    this.focus();
    return this.#openMenu("");
  }

  #openMenu(prefix) {
    this.#shown = this.#commands().filter((it) => it.command.startsWith(prefix));
    this.#chosen = 0;
    if (this.#shown.length === 0) return this.#closeMenu();
    this.menu.replaceChildren(...this.#shown.map((it, index) => h("li", {
      role: "option",
      id: `${this.menu.id}-${index}`,
      // Before the field loses the focus, so that the menu is still there to be clicked.
      onmousedown: (event) => event.preventDefault(),
      onclick: () => this.#take(it),
    }, h("b", null, `/${it.command}`), h("span", null, it.description))));
    this.menu.hidden = false;
    return this.#mark();
  }

  #closeMenu() {
    this.#shown = [];
    this.menu.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  #mark() {
    [...this.menu.children].forEach((it, index) => it.setAttribute("aria-selected", index === this.#chosen));
    const chosen = this.menu.children[this.#chosen];
    this.field.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  #take(command) {
    this.draft = `/${command.command}`;
    this.focus();
    this.#submit();
  }

  #key(event) {
    // Safari ends the composition before it tells of the key, and then only the code gives it away.
    if (event.isComposing || event.keyCode === 229) return; // Enter ends a word of an input method, not the message
    if (this.#shown.length > 0 && this.#menuKey(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.#replyTo !== null) {
      this.#cancelReply();
    } else if (event.key === "ArrowUp" && this.field.value === "") {
      event.preventDefault();
      this.#act.lookBack();
    }
  }

  #menuKey({ key, shiftKey }) {
    const count = this.#shown.length;
    switch (key) {
      case "ArrowDown":
      case "ArrowUp":
        this.#chosen = (this.#chosen + (key === "ArrowDown" ? 1 : count - 1)) % count;
        this.#mark();
        return true;
      case "Enter":
        if (shiftKey) return false;
        this.#take(this.#shown[this.#chosen]);
        return true;
      case "Tab":
        if (shiftKey || this.field.value === "") return false;
        this.draft = `/${this.#shown[this.#chosen].command} `;
        return true;
      case "Escape":
        this.#closeMenu();
        return true;
      default:
        return false;
    }
  }
}
