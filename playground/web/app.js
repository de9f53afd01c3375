// The wiring: which people are open, who is active, what is remembered, and who hears of which event.

import * as api from "./api.js";
import { Column } from "./column.js";
import { keepTime } from "./countdown.js";
import { askWho } from "./dialogs.js";
import { h } from "./dom.js";
import { Roster } from "./roster.js";
import { Store } from "./store.js";
import { languageFor, pageCode, wordsFor } from "./words.js";

const words = wordsFor(pageCode);
const narrow = matchMedia("(max-width: 700px)");
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/** So many columns open by themselves when nobody has chosen yet. */
const OPEN_AT_FIRST = 3;

const store = new Store();
const columns = new Map();
const drafts = new Map();
/** The people whose chat has changed since it was drawn. */
const stale = new Set();
let openIds = wantedIds();
let active = Number(remembered("active")) || openIds[0] || null;
let welcome = null;
/** False while nobody was there to be shown; then the first people who come are opened. */
let settled = false;

const roster = new Roster(store, {
  open,
  add: () => ask(false),
  toggleTheme,
  isOpen: (id) => openIds.includes(id),
  isActive: (id) => id === active && openIds.includes(id),
});
const strip = h("div", { class: "strip lost", role: "status" });
const nothing = h("p", { class: "nothing" }, words.connecting);
const stage = h("main", { class: "stage", id: "stage" });
const skip = h("a", {
  class: "skip",
  href: "#stage",
  onclick: (event) => {
    event.preventDefault();
    columns.get(active)?.composer.focus();
  },
}, words.skip);

// What is remembered. Storage may be closed to us (a private window); then nothing is.

function remembered(name) {
  try {
    return localStorage.getItem(`playground.${name}`);
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(`playground.${name}`, value);
  } catch {
    // Nothing to do: the page works without it.
  }
}

/** The address says who is open (`#1001,1002`); without that, what was open last time. */
function wantedIds() {
  const text = location.hash.slice(1) || remembered("open") || "";
  return [...new Set(text.split(",").map(Number).filter((it) => Number.isSafeInteger(it) && it > 0))];
}

function rememberOpen() {
  const ids = openIds.join(",");
  remember("open", ids);
  remember("active", active ?? "");
  history.replaceState(null, "", ids ? `#${ids}` : location.pathname);
}

// People and columns

function ask(first) {
  return askWho({
    first,
    taken: () => [...store.people.values()].map((it) => it.name),
    join: api.addPerson,
    joined: (person) => {
      store.learnPerson(person);
      open(person.id);
    },
  });
}

/** Brings a person's column up, and the keyboard with it. */
function open(id) {
  if (!openIds.includes(id)) openIds = [...openIds, id];
  active = id;
  document.body.classList.add("in-chat");
  draw();
  const column = columns.get(id);
  column?.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  column?.focus();
}

function close(id) {
  const at = openIds.indexOf(id);
  openIds = openIds.filter((it) => it !== id);
  if (active === id) active = openIds[Math.min(at, openIds.length - 1)] ?? null;
  draw();
  if (active) columns.get(active)?.focus();
}

function activate(id) {
  if (active === id) return;
  active = id;
  draw();
}

function goBack() {
  document.body.classList.remove("in-chat");
  roster.element.querySelector("[aria-current]")?.focus();
}

/** On a narrow screen only one column shows, and none while the list does. */
function visible(id) {
  return !narrow.matches || (id === active && document.body.classList.contains("in-chat"));
}

/** Decides whom a visitor sees: those chosen before, else somebody to play, else the question who they are. */
function choose() {
  const playable = store.inOrder().filter((it) => !it.scripted);
  openIds = openIds.filter((id) => store.person(id));
  if (!settled && openIds.length === 0) openIds = playable.slice(0, OPEN_AT_FIRST).map((it) => it.id);
  if (!openIds.includes(active)) active = openIds[0] ?? null;

  const nobody = playable.length === 0 && openIds.length === 0;
  if (nobody && !welcome) {
    welcome = ask(true);
    welcome.addEventListener("close", () => (welcome = null));
  } else if (!nobody) {
    welcome?.close();
  }
  if (openIds.length === 0) document.body.classList.remove("in-chat");
  else if (!settled) document.body.classList.add("in-chat");
  settled = !nobody;
}

function draw() {
  if (!store.ready) return;
  choose();
  for (const [id, column] of columns) {
    const person = store.person(id);
    if (openIds.includes(id) && column.fits(person)) continue;
    if (person) drafts.set(id, column.composer.draft); // it comes back with the column
    else drafts.delete(id);
    column.element.remove();
    columns.delete(id);
  }
  for (const id of openIds) {
    if (columns.has(id)) continue;
    const column = new Column(store, id, { close, activate, goBack, visible });
    column.composer.draft = drafts.get(id) ?? "";
    columns.set(id, column);
    stale.add(id);
    store.load(id);
  }
  openIds.forEach((id, index) => {
    const { element } = columns.get(id);
    if (stage.children[index] !== element) stage.insertBefore(element, stage.children[index] ?? null);
    element.classList.toggle("active", id === active);
  });
  nothing.textContent = words.pickPerson;
  nothing.hidden = openIds.length > 0;
  for (const [id, column] of columns) {
    column.drawPerson();
    if (stale.has(id)) column.update();
    else column.look();
  }
  stale.clear();
  roster.update();
  drawTitle();
  rememberOpen();
}

// The look

function isDark() {
  const theme = document.documentElement.dataset.theme;
  return theme ? theme === "dark" : prefersDark.matches;
}

function applyTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  roster.drawTheme(isDark());
}

function toggleTheme() {
  const theme = isDark() ? "light" : "dark";
  remember("theme", theme);
  applyTheme(theme);
}

function drawTitle() {
  const loud = store.inOrder()
    .filter((it) => !it.scripted)
    .reduce((sum, it) => sum + store.unreadMessages(it.id).filter((message) => !message.silent).length, 0);
  document.title = loud > 0 ? `(${loud}) ${words.title}` : words.title;
}

// Events

let drawing = null;
/** Many things may change at once; the page is drawn once for all of them. */
function drawSoon() {
  drawing ??= setTimeout(() => {
    drawing = null;
    draw();
  });
}

store.on("people", drawSoon);
store.on("chat", (id) => {
  stale.add(id);
  drawSoon();
});
store.on("incoming", (id) => columns.get(id)?.showTyping(false));
store.on("typing", (id) => columns.get(id)?.showTyping(true));
store.on("toast", (id, text, alert) => columns.get(id)?.hearToast(text, alert));
store.on("alipay", (id, money) => columns.get(id)?.alipay.stir(money));
store.on("bot", () => {
  for (const column of columns.values()) column.drawBot();
});
store.on("connection", () => {
  strip.textContent = store.connected ? "" : words.connectionLost;
});

addEventListener("hashchange", () => {
  openIds = wantedIds();
  draw();
});
addEventListener("keydown", (event) => {
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (!digit || !event.altKey || event.ctrlKey || event.metaKey) return;
  const person = store.inOrder()[digit - 1];
  if (!person) return;
  event.preventDefault();
  open(person.id);
});
document.addEventListener("visibilitychange", () => {
  for (const column of columns.values()) column.look();
});
narrow.addEventListener("change", () => {
  for (const column of columns.values()) column.look();
});
prefersDark.addEventListener("change", () => applyTheme(null));

document.documentElement.lang = languageFor(pageCode);
document.title = words.title;
applyTheme(remembered("theme"));
stage.append(nothing);
document.body.append(skip, strip, h("div", { class: "page" }, roster.element, stage));
store.start();
keepTime();
