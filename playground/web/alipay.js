// A person's pretend Alipay beside the chat: what has arrived, what has not, and the way back for it.

import * as api from "./api.js";
import { copyText, h, iconButton } from "./dom.js";

/** So long (seconds) a delayed transfer takes here; in Alipay it is 2, 12 or 24 hours. */
const DELAY = 120;

/** A little after (ms) a transfer arrives the bill is looked at again. */
const SOON_AFTER = 400;

export class Alipay {
  #id;
  #words;
  #money;
  #time;
  #opener;
  #drawn = "";
  #timer = null;
  #accounts = [];

  /** `button` opens it, and has the keyboard back when it is closed. */
  constructor({ person, words, locale, button }) {
    this.#id = person.id;
    this.#words = words;
    this.#money = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 });
    this.#time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
    this.#opener = button;
    this.accounts = h("div", { class: "alipay-accounts" });
    this.bill = h("ol", { class: "bill", "aria-label": words.bill, "data-testid": "bill" });
    this.problem = h("p", { class: "problem", role: "alert" });
    this.element = h("section", {
      class: "alipay",
      hidden: true,
      tabindex: "-1",
      "aria-label": words.alipayOf(person.name),
      "data-testid": "alipay",
      onkeydown: (event) => this.#key(event),
    },
    h("header", null,
      h("h3", null, words.alipay, " ", h("span", { class: "practice-mark" }, words.practice)),
      iconButton("close", words.closeAlipay, { onclick: () => this.close() })),
    h("div", { class: "alipay-scroll" },
      h("p", { class: "alipay-hint" }, words.alipayHint),
      this.accounts, this.problem, this.bill, this.#payForm()));
  }

  get isOpen() {
    return !this.element.hidden;
  }

  open() {
    this.element.hidden = false;
    this.#opener.setAttribute("aria-expanded", "true");
    this.#opener.classList.remove("news");
    this.element.focus({ preventScroll: true });
    this.load();
  }

  close() {
    this.element.hidden = true;
    this.#opener.setAttribute("aria-expanded", "false");
    clearTimeout(this.#timer);
    this.#opener.focus();
  }

  /** Something has changed in it: whoever looks sees it, others see that there is something to see. */
  stir(money) {
    if (this.isOpen) this.load();
    else if (money) this.#opener.classList.add("news");
  }

  async load() {
    const opened = await this.#attempt(api.alipay(this.#id));
    if (opened) this.#draw(opened);
  }

  /** Runs a request; what is said against it stands in `problem`. */
  async #attempt(request, problem = this.problem) {
    problem.textContent = "";
    try {
      return await request;
    } catch (error) {
      problem.textContent = error.message || this.#words.unreachable;
      return null;
    }
  }

  #draw({ accounts, bill }) {
    clearTimeout(this.#timer);
    const next = Math.min(...bill.filter((it) => it.standing === "processing").map((it) => it.arrives_at * 1000));
    if (this.isOpen && Number.isFinite(next)) {
      this.#timer = setTimeout(() => this.load(), Math.max(0, next - Date.now()) + SOON_AFTER);
    }
    const drawn = JSON.stringify([accounts, bill]);
    if (this.#drawn === drawn) return; // somebody may be on one of its buttons
    this.#drawn = drawn;
    this.#accounts = accounts;
    this.#drawAccounts(accounts);
    this.bill.replaceChildren(...(bill.length > 0 ? bill.map((it) => this.#entry(it)) : [this.#nothing()]));
    this.from.value ||= accounts.at(-1) ?? "";
  }

  #drawAccounts(accounts) {
    const words = this.#words;
    const field = h("input", { class: "alipay-field", required: true, autocomplete: "off", placeholder: words.account, "aria-label": words.account });
    const form = h("form", {
      class: "alipay-add",
      onsubmit: async (event) => {
        event.preventDefault();
        const opened = await this.#attempt(api.addAccount(this.#id, field.value));
        if (opened) this.#draw(opened);
      },
    }, field, h("button", { type: "submit", class: "plain" }, words.add));
    this.accounts.replaceChildren(
      accounts.length > 0
        ? h("p", null, words.yourAccounts, " ", h("b", { "data-testid": "alipay-accounts" }, accounts.join(", ")))
        : h("p", null, words.noAccounts),
      h("details", { open: accounts.length === 0 }, h("summary", null, words.addAccount), form));
  }

  #nothing() {
    return h("li", { class: "bill-empty" }, this.#accounts.length > 0 ? this.#words.noBill : this.#words.noBillYet);
  }

  #entry(entry) {
    const words = this.#words;
    const incoming = entry.direction === "in";
    const arrived = entry.standing === "arrived";
    const sum = this.#money.format(entry.fen / 100);
    const other = [entry.other_name, entry.other_account].filter(Boolean).join(" · ");
    const facts = [
      [incoming ? words.payer : words.payee, other],
      this.#accounts.length > 1 && [words.yourAccount, entry.account],
      [arrived ? words.arrivedAt : words.expectedAt, this.#time.format(entry.arrives_at * 1000)],
      !entry.refund && [words.memo, entry.memo_empty ? h("span", null, entry.memo, " ", h("small", null, words.memoEmpty)) : entry.memo],
      [words.orderNumber, this.#copyable(entry.number)],
    ].filter(Boolean);
    return h("li", { class: `entry ${entry.direction} ${entry.standing}`, "data-testid": "bill-entry" },
      h("div", { class: "entry-top" },
        h("b", { class: "sum" }, `${incoming ? "+" : "−"}${sum}`),
        h("span", { class: "standing" }, arrived ? (entry.refund ? words.refunded : words.arrived) : words.processing)),
      h("dl", null, facts.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value)))),
      !arrived && h("p", { class: "entry-note" }, incoming ? words.processingIn : words.processingOut),
      entry.returned && h("p", { class: "entry-note" }, words.sentBack),
      entry.returnable && this.#sendBack(entry, sum));
  }

  #copyable(text) {
    const copy = async () => {
      button.title = (await copyText(text)) ? this.#words.copied : this.#words.notCopied;
      button.dataset.said = button.title;
    };
    const button = h("button", { type: "button", class: "link number", title: this.#words.copies(text), onclick: copy }, text);
    return button;
  }

  /** Money that goes out is asked for twice. */
  #sendBack({ number }, sum) {
    const words = this.#words;
    const press = async () => {
      if (!button.dataset.sure) {
        button.dataset.sure = "asked";
        button.textContent = words.sendBackSure(sum);
        return;
      }
      button.disabled = true;
      if (await this.#attempt(api.sendBack(number))) await this.load();
      else button.disabled = false;
    };
    const button = h("button", { type: "button", class: "plain send-back", "data-testid": "send-back", onclick: press }, words.sendBack);
    return button;
  }

  /** Whoever plays a buyer pays from here. */
  #payForm() {
    const words = this.#words;
    const field = (name, label, more) => {
      const input = h("input", { class: "alipay-field", name, autocomplete: "off", "data-testid": `pay-${name}`, ...more });
      return [input, h("label", null, h("span", null, label), input)];
    };
    const [to, toLabel] = field("to", words.payTo, { required: true });
    const [amount, amountLabel] = field("amount", words.payAmount, { required: true, inputmode: "decimal", placeholder: "720.00" });
    const [name, nameLabel] = field("name", words.payName, { required: true });
    const [from, fromLabel] = field("from", words.payFrom, { required: true });
    const [memo, memoLabel] = field("memo", words.payMemo, { placeholder: words.payMemoHint });
    const delayed = h("input", { type: "checkbox" });
    this.from = from;
    const said = h("p", { class: "alipay-said", role: "status" });
    const problem = h("p", { class: "problem", role: "alert" });
    const submit = async (event) => {
      event.preventDefault();
      said.textContent = "";
      const fen = fenOf(amount.value);
      if (fen === null) {
        problem.textContent = words.payAmountWrong;
        return;
      }
      const made = await this.#attempt(api.pay({
        payer: { name: name.value, account: from.value },
        payee: to.value,
        fen,
        memo: memo.value,
        delay: delayed.checked ? DELAY : 0,
      }), problem);
      if (!made) return;
      said.textContent = words.paid(this.#money.format(fen / 100));
      amount.value = "";
      memo.value = "";
      // What one has paid from is one's own from then on, and so its bill is shown.
      const opened = await this.#attempt(api.addAccount(this.#id, from.value));
      if (opened) this.#draw(opened);
    };
    return h("details", { class: "pay" }, h("summary", { "data-testid": "pay-somebody" }, words.paySomebody),
      h("form", { onsubmit: submit }, toLabel, amountLabel, nameLabel, fromLabel, memoLabel,
        h("label", { class: "check" }, delayed, words.payDelayed),
        problem, h("button", { type: "submit", class: "primary wide", "data-testid": "pay" }, words.payNow), said));
  }

  #key(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.close();
  }
}

/** `720.00` in fen; null when it is no amount. */
function fenOf(text) {
  const [, yuan, fen = ""] = /^\s*¥?(\d{1,7})(?:\.(\d{1,2}))?\s*$/.exec(text) ?? [];
  return yuan === undefined ? null : Number(yuan + fen.padEnd(2, "0"));
}
