// Text with Telegram's entities as nodes. Offsets are UTF-16 units, as are JavaScript's.

import { copyText, h } from "./dom.js";
import { timeNode } from "./countdown.js";

/**
 * `context` says who reads and what can be done: `{ words, locale, opened, act: { send, follow, toast } }`.
 * `opened` is a set that outlives a redraw: what the reader has unfolded stays so when the bot edits the text.
 */
export function richText(text, entities, context) {
  const given = (entities ?? [])
    .map((it) => ({ ...it, end: Math.min(it.offset + it.length, text.length) }))
    .filter((it) => it.end > it.offset);
  const all = [...given, ...noticed(text, given)]
    .map((it, order) => ({ ...it, order }))
    .sort((a, b) => a.offset - b.offset || b.end - a.end || a.order - b.order);
  return span(text, all, 0, text.length, context);
}

/** The nodes of `text[from..to]`. An entity that crosses the end of another is cut in two there. */
function span(text, entities, from, to, context) {
  const nodes = [];
  let at = from;
  let rest = entities;
  while (rest.length > 0) {
    const [first, ...later] = rest;
    pushText(nodes, text.slice(at, first.offset));
    const inside = [];
    const after = [];
    for (const entity of later) {
      if (entity.offset >= first.end) {
        after.push(entity);
      } else if (entity.end <= first.end) {
        inside.push(entity);
      } else {
        inside.push({ ...entity, end: first.end });
        after.push({ ...entity, offset: first.end });
      }
    }
    const children = span(text, inside, first.offset, first.end, context);
    nodes.push(wrap(first, text.slice(first.offset, first.end), children, context));
    at = first.end;
    rest = after;
  }
  pushText(nodes, text.slice(at, to));
  return nodes;
}

/** A block ends its own line, so the line break after it in the text would be one too many. */
function pushText(nodes, text) {
  const afterBlock = nodes.at(-1)?.classList?.contains("block");
  const rest = afterBlock && text.startsWith("\n") ? text.slice(1) : text;
  if (rest) nodes.push(document.createTextNode(rest));
}

function wrap(entity, text, children, context) {
  switch (entity.type) {
    case "bold":
      return h("strong", null, children);
    case "italic":
      return h("em", null, children);
    case "underline":
      return h("u", null, children);
    case "strikethrough":
      return h("s", null, children);
    case "code":
      return copyable(text, children, context);
    case "pre":
      return h("pre", { class: "block", "data-language": entity.language, tabindex: "0" }, h("code", null, children));
    case "spoiler":
      return spoiler(entity, children, context);
    case "blockquote":
      return h("blockquote", { class: "block" }, children);
    case "expandable_blockquote":
      return expandable(entity, children, context);
    case "date_time":
      return timeNode(entity, children, context.locale);
    case "text_link":
      return link(entity.url, children, context);
    case "url":
      return link(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`, children, context);
    case "email":
      return h("a", { href: `mailto:${text}` }, children);
    case "phone_number":
      return h("a", { href: `tel:${text}` }, children);
    case "bot_command":
      return h("button", { type: "button", class: "link", onclick: () => context.act.send(text) }, children);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return h("span", { class: "mention" }, children);
    default:
      return h("span", null, children); // an entity we do not know is still its text
  }
}

/** Only what a click may safely open: `javascript:` and the like stay words. */
function link(url, children, context) {
  let parsed;
  try {
    parsed = new URL(url);
  } catch {
    return h("span", null, children);
  }
  if (!["http:", "https:", "tg:", "mailto:", "tel:"].includes(parsed.protocol)) return h("span", null, children);
  const follow = (event) => {
    if (context.act.follow(parsed)) event.preventDefault();
  };
  return h("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer", title: parsed.href, onclick: follow }, children);
}

/** As on a phone: a tap on monospaced text copies it. */
function copyable(text, children, context) {
  const copy = async () => {
    if (!getSelection().isCollapsed) return; // somebody is selecting by hand
    context.act.toast((await copyText(text)) ? context.words.copied : context.words.notCopied);
  };
  return h("code", { role: "button", tabindex: "0", title: context.words.tapToCopy, onclick: copy, onkeydown: onPress(copy) }, children);
}

function spoiler(entity, children, { opened, words }) {
  const key = `spoiler ${entity.offset}`;
  const inner = h("span", null, children);
  const cover = h("span", { class: "spoiler" }, inner);
  const show = () => {
    opened.add(key);
    cover.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
    inner.removeAttribute("inert");
  };
  if (opened.has(key)) {
    show();
  } else {
    for (const [name, value] of [["role", "button"], ["tabindex", "0"], ["aria-label", words.spoiler]]) {
      cover.setAttribute(name, value);
    }
    inner.setAttribute("inert", "");
    cover.addEventListener("click", show, { once: true });
    cover.addEventListener("keydown", onPress(show));
  }
  return cover;
}

function expandable(entity, children, { opened, words }) {
  const key = `quote ${entity.offset}`;
  const body = h("div", { class: "folded" }, children);
  const more = h("button", { type: "button", class: "more link" });
  const draw = () => {
    const open = opened.has(key);
    body.classList.toggle("open", open);
    more.textContent = open ? words.showLess : words.showMore;
    more.setAttribute("aria-expanded", open);
  };
  more.addEventListener("click", () => {
    if (!opened.delete(key)) opened.add(key);
    draw();
  });
  draw();
  // Whether there is more to show depends on the width, which is known only on the page.
  new ResizeObserver(() => {
    if (!opened.has(key)) more.hidden = body.scrollHeight <= body.clientHeight + 1;
  }).observe(body);
  return h("blockquote", { class: "block" }, body, more);
}

function onPress(action) {
  return (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    action();
  };
}

const LOOKS_LIKE = [
  ["url", /https?:\/\/[^\s<>"“”（），。]+[^\s<>"“”（），。.,;:!?)'\]]/g],
  ["bot_command", /(?<![\p{L}\p{N}_/@.:-])\/[a-z][a-z0-9_]{0,31}(?![\p{L}\p{N}_/])/gu],
  ["mention", /(?<![\p{L}\p{N}_/@.])@[a-z][a-z0-9_]{3,31}\b/giu],
];
const LEFT_ALONE = new Set(["code", "pre", "url", "text_link", "email", "mention", "text_mention", "bot_command"]);

/** Telegram finds links and commands in plain text by itself; so do we where the server has not. */
function noticed(text, given) {
  const taken = given.filter((it) => LEFT_ALONE.has(it.type));
  const found = [];
  for (const [type, pattern] of LOOKS_LIKE) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length, end: match.index + match[0].length };
      if ([...taken, ...found].some((it) => it.offset < entity.end && entity.offset < it.end)) continue;
      found.push(entity);
    }
  }
  return found;
}
