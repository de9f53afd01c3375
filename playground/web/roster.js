// The list of people at the side: who is here, what they heard last, and what they have not seen yet.

import { avatar, h, icon, iconButton } from "./dom.js";
import { summary } from "./message.js";
import { languageName, localeFor, pageCode, wordsFor } from "./words.js";

const words = wordsFor(pageCode);
const locale = localeFor(pageCode);

export class Roster {
  #store;
  #app;

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

  #fill(list, people, before) {
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.person : null;
    list.replaceChildren(...people.map((person, index) => h("li", null, this.#row(person, before + index + 1))));
    if (focused) list.querySelector(`[data-person="${focused}"]`)?.focus({ preventScroll: true });
  }

  #row(person, position) {
    const last = this.#store.messages(person.id).at(-1);
    const unread = this.#store.unread(person.id);
    const loud = this.#store.unreadMessages(person.id).some((it) => !it.silent);
    const preview = last
      ? `${last.from.is_bot ? "" : `${words.you}: `}${summary(last, words)}`
      : languageName(person.language_code);
    return h("button", {
      type: "button",
      class: `person${this.#app.isOpen(person.id) ? " open" : ""}`,
      "data-person": person.id,
      "aria-current": this.#app.isActive(person.id) ? "true" : null,
      "aria-keyshortcuts": position <= 9 ? `Alt+${position}` : null,
      title: position <= 9 ? `${person.name} (Alt+${position})` : person.name,
      onclick: () => this.#app.open(person.id),
    },
    avatar(person),
    h("span", { class: "person-text" },
      h("span", { class: "person-top" },
        h("b", null, person.name),
        last && h("time", null, new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(last.date * 1000))),
      h("span", { class: "person-bottom" },
        h("span", { class: "last" }, person.blocked ? words.blockedMark : preview),
        unread > 0 && h("span", { class: `badge${loud || !this.#store.chats.get(person.id)?.loaded ? "" : " quiet"}` },
          unread > 99 ? "99+" : unread, h("span", { class: "visually-hidden" }, ` ${words.unread(unread)}`)))));
  }
}
