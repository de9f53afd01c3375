// Times inside messages, in the reader's language and zone. Relative ones live: they change as time passes.

import { h } from "./dom.js";

const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60]];

/**
 * "in 12 minutes", "3 minutes ago", and seconds under a minute. Rounds toward zero: a reader who is told
 * "12 minutes" has at least that long.
 */
export function relative(unix, now, locale) {
  const left = unix - now;
  const [unit, size] = UNITS.find(([, it]) => Math.abs(left) >= it) ?? ["second", 1];
  const numeric = unit === "second" && left === 0 ? "auto" : "always";
  const text = new Intl.RelativeTimeFormat(locale, { numeric }).format(Math.trunc(left / size), unit);
  return text.replace(/(\d)(?=\p{Script=Han})/u, "$1 ");
}

const FIELDS = {
  t: { hour: "numeric", minute: "2-digit" },
  T: { hour: "numeric", minute: "2-digit", second: "2-digit" },
  d: { year: "numeric", month: "numeric", day: "numeric" },
  D: { year: "numeric", month: "long", day: "numeric" },
  w: { weekday: "long" },
};

/** Any mix of t, T, d, D and w, as Telegram allows. */
export function absolute(unix, format, locale) {
  const fields = Object.assign({}, ...[...format].map((it) => FIELDS[it] ?? {}));
  return new Intl.DateTimeFormat(locale, fields).format(unix * 1000);
}

/** The node for a `date_time` entity; `written` is what old clients show, and what no format leaves as is. */
export function timeNode({ unix_time: unix, date_time_format: format }, written, locale) {
  const time = h("time", {
    class: "moment",
    datetime: new Date(unix * 1000).toISOString(),
    title: absolute(unix, "wDT", locale),
  });
  if (format === "r") {
    time.dataset.testid = "countdown";
    time.dataset.unix = unix;
    time.dataset.locale = locale;
    time.setAttribute("aria-live", "off"); // a screen reader that told every second would tell nothing else
    redraw(time, Math.floor(Date.now() / 1000));
  } else if (format) {
    time.append(absolute(unix, format, locale));
  } else {
    time.append(...written);
  }
  return time;
}

function redraw(time, now) {
  const unix = Number(time.dataset.unix);
  const text = relative(unix, now, time.dataset.locale);
  if (time.textContent !== text) time.textContent = text;
  time.classList.toggle("soon", unix > now && unix - now <= 60);
  time.classList.toggle("past", unix <= now);
}

/** One clock for the page. The document is the register: a time that left it is not redrawn. */
export function keepTime() {
  const now = Date.now();
  for (const time of document.querySelectorAll("time[data-unix]")) redraw(time, Math.floor(now / 1000));
  setTimeout(keepTime, 1000 - (now % 1000) + 5);
}
