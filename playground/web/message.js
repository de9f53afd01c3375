// One message as a bubble: what it answers, its picture or file, its words, when, and its buttons.

import { copyText, h, icon, iconButton } from "./dom.js";
import { richText } from "./rich.js";

/**
 * `context` is what `rich.js` needs and, in `act`, also `press`, `reply`, `jumpTo` and `enlarge`;
 * `find` gives another message of the chat by its id.
 */
export function messageNode(message, context) {
  const { words } = context;
  const side = message.from.is_bot ? "bot" : "me";
  const bubble = h("div", { class: `bubble${message.photo ? " with-photo" : ""}` },
    message.forwarded_from && forwarded(message.forwarded_from, words),
    message.reply_to && quoted(message.reply_to, context),
    message.photo && photo(message, context),
    message.video && video(message.video, words),
    message.voice && file(message.voice, words),
    message.document && file(message.document, words),
    // The time floats beside the last line when there is room, so it is a part of the text.
    message.text
      ? h("div", { class: "text", dir: "auto" }, richText(message.text, message.entities, context), meta(message, context))
      : meta(message, context),
  );
  return h("article", {
    class: "message",
    tabindex: "-1",
    "data-testid": "message",
    "data-message-id": message.message_id,
    "data-from": side,
    "aria-label": message.from.is_bot ? message.from.first_name : words.you,
  }, bubble, keyboard(message, context), replyButton(message, context), forwardButton(message, context));
}

function meta(message, { words, locale }) {
  const time = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" });
  const at = new Date(message.date * 1000);
  const title = message.edit_date
    ? `${full.format(at)} · ${words.edited} ${full.format(message.edit_date * 1000)}`
    : full.format(at);
  return h("div", { class: "meta" },
    message.silent && h("span", { role: "img", "aria-label": words.silent, title: words.silent }, "🔕"),
    message.edit_date && h("span", null, words.edited),
    h("time", { datetime: at.toISOString(), title }, time.format(at)),
  );
}

/** The name of the one who wrote it and its beginning, as shown above an answer. */
export function summary(message, words) {
  const kind = message.photo ? words.photo
    : message.video ? words.video
    : message.voice ? words.voice
    : message.document ? message.document.file_name : "";
  return message.text?.replace(/\s+/g, " ").slice(0, 120) || kind;
}

function forwarded({ sender, name }, words) {
  return h("div", { class: "forwarded" }, words.forwardedFrom(sender?.first_name ?? name));
}

function quoted(id, context) {
  const original = context.find(id);
  if (!original) return h("div", { class: "quoted" }, h("span", null, context.words.gone));
  const name = original.from.is_bot ? original.from.first_name : context.words.you;
  return h("button", { type: "button", class: "quoted", onclick: () => context.act.jumpTo(id) },
    h("b", null, name), h("span", null, summary(original, context.words)));
}

function photo(message, { words, act }) {
  const name = message.text ? summary(message, words) : words.photo;
  return h("button", { type: "button", class: "photo", "aria-label": `${words.openPhoto}: ${name}`, onclick: () => act.enlarge(message.photo.url, name) },
    h("img", { src: message.photo.url, alt: "", loading: "lazy" }));
}

/** The clip itself, and under it the file, for what cannot be played here. */
function video(clip, words) {
  return [
    h("video", { class: "video", src: clip.url, controls: true, preload: "metadata", "aria-label": clip.file_name || words.video }),
    file(clip, words),
  ];
}

function file({ file_name: name, url }, words) {
  return h("a", { class: "file", href: url, download: name || "", target: "_blank" },
    h("span", { class: "file-mark" }, icon("file")), h("span", null, name || words.file));
}

function keyboard(message, context) {
  const rows = (message.buttons ?? []).filter((row) => row.length > 0);
  if (rows.length === 0) return null;
  return h("div", { class: "keyboard" },
    rows.map((row) => h("div", { class: "row" }, row.map((it) => button(message, it, context)))));
}

function button(message, spec, { words, act }) {
  const kind = spec.url ? "url" : spec.copy_text !== undefined ? "copy" : "callback";
  const properties = {
    class: `inline ${spec.style ?? ""}`,
    "data-testid": "button",
    "data-kind": kind,
  };
  const label = h("span", null, spec.text);
  if (kind === "url") {
    const parsed = URL.canParse(spec.url) ? new URL(spec.url) : null;
    if (!parsed || !["http:", "https:", "tg:"].includes(parsed.protocol)) {
      return h("button", { type: "button", disabled: true, ...properties }, label);
    }
    const follow = (event) => {
      if (act.follow(parsed)) event.preventDefault();
    };
    return h("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer", title: parsed.href, onclick: follow, ...properties }, label);
  }
  if (kind === "copy") {
    const text = spec.copy_text.text ?? spec.copy_text;
    const copy = async () => act.toast((await copyText(text)) ? words.copied : words.notCopied);
    return h("button", { type: "button", title: words.copies(text), onclick: copy, ...properties }, label);
  }
  // Every click is a press, as with a real client: the bot has to cope with impatient people.
  let waiting = 0;
  const press = async () => {
    waiting += 1;
    node.setAttribute("aria-busy", "true");
    await act.press(message.message_id, spec.data);
    waiting -= 1;
    if (waiting === 0) node.removeAttribute("aria-busy");
  };
  const node = h("button", { type: "button", onclick: press, ...properties }, label);
  return node;
}

/** One Tab stop a message would be a long way to the composer, so only the message in focus has it. */
function replyButton(message, { words, act }) {
  return iconButton("reply", words.reply, {
    class: "icon-button reply",
    tabindex: "-1",
    onclick: () => act.reply(message.message_id),
  });
}

/** What the bot protects cannot leave the chat, as in Telegram. */
function forwardButton(message, { words, act }) {
  if (message.protected) return null;
  return iconButton("forward", words.forward, {
    class: "icon-button reply forward",
    tabindex: "-1",
    onclick: () => act.forward(message.message_id),
  });
}
