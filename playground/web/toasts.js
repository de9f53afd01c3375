// What the bot says for a moment: a toast at the foot of the column, or an alert that waits for OK.

import { h } from "./dom.js";

/** The same text within this time (ms) is the same answer, heard twice. */
const SAME_WITHIN = 2000;

export class Toasts {
  element = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
  #host;
  #words;
  #last = { text: "", at: 0 };

  /** `host` is the column; `host.element` is covered by an alert, `host.focus()` takes the keyboard after it. */
  constructor(host, words) {
    this.#host = host;
    this.#words = words;
  }

  justSaid(text) {
    return this.#last.text === text && Date.now() - this.#last.at < SAME_WITHIN;
  }

  say(text, alert = false) {
    this.#last = { text, at: Date.now() };
    if (alert) {
      this.#alert(text);
      return;
    }
    if (this.element.lastChild?.textContent === text) this.element.lastChild.remove(); // said again, not twice
    const node = h("div", { class: "toast", "data-testid": "toast" }, text);
    this.element.append(node);
    if (this.element.children.length > 3) this.element.firstChild.remove();
    setTimeout(() => node.remove(), 2800 + text.length * 45);
  }

  #alert(text) {
    const focused = document.activeElement;
    const close = () => {
      veil.remove();
      if (focused?.isConnected) focused.focus({ preventScroll: true });
      else this.#host.focus();
    };
    const ok = h("button", { type: "button", class: "primary", onclick: close }, this.#words.ok);
    const veil = h("div", { class: "veil" },
      h("div", {
        class: "alert",
        role: "alertdialog",
        "aria-label": text,
        "data-testid": "toast",
        "data-alert": "true",
        onkeydown: (event) => {
          if (event.key === "Tab") event.preventDefault(); // OK is the only thing here to go to
          if (event.key !== "Escape") return;
          event.stopPropagation();
          close();
        },
      }, h("p", null, text), ok));
    this.#host.element.append(veil);
    // Whoever types in another column is not to be interrupted.
    if (focused === document.body || this.#host.element.contains(focused)) ok.focus();
  }
}
