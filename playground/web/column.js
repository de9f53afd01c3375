// One person's chat with the bot: who they are, what was said, and where they write.

import { Alipay } from "./alipay.js";
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { askForward, enlarge } from "./dialogs.js";
import { avatar, copyText, h, icon, iconButton } from "./dom.js";
import { messageNode } from "./message.js";
import { Toasts } from "./toasts.js";
import { Transcript } from "./transcript.js";
import { formatFor, languageFor, languageName, wordsFor } from "./words.js";

/** So many messages are on the page at first; older ones come when asked for. */
const PAGE = 150;

const NEAR_BOTTOM = 48;
const TYPING_LASTS = 5000;

export class Column {
  #store;
  #id;
  #app;
  #language;
  #name;
  #opened = new Map();
  #limit = PAGE;
  #stuck = true;
  #shown = false;
  #line = null;
  #pressing = 0;
  #drawn = null;
  #typingTimer = null;

  /** `app` is `{ close(id), activate(id), goBack(), visible(id) }`. */
  constructor(store, id, app) {
    this.#store = store;
    this.#id = id;
    this.#app = app;
    const person = store.person(id);
    this.#build(person);
    this.drawPerson();
    this.drawBot();
  }

  get person() {
    return this.#store.person(this.#id);
  }

  /** The labels carry the name and are in the language, so a person who changes these gets a new column. */
  fits(person) {
    return person.language_code === this.#language && person.name === this.#name;
  }

  #build(person) {
    const words = wordsFor(person.language_code);
    this.#language = person.language_code;
    this.#name = person.name;
    this.words = words;
    this.locale = formatFor(person.language_code);

    this.title = h("h2");
    this.subtitle = h("p", { class: "subtitle" });
    this.menu = h("div", { class: "menu", role: "menu", hidden: true });
    this.menuButton = iconButton("more", words.menuOf(person.name), {
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => this.#toggleMenu(this.menu.hidden),
    });
    this.alipayButton = h("button", {
      type: "button",
      class: "alipay-button",
      title: words.alipayPractice,
      "aria-label": words.alipayPractice,
      "aria-expanded": "false",
      "data-testid": "alipay-button",
      onclick: () => (this.alipay.isOpen ? this.alipay.close() : this.alipay.open()),
    }, words.alipay);
    this.alipay = new Alipay({ person, words, locale: this.locale, button: this.alipayButton });
    this.offline = h("div", { class: "strip", role: "status" });
    this.earlier = h("button", { type: "button", class: "pill earlier", hidden: true, onclick: () => this.#showEarlier() }, words.earlier);
    this.transcript = new Transcript({
      words,
      locale: this.locale,
      label: words.messagesOf(person.name),
      draw: (message) => this.#messageNode(message),
      find: (id) => this.#store.message(this.#id, id),
      leave: () => this.composer.focus(),
    });
    this.empty = h("div", { class: "empty", hidden: true },
      h("strong", null, words.emptyTitle), h("span", null, words.emptyText));
    this.typing = h("div", { class: "typing", role: "status", hidden: true },
      h("span", { class: "visually-hidden" }, words.typing), h("i"), h("i"), h("i"));
    this.inner = h("div", { class: "inner" }, this.earlier, this.transcript.element, this.typing);
    this.scroller = h("div", { class: "scroller", onscroll: () => this.#scrolled() }, this.empty, this.inner);
    this.jump = h("button", { type: "button", class: "jump", hidden: true, onclick: () => this.#jumpDown() });
    this.toasts = new Toasts(this, words);
    this.composer = new Composer({
      person,
      words,
      locale: this.locale,
      language: languageFor(person.language_code),
      commands: () => this.#commands(),
      act: {
        send: (text, replyTo) => this.#send(text, replyTo),
        upload: (file, caption, kind, replyTo) => this.#upload(file, caption, kind, replyTo),
        problem: (text) => this.toasts.say(text),
        lookBack: () => this.transcript.focusLast(),
      },
    });
    this.startButton = h("button", { type: "button", class: "primary wide", onclick: () => this.#start() }, words.startBot);
    this.foot = h("div", { class: "foot" });

    this.element = h("section", {
      class: "column",
      lang: languageFor(person.language_code),
      "aria-label": words.chatOf(person.name),
      "data-testid": "column",
      "data-person": this.#id,
      onfocusin: () => this.#app.activate(this.#id),
      onpointerdown: () => this.#app.activate(this.#id),
      ondragover: (event) => this.#drag(event, true),
      ondragleave: (event) => this.element.contains(event.relatedTarget) || this.#drag(event, false),
      ondrop: (event) => this.#drop(event),
    },
    h("header", null,
      iconButton("back", words.back, { class: "icon-button back", onclick: () => this.#app.goBack() }),
      avatar(person),
      h("div", { class: "who-is" }, this.title, this.subtitle),
      this.alipayButton,
      h("div", { class: "menu-anchor", onfocusout: (event) => this.#leaveMenu(event), onkeydown: (event) => this.#menuKey(event) }, this.menuButton, this.menu),
      iconButton("close", words.closeColumn(person.name), { class: "icon-button close", onclick: () => this.#app.close(this.#id) })),
    this.offline,
    h("div", { class: "viewport" }, this.scroller, this.jump, this.alipay.element, this.toasts.element, h("div", { class: "drop-here", "aria-hidden": "true" }, words.drop)),
    this.foot);

    // Pictures load, quotes unfold, the composer grows: whoever was at the bottom stays there.
    const follow = new ResizeObserver(() => this.#stuck && this.#toBottom());
    follow.observe(this.inner);
    follow.observe(this.scroller);
  }

  // What is shown

  update() {
    const all = this.#store.messages(this.#id);
    const messages = all.slice(-this.#limit);
    this.earlier.hidden = all.length <= messages.length;

    const unread = this.#store.unreadMessages(this.#id);
    const seen = this.#shown && this.#isSeen();
    if (unread.length > 0 && !seen && !unread.some((it) => it.message_id === this.#line)) this.#line = unread[0].message_id;

    this.transcript.show(messages, { lineAt: this.#line, arriving: this.#shown });
    this.#drawFoot();
    if (!this.#shown && this.#store.chats.get(this.#id)?.loaded) {
      this.#shown = true;
      this.#showFirst();
    }
    if (this.#stuck) this.#toBottom();
    this.look();
  }

  /** Opens where reading stopped: at the line when there is one, else at the end. */
  #showFirst() {
    const { line } = this.transcript;
    if (!line) return;
    this.#stuck = false;
    this.scroller.scrollTop = line.offsetTop - 24;
    this.#stuck = this.#atBottom();
  }

  #messageNode(message) {
    const id = message.message_id;
    if (!this.#opened.has(id)) this.#opened.set(id, new Set());
    return messageNode(message, {
      words: this.words,
      locale: this.locale,
      opened: this.#opened.get(id),
      find: (other) => this.#store.message(this.#id, other),
      act: {
        send: (text) => this.#send(text),
        follow: (url) => this.#follow(url),
        toast: (text) => this.toasts.say(text),
        press: (messageId, data) => this.#press(messageId, data),
        forward: (messageId) => this.#forward({ message_id: messageId }),
        reply: (messageId) => this.composer.reply(this.#store.message(this.#id, messageId)),
        jumpTo: (messageId) => this.#jumpTo(messageId),
        enlarge: (url, name) => enlarge(url, name, this.words),
      },
    });
  }

  /** Shows what can change about a person. */
  drawPerson() {
    const { person, words } = this;
    const drawn = JSON.stringify({ ...person, unread: 0 });
    if (this.#drawn === drawn) return; // the menu may be open, and somebody on an item of it
    this.#drawn = drawn;
    this.title.textContent = person.name;
    this.subtitle.textContent = [person.username && `@${person.username}`, languageName(person.language_code), person.id].filter(Boolean).join(" · ");
    this.element.classList.toggle("blocked", person.blocked);
    const item = (label, action) => h("button", {
      type: "button",
      role: "menuitem",
      onclick: () => {
        this.#toggleMenu(false);
        this.menuButton.focus();
        action();
      },
    }, label);
    const other = languageFor(person.language_code) === "en" ? "zh-Hans" : "en";
    const items = [
      item(person.blocked ? words.unblock : words.block, () => this.#change({ blocked: !person.blocked })),
      item(words.speak, () => this.#change({ language_code: other === "en" ? "en" : "zh-hans" })),
      item(words.forwardOther, () => askForward(words, this.#language, (what) => this.#forward(what))),
      item(words.copyId, async () => this.toasts.say((await copyText(String(this.#id))) ? words.copied : words.notCopied)),
    ];
    items[1].lang = other;
    this.menu.replaceChildren(...items);
    this.#drawFoot();
  }

  drawBot() {
    const { bot } = this.#store;
    const offline = bot && !bot.polling && !bot.webhook;
    this.offline.textContent = offline ? this.words.botOffline : "";
  }

  #drawFoot() {
    const fresh = this.#store.chats.get(this.#id)?.loaded && this.#store.messages(this.#id).length === 0;
    this.empty.hidden = !fresh || this.person.blocked;
    const kind = this.person.blocked ? "blocked" : fresh ? "fresh" : "open";
    if (this.foot.dataset.kind === kind) return;
    const hadFocus = this.foot.contains(document.activeElement);
    this.foot.dataset.kind = kind;
    if (kind === "blocked") {
      this.foot.replaceChildren(h("div", { class: "blocked-bar" }, h("span", null, this.words.blockedNote),
        h("button", { type: "button", class: "plain", onclick: () => this.#change({ blocked: false }) }, this.words.unblock)));
    } else {
      this.foot.replaceChildren(...(kind === "fresh" ? [h("div", { class: "start-bar" }, this.startButton)] : []), this.composer.element);
    }
    if (hadFocus) this.focus();
  }

  // Reading

  #atBottom() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight <= NEAR_BOTTOM;
  }

  #toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  #scrolled() {
    this.#stuck = this.#atBottom();
    this.look();
  }

  #isSeen() {
    return this.#stuck && document.visibilityState === "visible" && this.#app.visible(this.#id);
  }

  /** Marks as read what is in sight, and offers the way down to what is not. */
  look() {
    if (!this.#shown) return;
    if (this.#isSeen()) this.#store.markRead(this.#id);
    const unread = this.#store.unread(this.#id);
    this.jump.hidden = this.#stuck;
    this.jump.replaceChildren(icon("down"), this.words.jump(unread));
    this.jump.setAttribute("aria-label", this.words.jumpLabel(unread));
  }

  #jumpDown() {
    const { line } = this.transcript;
    const below = line && line.offsetTop > this.scroller.scrollTop + this.scroller.clientHeight;
    this.scroller.scrollTo({ top: below ? line.offsetTop - 24 : this.scroller.scrollHeight, behavior: smoothly() });
  }

  #showEarlier() {
    const { scrollHeight, scrollTop } = this.scroller;
    this.#limit += PAGE;
    this.#stuck = false;
    const messages = this.#store.messages(this.#id);
    this.transcript.show(messages.slice(-this.#limit), { lineAt: this.#line, arriving: false });
    this.earlier.hidden = messages.length <= this.#limit;
    this.scroller.scrollTop = scrollTop + this.scroller.scrollHeight - scrollHeight;
  }

  #jumpTo(messageId) {
    const position = this.#store.messages(this.#id).findIndex((it) => it.message_id === messageId);
    if (position < 0) return;
    const fromEnd = this.#store.messages(this.#id).length - position;
    if (fromEnd > this.#limit) {
      this.#limit = fromEnd + 20;
      this.update();
    }
    const node = this.transcript.node(messageId);
    node.scrollIntoView({ block: "center", behavior: smoothly() });
    node.classList.remove("found");
    requestAnimationFrame(() => node.classList.add("found"));
  }

  showTyping(last) {
    clearTimeout(this.#typingTimer);
    this.typing.hidden = !last;
    if (last) this.#typingTimer = setTimeout(() => this.showTyping(false), TYPING_LASTS);
    if (this.#stuck) this.#toBottom();
  }

  // Doing

  focus() {
    const target = this.person.blocked ? this.foot.querySelector("button")
      : this.foot.dataset.kind === "fresh" ? this.startButton : this.composer.field;
    target?.focus({ preventScroll: true });
  }

  #commands() {
    const { commands = {} } = this.#store.bot ?? {};
    const code = this.#language?.toLowerCase() ?? "";
    return commands[code] ?? commands[code.split("-")[0]] ?? commands[""] ?? [];
  }

  /** Runs a request; what the server says against it is shown here. */
  async #attempt(request) {
    try {
      return await request;
    } catch (error) {
      this.toasts.say(error.message || this.words.unreachable);
      return null;
    }
  }

  async #send(text, replyTo) {
    this.#line = null;
    this.#stuck = true;
    const message = await this.#attempt(api.send(this.#id, text, replyTo));
    if (message) this.#store.learnMessage(this.#id, message);
    return message !== null;
  }

  async #forward(what) {
    this.#line = null;
    this.#stuck = true;
    const message = await this.#attempt(api.forward(this.#id, what));
    if (message) this.#store.learnMessage(this.#id, message);
  }

  async #start() {
    await this.#send("/start");
    this.composer.focus();
  }

  async #upload(file, caption, kind, replyTo) {
    this.#line = null;
    this.#stuck = true;
    const message = await this.#attempt(api.upload(this.#id, file, caption, kind, replyTo));
    if (message) this.#store.learnMessage(this.#id, message);
  }

  async #press(messageId, data) {
    this.#pressing += 1;
    const answer = await this.#attempt(api.press(this.#id, messageId, data));
    this.#pressing -= 1;
    if (answer?.toast) this.toasts.say(answer.toast, answer.alert);
  }

  async #change(change) {
    const person = await this.#attempt(api.changePerson(this.#id, change));
    if (person) this.#store.learnPerson(person);
  }

  /** A link to our own bot stays here and starts it, as in Telegram. True when that was all there is to do. */
  #follow(url) {
    const bot = this.#store.bot?.username?.toLowerCase();
    const name = url.protocol === "tg:" ? url.searchParams.get("domain") : /^t(elegram)?\.me$/.test(url.hostname) ? url.pathname.slice(1) : null;
    if (!bot || name?.toLowerCase() !== bot) return false;
    const start = url.searchParams.get("start");
    if (start) this.#send(`/start ${start}`);
    return true;
  }

  /** The answer to our own press comes with it; those of other windows come as events. */
  hearToast(text, alert) {
    if (this.#pressing === 0 && !this.toasts.justSaid(text)) this.toasts.say(text, alert);
  }

  // The small menu and dropped files

  #toggleMenu(open) {
    this.menu.hidden = !open;
    this.menuButton.setAttribute("aria-expanded", open);
    if (open) this.menu.firstChild.focus();
  }

  #leaveMenu(event) {
    if (!event.currentTarget.contains(event.relatedTarget)) this.#toggleMenu(false);
  }

  #menuKey(event) {
    if (this.menu.hidden) return;
    const items = [...this.menu.children];
    const step = { ArrowDown: 1, ArrowUp: items.length - 1 }[event.key];
    if (step) {
      event.preventDefault();
      items[(items.indexOf(document.activeElement) + step) % items.length].focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.#toggleMenu(false);
      this.menuButton.focus();
    }
  }

  #drag(event, over) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    this.element.classList.toggle("dropping", over);
  }

  #drop(event) {
    this.element.classList.remove("dropping");
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    event.preventDefault();
    if (!this.person.blocked) this.composer.attach(files);
  }
}

const smoothly = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
