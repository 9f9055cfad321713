// A production's bar: where it stands, where somebody wants it, and asking the server whether that would do.
const DAY = 86_400_000;
const FORM = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const AGAIN = "crew-schedule-bar";
const says = document.querySelector("[data-gantt-says]");
export const chart = document.querySelector("[data-gantt]");
const first = chart && number(chart.dataset.start);
let asked = null;

/** Days are counted from 1970, so that no time zone can shift them. */
function number(text) {
  return Date.parse(`${text}T00:00:00Z`) / DAY;
}
const text = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const words = (day) => FORM.format(day * DAY);

export const say = (message) => {
  says.textContent = message;
};

export const stored = (bar) => ({ start: number(bar.dataset.start), end: number(bar.dataset.end) });

export const wished = (bar) => bar.wished ?? stored(bar);

/** Draws the bar on other days; its first day never comes after its last. */
export function place(bar, { start, end }) {
  bar.wished = { start, end: Math.max(start, end) };
  draw(bar);
}

function draw(bar) {
  const { start, end } = wished(bar);
  const days = Number(chart.dataset.days);
  const from = Math.max(0, start - first);
  const to = Math.min(days, end - first + 1);
  const face = bar.querySelector(".bar");
  face.setAttribute("x", `${(100 * from) / days}%`);
  face.setAttribute("width", `${(100 * Math.max(0, to - from)) / days}%`);
}

export function putBack(bar) {
  delete bar.wished;
  delete bar.dataset.grabbed;
  draw(bar);
}

export const isElsewhere = (bar) => ["start", "end"].some((edge) => wished(bar)[edge] !== stored(bar)[edge]);

export function described(bar) {
  const { start, end } = wished(bar);
  const by = start - stored(bar).start;
  const moved = by ? `, begins ${Math.abs(by)} ${Math.abs(by) === 1 ? "day" : "days"} ${by > 0 ? "later" : "earlier"}` : "";
  return `${bar.dataset.title}: ${words(start)} to ${words(end)}, ${end - start + 1} days${moved}`;
}

/** Shows what would happen, to be confirmed; the bar goes back when nobody confirms it. */
export function preview(bar) {
  const { start, end } = wished(bar);
  asked = bar;
  const values = { start: text(start), end: text(end), row_version: bar.dataset.version, act: "preview", from: "schedule" };
  window.htmx.ajax("POST", bar.dataset.job, { target: "#plan", swap: "innerHTML", values });
}

function giveUp() {
  if (!asked) return;
  const bar = asked;
  asked = null;
  putBack(bar);
  say(`${bar.dataset.title} stays where it was.`);
  bar.focus();
}

document.getElementById("plan")?.addEventListener("close", giveUp);
document.addEventListener("htmx:responseError", giveUp);
document.addEventListener("htmx:sendError", giveUp);

// What was confirmed loads the page again: the bar then has the focus that it had.
document.addEventListener("htmx:beforeOnLoad", ({ detail: { xhr } }) => {
  if (asked && xhr.getResponseHeader("HX-Refresh")) sessionStorage.setItem(AGAIN, asked.dataset.job);
});
const again = sessionStorage.getItem(AGAIN);
sessionStorage.removeItem(AGAIN);
if (again) document.querySelector(`[data-job="${again}"]`)?.focus();
