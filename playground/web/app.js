// The wiring: which people are open, who is active, what is remembered, and who hears of which event.

import * as api from "./api.js";
import { Column } from "./column.js";
import { keepTime } from "./countdown.js";
import { askWho } from "./dialogs.js";
import { h } from "./dom.js";
import { Roster } from "./roster.js";
import { Store } from "./store.js";
import { localeFor, pageCode, wordsFor } from "./words.js";

const words = wordsFor(pageCode);
const narrow = matchMedia("(max-width: 700px)");
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/** So many columns open by themselves when nobody has chosen yet. */
const OPEN_AT_FIRST = 3;

const store = new Store();
const columns = new Map();
const drafts = new Map();
let openIds = wantedIds();
let active = Number(remembered("active")) || openIds[0] || null;
let welcome = null;

const roster = new Roster(store, {
  open: (id) => open(id, { focus: true }),
  add: () => askWho({ first: false, taken: namesTaken, join }),
  toggleTheme,
  isOpen: (id) => openIds.includes(id),
  isActive: (id) => id === active && openIds.includes(id),
});
const strip = h("div", { class: "strip lost", role: "status" });
const nothing = h("p", { class: "nothing" }, words.connecting);
const stage = h("main", { class: "stage" });
const skip = h("a", {
  class: "skip",
  href: "#",
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

const namesTaken = () => [...store.people.values()].map((it) => it.name);

async function join(person) {
  const added = await api.addPerson(person);
  store.learnPerson(added);
  await store.load(added.id);
  open(added.id, { focus: true });
}

function open(id, { focus }) {
  if (!store.person(id)) return;
  if (!openIds.includes(id)) openIds = [...openIds, id];
  activate(id);
  stage.classList.add("in-chat");
  document.body.classList.add("in-chat");
  draw();
  store.load(id);
  const column = columns.get(id);
  column.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (focus) column.focus();
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
  markActive();
  rememberOpen();
}

function markActive() {
  for (const [id, column] of columns) column.element.classList.toggle("active", id === active);
  roster.update();
  for (const column of columns.values()) column.look();
}

function goBack() {
  document.body.classList.remove("in-chat");
  roster.element.querySelector("[aria-current]")?.focus();
}

/** On a narrow screen only one column shows, and none while the list does. */
function visible(id) {
  return !narrow.matches || (id === active && document.body.classList.contains("in-chat"));
}

function draw() {
  if (!store.ready) return;
  const known = openIds.filter((id) => store.person(id));
  if (known.length < openIds.length && store.people.size > 0) openIds = known;
  for (const [id, column] of columns) {
    const person = store.person(id);
    const same = person && person.language_code === column.language && person.name === column.name;
    if (known.includes(id) && same) continue;
    drafts.set(id, column.composer.draft); // it comes back with the column
    column.element.remove();
    columns.delete(id);
  }
  for (const id of known) {
    if (columns.has(id)) continue;
    const column = new Column(store, id, { close, activate, goBack, visible });
    column.composer.draft = drafts.get(id) ?? "";
    columns.set(id, column);
    column.update();
  }
  const elements = known.map((id) => columns.get(id).element);
  nothing.textContent = words.pickPerson;
  nothing.hidden = elements.length > 0;
  elements.forEach((element, index) => {
    if (stage.children[index] !== element) stage.insertBefore(element, stage.children[index] ?? null);
  });
  if (!known.includes(active)) active = known[0] ?? null;
  for (const column of columns.values()) column.drawPerson();
  markActive();
  rememberOpen();
}

/** Decides what a visitor sees: their columns, somebody to play, or the question who they are. */
function settle() {
  const playable = store.inOrder().filter((it) => !it.scripted);
  openIds = openIds.filter((id) => store.person(id));
  if (playable.length === 0 && openIds.length === 0) {
    document.body.classList.remove("in-chat");
    welcome ??= askWho({ first: true, taken: namesTaken, join });
    welcome.addEventListener("close", () => (welcome = null), { once: true });
  } else {
    if (openIds.length === 0 && !settle.done) openIds = playable.slice(0, OPEN_AT_FIRST).map((it) => it.id);
    welcome?.close();
    if (openIds.length > 0 && !settle.done) document.body.classList.add("in-chat");
  }
  settle.done = true;
  draw();
  for (const id of openIds) store.load(id);
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

let titleTimer = null;
function drawSoon() {
  // Many messages may come at once; the list and the title are drawn once for all of them.
  titleTimer ??= setTimeout(() => {
    titleTimer = null;
    roster.update();
    drawTitle();
  }, 30);
}

store.on("people", () => {
  if (!settle.done || store.people.size === 0 || welcome) settle();
  const stale = [...columns].some(([id, column]) => {
    const person = store.person(id);
    return !person || person.language_code !== column.language || person.name !== column.name;
  });
  if (stale) settle();
  for (const [id, column] of columns) if (store.person(id)) column.drawPerson();
  drawSoon();
});
store.on("chat", (id) => {
  columns.get(id)?.update();
  drawSoon();
});
store.on("incoming", (id) => columns.get(id)?.showTyping(false));
store.on("typing", (id) => columns.get(id)?.showTyping(true));
store.on("toast", (id, text, alert) => columns.get(id)?.hearToast(text, alert));
store.on("bot", () => {
  for (const column of columns.values()) column.drawBot();
});
store.on("connection", () => {
  strip.textContent = store.connected ? "" : words.connectionLost;
});

addEventListener("hashchange", () => {
  openIds = wantedIds();
  draw();
  for (const id of openIds) store.load(id);
});
addEventListener("keydown", (event) => {
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (!digit || !event.altKey || event.ctrlKey || event.metaKey) return;
  const person = store.inOrder()[digit - 1];
  if (!person) return;
  event.preventDefault();
  open(person.id, { focus: true });
});
document.addEventListener("visibilitychange", () => {
  for (const column of columns.values()) column.look();
});
narrow.addEventListener("change", () => {
  for (const column of columns.values()) column.look();
});
prefersDark.addEventListener("change", () => applyTheme(null));

document.documentElement.lang = localeFor(pageCode);
document.title = words.title;
applyTheme(remembered("theme"));
stage.append(nothing);
document.body.append(skip, strip, h("div", { class: "page" }, roster.element, stage));
store.start();
keepTime();
