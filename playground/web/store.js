// What the page knows: people, their chats, the bot. The server is the truth; this is its copy,
// kept fresh by events and, after a gap, by asking again.

import * as api from "./api.js";

/** How far back a catch-up looks for edits and deletions that happened while nobody listened. */
const OVERLAP = 50;

/** Chats read at the start, for the previews in the list; others are read when they are opened. */
const EAGER = 30;

/** So long (ms) a mark of what was read waits for the next one. */
const READ_AFTER = 150;

export class Store {
  people = new Map();
  chats = new Map();
  bot = null;
  connected = false;
  /** False until the first answer: before that "nobody is here" means nothing. */
  ready = false;

  #listeners = new Map();

  on(kind, listener) {
    const listeners = this.#listeners.get(kind) ?? [];
    this.#listeners.set(kind, [...listeners, listener]);
  }

  #tell(kind, ...values) {
    for (const listener of this.#listeners.get(kind) ?? []) listener(...values);
  }

  start() {
    this.reconnect = api.listen({
      opened: () => this.sync(),
      heard: (event) => this.hear(event),
      lost: () => this.#setConnected(false),
    });
    setInterval(() => document.visibilityState === "visible" && this.askBot(), 3000);
  }

  #setConnected(connected) {
    if (this.connected === connected) return;
    this.connected = connected;
    this.#tell("connection");
  }

  /** Makes the copy true again, whether it missed a second or the server has begun anew. */
  async sync() {
    try {
      const people = await api.people();
      const present = new Set(people.map((it) => it.id));
      for (const id of [...this.people.keys()]) {
        if (!present.has(id)) {
          this.people.delete(id);
          this.chats.delete(id);
        }
      }
      for (const person of people) this.people.set(person.id, person);
      this.ready = true;
      this.#setConnected(true);
      this.#tell("people");
      const eager = people.filter((it) => !it.scripted).slice(0, EAGER).map((it) => it.id);
      const wanted = new Set([...this.chats.keys(), ...eager]);
      for (const person of people) this.#tell("alipay", person.id, false);
      await Promise.all([this.askBot(), ...[...wanted].map((id) => this.load(id))]);
    } catch (error) {
      if (error.status !== 0) console.error(error); // an unreachable server is the event stream's to report
    }
  }

  async askBot() {
    try {
      const bot = await api.bot();
      const changed = JSON.stringify(bot) !== JSON.stringify(this.bot);
      this.bot = bot;
      if (changed) this.#tell("bot");
    } catch (error) {
      // A server that vanished without closing its stream is noticed here.
      if (error.status === 0 && this.connected) this.reconnect();
    }
  }

  person(id) {
    return this.people.get(id);
  }

  /** In the order of the list: those one plays oneself, then the scripted ones. */
  inOrder() {
    const all = [...this.people.values()].sort((a, b) => a.id - b.id);
    return [...all.filter((it) => !it.scripted), ...all.filter((it) => it.scripted)];
  }

  #chat(id) {
    let chat = this.chats.get(id);
    if (!chat) {
      chat = { messages: new Map(), loaded: false, readUpTo: 0, touched: new Set(), loading: null, saying: null };
      this.chats.set(id, chat);
    }
    return chat;
  }

  /** Reads a chat, or what is new of it. A second call while one is under way waits for the first. */
  load(id) {
    const chat = this.#chat(id);
    chat.loading ??= this.#read(id, chat).finally(() => {
      chat.loading = null;
    });
    return chat.loading;
  }

  async #read(id, chat) {
    chat.touched.clear();
    const last = [...chat.messages.values()].at(-1);
    let first = !chat.loaded;
    let after = first || !last ? 0 : Math.max(0, last.message_id - OVERLAP);
    let messages;
    try {
      messages = await api.chat(id, after);
      const same = messages.find((it) => it.message_id === last?.message_id);
      if (last && same?.date !== last.date) {
        // Not the chat we knew (the server began anew), so nothing of the old one may stay.
        chat.messages.clear();
        chat.touched.clear();
        first = true;
        after = 0;
        messages = await api.chat(id, after);
      }
    } catch (error) {
      if (error.status === 404) this.chats.delete(id);
      return;
    }
    // An event that came while we asked knows better than the answer.
    const present = new Set(messages.map((it) => it.message_id));
    for (const known of [...chat.messages.keys()]) {
      if (known > after && !present.has(known) && !chat.touched.has(known)) chat.messages.delete(known);
    }
    for (const message of messages) {
      if (!chat.touched.has(message.message_id)) this.#put(chat, message);
    }
    chat.loaded = true;
    if (first) chat.readUpTo = readUpTo(chat, this.people.get(id)?.unread ?? 0);
    this.#tell("chat", id);
  }

  #put(chat, message) {
    const known = chat.messages.get(message.message_id);
    if (message.deleted) {
      chat.messages.delete(message.message_id);
      return;
    }
    if (known && JSON.stringify(known) === JSON.stringify(message)) return;
    const last = [...chat.messages.keys()].at(-1) ?? 0;
    chat.messages.set(message.message_id, message);
    if (!known && message.message_id < last) {
      chat.messages = new Map([...chat.messages].sort(([a], [b]) => a - b));
    }
  }

  hear(event) {
    switch (event.kind) {
      case "message":
      case "edit": {
        const chat = this.#chat(event.person);
        chat.touched.add(event.message.message_id);
        this.#put(chat, event.message);
        if (event.kind === "message" && event.message.from.is_bot) this.#tell("incoming", event.person, event.message);
        this.#tell("chat", event.person);
        return;
      }
      case "delete": {
        const chat = this.#chat(event.person);
        chat.touched.add(event.message_id);
        chat.messages.delete(event.message_id);
        this.#tell("chat", event.person);
        return;
      }
      case "person": {
        const { person } = event;
        const chat = this.chats.get(person.id);
        this.people.set(person.id, person);
        if (person.unread === 0 && chat) chat.readUpTo = lastId(chat); // read in another window
        this.#tell("people");
        return;
      }
      case "typing":
        this.#tell("typing", event.person);
        return;
      case "toast":
        this.#tell("toast", event.person, event.text, event.alert);
        return;
      case "transfer":
        for (const id of event.people) this.#tell("alipay", id, true);
        return;
      case "account":
        this.#tell("alipay", event.person, false);
        return;
      default:
        return; // a newer server may say more than this page knows
    }
  }

  messages(id) {
    return [...(this.chats.get(id)?.messages.values() ?? [])];
  }

  message(id, messageId) {
    return this.chats.get(id)?.messages.get(messageId);
  }

  /** The bot's messages this person has not seen, oldest first. */
  unreadMessages(id) {
    const chat = this.chats.get(id);
    if (!chat?.loaded) return [];
    const unread = [];
    for (const message of [...chat.messages.values()].reverse()) {
      if (message.message_id <= chat.readUpTo) break;
      if (message.from.is_bot) unread.unshift(message);
    }
    return unread;
  }

  unread(id) {
    const chat = this.chats.get(id);
    return chat?.loaded ? this.unreadMessages(id).length : (this.people.get(id)?.unread ?? 0);
  }

  markRead(id) {
    const chat = this.chats.get(id);
    if (!chat?.loaded || this.unreadMessages(id).length === 0) return;
    chat.readUpTo = lastId(chat);
    this.#tell("people");
    // The last of a burst is enough to say. If it does not arrive, the worst is a badge too many after a reload.
    chat.saying ??= setTimeout(() => {
      chat.saying = null;
      api.changePerson(id, { read_up_to: chat.readUpTo }).catch(() => {});
    }, READ_AFTER);
  }

  /** What the server answered to us; its events may already have brought the same. */
  learnMessage(id, message) {
    const chat = this.#chat(id);
    if (chat.messages.has(message.message_id)) return;
    this.#put(chat, message);
    this.#tell("chat", id);
  }

  learnPerson(person) {
    const known = this.people.get(person.id);
    this.people.set(person.id, { ...person, unread: known?.unread ?? person.unread });
    this.#tell("people");
  }
}

const lastId = (chat) => [...chat.messages.keys()].at(-1) ?? 0;

/** The server counts what is unread; the id it counts from follows from the messages. */
function readUpTo(chat, unread) {
  const fromBot = [...chat.messages.values()].filter((it) => it.from.is_bot);
  if (unread === 0 || fromBot.length === 0) return lastId(chat);
  return fromBot[Math.max(0, fromBot.length - unread)].message_id - 1;
}
