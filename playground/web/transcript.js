// The messages of one chat in order, with the days between them and the line above what is new.

import { h } from "./dom.js";

/** Messages of one sender this close together (seconds) are drawn as one group. */
const JOINED_WITHIN = 300;

export class Transcript {
  #nodes = new Map();
  #words;
  #locale;
  #draw;
  #find;
  #leave;

  /**
   * `draw(message)` makes a message's node, `find(id)` gives a message of the chat,
   * `leave()` takes the keyboard when it walks past the last message or its place is gone.
   */
  constructor({ words, locale, label, draw, find, leave }) {
    this.#words = words;
    this.#locale = locale;
    this.#draw = draw;
    this.#find = find;
    this.#leave = leave;
    this.element = h("div", {
      class: "messages",
      role: "log",
      tabindex: "0",
      "aria-live": "polite",
      "aria-relevant": "additions",
      "aria-label": label,
      "data-testid": "messages",
      onkeydown: (event) => this.#walk(event),
      onfocusin: (event) => this.#offerReply(event.target.closest(".message")),
    });
  }

  /** The line above what is new, when there is one. */
  get line() {
    return this.element.querySelector(".new-line");
  }

  node(id) {
    return this.#nodes.get(id)?.node;
  }

  focusLast() {
    [...this.element.querySelectorAll(".message")].at(-1)?.focus();
  }

  /** Shows these messages. `lineAt` is the first new one; new nodes move in when they are `arriving`. */
  show(messages, { lineAt, arriving }) {
    const focus = this.#rememberFocus();
    this.#place(messages, lineAt, arriving);
    this.#restoreFocus(focus);
  }

  /** Puts the nodes in order and touches only what changed, so that focus, selection and scrolling survive. */
  #place(messages, lineAt, arriving) {
    const wanted = [];
    let before = null;
    for (const message of messages) {
      const newDay = !before || dayOf(before) !== dayOf(message);
      const newLine = message.message_id === lineAt;
      if (newDay) wanted.push(this.#cached(`day ${dayOf(message)}`, [today()], () => this.#dayNode(message)));
      if (newLine) wanted.push(this.#cached("line", [], () => this.#lineNode()));
      const node = this.#cached(message.message_id, [message, this.#find(message.reply_to)], () => {
        const made = this.#draw(message);
        made.classList.toggle("arriving", arriving && !this.#nodes.has(message.message_id));
        return made;
      });
      const joined = !newDay && !newLine && before.from.is_bot === message.from.is_bot && message.date - before.date < JOINED_WITHIN;
      node.classList.toggle("joined", joined);
      wanted.push(node);
      before = message;
    }
    const keep = new Set(wanted);
    for (const [key, { node }] of this.#nodes) {
      if (keep.has(node)) continue;
      node.remove();
      this.#nodes.delete(key);
    }
    let cursor = this.element.firstChild;
    for (const node of wanted) {
      if (node === cursor) cursor = cursor.nextSibling;
      else this.element.insertBefore(node, cursor);
    }
  }

  /** The node made from the same values before, or a new one in its place. */
  #cached(key, values, make) {
    const known = this.#nodes.get(key);
    if (known?.values.every((it, index) => it === values[index])) return known.node;
    const node = make();
    known?.node.replaceWith(node);
    this.#nodes.set(key, { values, node });
    return node;
  }

  #lineNode() {
    return h("div", { class: "new-line" }, h("span", null, this.#words.newMessages));
  }

  #dayNode(message) {
    const at = new Date(message.date * 1000);
    const days = Math.round((startOfDay(Date.now()) - startOfDay(at)) / 86_400_000);
    const year = at.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
    const text = days === 0 ? this.#words.today
      : days === 1 ? this.#words.yesterday
      : new Intl.DateTimeFormat(this.#locale, { day: "numeric", month: "long", year }).format(at);
    return h("div", { class: "day" }, h("span", null, text));
  }

  /** Arrows go from message to message, as the buttons of each are Tab stops already. */
  #walk(event) {
    if (event.target !== this.element && !event.target.classList.contains("message")) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const nodes = [...this.element.querySelectorAll(".message")];
    const at = nodes.indexOf(event.target);
    const next = at < 0 ? nodes.at(-1) : nodes[at + step];
    if (next) next.focus();
    else if (step > 0) this.#leave();
  }

  #offerReply(message) {
    for (const button of this.element.querySelectorAll(".reply[tabindex='0']")) button.tabIndex = -1;
    for (const button of message?.querySelectorAll(".reply") ?? []) button.tabIndex = 0;
  }

  /** An edit replaces the message the reader may just be in; they stay on the same button of it. */
  #rememberFocus() {
    const message = document.activeElement?.closest?.(".message");
    if (!message || !this.element.contains(message)) return null;
    const focusable = [message, ...message.querySelectorAll("button, a, [tabindex]")];
    const text = document.activeElement.textContent;
    return { id: Number(message.dataset.messageId), index: focusable.indexOf(document.activeElement), text };
  }

  #restoreFocus(focus) {
    if (!focus || document.activeElement !== document.body) return;
    const node = this.#nodes.get(focus.id)?.node;
    if (!node) return this.#leave();
    const focusable = [node, ...node.querySelectorAll("button, a, [tabindex]")];
    const same = focus.index > 0 && focusable.slice(1).find((it) => it.textContent === focus.text);
    (same || focusable[focus.index] || node).focus({ preventScroll: true });
  }
}

const startOfDay = (at) => new Date(at).setHours(0, 0, 0, 0);
const dayOf = (message) => startOfDay(message.date * 1000);
const today = () => startOfDay(Date.now());
