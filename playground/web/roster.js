// The list of people at the side: who is here, what they heard last, and what they have not seen yet.

import { avatar, h, icon, iconButton } from "./dom.js";
import { summary } from "./message.js";
import { formatFor, languageName, pageCode, wordsFor } from "./words.js";

const words = wordsFor(pageCode);
const clock = new Intl.DateTimeFormat(formatFor(pageCode), { hour: "numeric", minute: "2-digit" });

export class Roster {
  #store;
  #app;
  #buttons = new Map();

  /** `app` is `{ open(id), add(), toggleTheme(), isOpen(id), isActive(id) }`. */
  constructor(store, app) {
    this.#store = store;
    this.#app = app;
    this.mine = h("ul", { class: "people" });
    this.scripted = h("ul", { class: "people" });
    this.scriptedTitle = h("summary");
    this.scriptedGroup = h("details", { class: "scripted", hidden: true }, this.scriptedTitle, this.scripted);
    this.theme = iconButton("moon", words.useDark, { "data-testid": "theme-toggle", onclick: () => app.toggleTheme() });
    this.add = h("button", { type: "button", class: "add-person", title: words.addPerson, "data-testid": "add-person", onclick: () => app.add() },
      icon("plus"), h("span", null, words.addPerson));
    this.element = h("nav", { class: "roster", "aria-label": words.people },
      h("header", null, h("div", { class: "who-is" }, h("h1", null, words.title), h("p", { class: "subtitle" }, words.tagline)), this.theme),
      h("div", { class: "roster-scroll" }, this.mine, this.add, this.scriptedGroup));
  }

  drawTheme(dark) {
    const label = dark ? words.useLight : words.useDark;
    this.theme.replaceChildren(icon(dark ? "sun" : "moon"));
    this.theme.title = label;
    this.theme.setAttribute("aria-label", label);
  }

  update() {
    const people = this.#store.inOrder();
    const scripted = people.filter((it) => it.scripted);
    this.#fill(this.mine, people.filter((it) => !it.scripted), 0);
    this.#fill(this.scripted, scripted, people.length - scripted.length);
    this.scriptedGroup.hidden = scripted.length === 0;
    this.scriptedTitle.textContent = words.scripted(scripted.length);
  }

  /** A row stays the same button while its person is here, or a click during a redraw would be lost. */
  #fill(list, people, before) {
    const rows = people.map((person, index) => this.#row(person, before + index + 1));
    rows.forEach((row, index) => {
      if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
    });
    while (list.children.length > rows.length) list.lastChild.remove();
  }

  #row(person, position) {
    const button = this.#button(person.id);
    const key = position <= 9 ? `Alt+${position}` : null;
    button.title = key ? `${person.name} (${key})` : person.name;
    button.classList.toggle("open", this.#app.isOpen(person.id));
    for (const [name, value] of [["aria-keyshortcuts", key], ["aria-current", this.#app.isActive(person.id) ? "true" : null]]) {
      if (value) button.setAttribute(name, value);
      else button.removeAttribute(name);
    }

    const last = this.#store.messages(person.id).at(-1);
    const unread = this.#store.unread(person.id);
    const loaded = this.#store.chats.get(person.id)?.loaded;
    const quiet = loaded && this.#store.unreadMessages(person.id).every((it) => it.silent);
    const preview = person.blocked ? words.blockedMark
      : !last ? languageName(person.language_code)
      : last.from.is_bot ? summary(last, words) : `${words.you}: ${summary(last, words)}`;
    const drawn = JSON.stringify([person.name, person.scripted, preview, last?.date, unread, quiet]);
    if (button.dataset.drawn !== drawn) {
      button.dataset.drawn = drawn;
      button.replaceChildren(avatar(person), h("span", { class: "person-text" },
        h("span", { class: "person-top" }, h("b", null, person.name), last && h("time", null, clock.format(last.date * 1000))),
        h("span", { class: "person-bottom" },
          h("span", { class: "last" }, preview),
          unread > 0 && h("span", { class: `badge${quiet ? " quiet" : ""}` },
            unread > 99 ? "99+" : unread, h("span", { class: "visually-hidden" }, ` ${words.unreadMark}`)))));
    }
    return button.parentNode;
  }

  #button(id) {
    if (!this.#buttons.has(id)) {
      const button = h("button", { type: "button", class: "person", "data-person": id, onclick: () => this.#app.open(id) });
      h("li", null, button);
      this.#buttons.set(id, button);
    }
    return this.#buttons.get(id);
  }
}
