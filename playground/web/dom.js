// Building elements. Text is always a text node, so nobody's words can become markup.

/** `h("button", { class: "send", onclick }, "Send")`: a property that is null or false is left out. */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((it) => it !== null && it !== undefined && it !== false));
  return element;
}

const ICONS = {
  send: "M3 20.5 22 12 3 3.5 3 10l12 2-12 2z",
  attach: "M8 7v9a4 4 0 0 0 8 0V6.5a2.5 2.5 0 0 0-5 0V15a1 1 0 0 0 2 0V7h1.6v8a2.6 2.6 0 0 1-5.2 0V6.500a4.1 4.1 0 0 1 8.2 0V16a5.6 5.6 0 0 1-11.2 0V7z",
  commands: "M15.6 4 9.9 20H8.200L13.9 4z",
  more: "M12 7.500a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.400m0 6.200a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.400m0 6.200a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4",
  close: "m6.2 5 5.8 5.800L17.8 5 19 6.2 13.2 12l5.8 5.8-1.2 1.2-5.8-5.800L6.2 19 5 17.800l5.8-5.800L5 6.200z",
  back: "m11 5 1.3 1.300L7.5 11H20v2H7.500l4.8 4.700L11 19l-7-7z",
  down: "m6.4 8.6 5.6 5.6 5.6-5.600L19 10l-7 7-7-7z",
  reply: "M10 5v4c6 .5 9.5 4 10 10-2.5-3.5-5.5-5-10-5v4l-7-6.500z",
  forward: "M14 5v4C8 9.5 4.500 13 4 19c2.500-3.500 5.500-5 10-5v4l7-6.500z",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8m-1-6h2v3.500h-2zm0 16.500h2V22h-2zM2 11h3.500v2H2zm16.5 0H22v2h-3.500zM5.6 4.2 8.1 6.7 6.7 8.1 4.2 5.600zm11.7 11.7 2.5 2.5-1.4 1.4-2.5-2.500zm1.1-11.7 1.4 1.4-2.5 2.5-1.4-1.400zM6.7 15.900l1.4 1.4-2.5 2.5-1.4-1.400z",
  moon: "M20 14.500A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5",
  file: "M6 2h8l5 5v15H6zm7.5 1.800V8h4.200z",
  robot: "M11 2h2v3h4.500A2.5 2.5 0 0 1 20 7.500v9a2.5 2.5 0 0 1-2.5 2.500h-11A2.5 2.5 0 0 1 4 16.500v-9A2.5 2.5 0 0 1 6.5 5H11zM9 9.500a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3m6 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3M8.5 14.500v1.500h7v-1.500zM8 20.500h8V22H8z",
};

/** A picture for a control that has its name elsewhere, so screen readers pass it by. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A round button that is only a picture; its name is also its tooltip. */
export function iconButton(name, label, properties) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...properties }, icon(name));
}

/** The round mark of a person: the first letters of the name on a colour that follows from the id. */
export function avatar(person) {
  const letters = [...person.name.trim()];
  const second = person.name.trim().split(/\s+/)[1];
  const initials = (letters[0] ?? "?") + (second ? [...second][0] : "");
  return h("span", { class: `avatar hue-${person.id % 6}`, "aria-hidden": "true" },
    person.scripted ? icon("robot") : initials.toUpperCase());
}

/** Puts text on the clipboard; where the page may not (plain http from elsewhere), the old way is tried. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = document.activeElement;
    const field = h("textarea", { class: "visually-hidden", readonly: true, "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    focused?.focus?.({ preventScroll: true });
    return copied;
  }
}
