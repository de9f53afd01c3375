// What opens above the page: the welcome, a photo in full, and what is about to be sent.

import { h, icon, iconButton } from "./dom.js";
import { LANGUAGES, languageFor, pageCode, wordsFor } from "./words.js";

/** Shows a `<dialog>` until it is closed. The browser keeps the focus inside, and puts it back afterwards. */
function show(dialog) {
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && dialog.dataset.light !== undefined) dialog.close();
  });
  dialog.showModal();
  return dialog;
}

/**
 * Asks for a name and a language. The first visit cannot be dismissed (there is nothing behind it), and an
 * empty name takes the suggested one, so a newcomer needs a single click. `join` makes the person,
 * `joined` hears of it when the dialog is gone.
 */
export function askWho({ first, taken, join, joined }) {
  let words = wordsFor(pageCode);
  const name = h("input", { id: "who-name", name: "name", maxlength: "64", autocomplete: "off", autofocus: true, "data-testid": "welcome-name" });
  const language = h("select", { id: "who-language", "data-testid": "welcome-language" },
    LANGUAGES.map(([code, label]) => h("option", { value: code, selected: code === pageCode }, label)));
  const title = h("h1", { id: "who-title" });
  const text = h("p");
  const nameLabel = h("label", { for: "who-name" });
  const languageLabel = h("label", { for: "who-language" });
  const problem = h("p", { class: "problem", role: "alert" });
  const go = h("button", { type: "submit", class: "primary", "data-testid": "welcome-start" });
  const cancel = first ? null : h("button", { type: "button", class: "plain", onclick: () => dialog.close() });

  const suggested = () => [words.sampleName, ...words.otherNames].find((it) => !taken().includes(it)) ?? words.sampleName;

  function draw() {
    words = wordsFor(language.value);
    dialog.lang = languageFor(language.value);
    title.textContent = first ? words.welcomeTitle : words.addTitle;
    text.textContent = first ? words.welcomeText : words.addText;
    nameLabel.textContent = words.name;
    languageLabel.textContent = words.language;
    name.placeholder = suggested();
    go.textContent = first ? words.start : words.add;
    if (cancel) cancel.textContent = words.cancel;
  }

  const form = h("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      go.disabled = true;
      try {
        const person = await join({ name: name.value.trim() || suggested(), language_code: language.value });
        dialog.close();
        joined(person);
      } catch (error) {
        problem.textContent = error.message || words.unreachable;
        go.disabled = false;
      }
    },
  },
  h("span", { class: "logo" }, icon("send")),
  title, text,
  h("div", { class: "field" }, nameLabel, name),
  h("div", { class: "field" }, languageLabel, language),
  problem,
  h("div", { class: "actions" }, cancel, go));

  const dialog = h("dialog", {
    class: "card who",
    "aria-labelledby": "who-title",
    oncancel: (event) => first && event.preventDefault(),
  }, form);
  language.addEventListener("change", draw);
  draw();
  return show(dialog);
}

export function enlarge(url, name, words) {
  const dialog = h("dialog", { class: "lightbox", "aria-label": name, "data-light": true },
    h("img", { src: url, alt: name, onclick: () => dialog.close() }),
    iconButton("close", words.close, { onclick: () => dialog.close() }));
  show(dialog);
}

/** Asks what somebody else is made to have written, to be forwarded to the bot: `forward({ text, from })`. */
export function askForward(words, code, forward) {
  const field = (id, label, more) => {
    const input = h("input", { id, autocomplete: "off", maxlength: "64", ...more });
    return [input, h("div", { class: "field" }, h("label", { for: id }, label), input)];
  };
  const [name, nameField] = field("forward-name", words.forwardName, { required: true, autofocus: true });
  const [username, usernameField] = field("forward-username", words.forwardUsername);
  const [text, textField] = field("forward-text", words.forwardText, { required: true, maxlength: "4096" });
  const hidden = h("input", { type: "checkbox" });
  const dialog = h("dialog", { class: "card", lang: languageFor(code), "aria-labelledby": "forward-title" }, h("form", {
    onsubmit: (event) => {
      event.preventDefault();
      dialog.close();
      forward({ text: text.value, from: { name: name.value, username: username.value.replace(/^@/, ""), hidden: hidden.checked } });
    },
  },
  h("h2", { id: "forward-title" }, words.forwardOther),
  h("p", { class: "subtitle-text" }, words.forwardOtherText),
  nameField, usernameField, textField,
  h("label", { class: "check" }, hidden, words.forwardHidden),
  h("div", { class: "actions" },
    h("button", { type: "button", class: "plain", onclick: () => dialog.close() }, words.cancel),
    h("button", { type: "submit", class: "primary" }, words.forward))));
  return show(dialog);
}

const CAPTION_LIMIT = 1024;

/** Lets the person look at a file before it goes. Resolves with `{ caption, kind }`, or null when they think better of it. */
export function previewFile(file, { words, locale, language }) {
  return new Promise((resolve) => {
    let answer = null;
    const picture = /^image\/(png|jpeg|gif|webp)$/.test(file.type);
    const kind = picture ? "photo" : /^video\//.test(file.type) ? "video" : /^audio\/ogg/.test(file.type) ? "" : null;
    const url = picture ? URL.createObjectURL(file) : null;
    const caption = h("input", { class: "caption", maxlength: CAPTION_LIMIT, placeholder: words.caption, "aria-label": words.caption, autofocus: true, autocomplete: "off" });
    const asFile = h("input", { type: "checkbox" });
    const dialog = h("dialog", {
      class: "card preview",
      lang: language,
      "aria-label": picture ? words.sendPhoto : words.sendFile,
      onclose: () => {
        if (url) URL.revokeObjectURL(url);
        resolve(answer);
      },
    }, h("form", {
      onsubmit: (event) => {
        event.preventDefault();
        answer = { caption: caption.value.trim(), kind: kind && !asFile.checked ? kind : "document" };
        dialog.close();
      },
    },
    h("h2", null, picture ? words.sendPhoto : words.sendFile),
    picture
      ? h("img", { src: url, alt: file.name })
      : h("div", { class: "file" }, h("span", { class: "file-mark" }, icon("file")), h("span", null, file.name, h("small", null, size(file.size, locale)))),
    kind !== null && h("label", { class: "check" }, asFile, words.asFile),
    caption,
    h("div", { class: "actions" },
      h("button", { type: "button", class: "plain", onclick: () => dialog.close() }, words.cancel),
      h("button", { type: "submit", class: "primary" }, words.send))));
    show(dialog);
  });
}

function size(bytes, locale) {
  const [unit, value] = bytes < 1000 ? ["byte", bytes] : bytes < 1_000_000 ? ["kilobyte", bytes / 1000] : ["megabyte", bytes / 1_000_000];
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}
