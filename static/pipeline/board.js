// The board: live, with what was chosen kept while it changes.
import "../config/js/trouble.js";
import { bind } from "../config/js/keys.js";
import { Live } from "./live.js";

const EVERY = 30000;
const results = document.getElementById("results");
const chosen = new Set();

const boxes = () => [...results.querySelectorAll("[name=job]")];
const links = () => [...results.querySelectorAll("[data-row] th a")];

function show() {
  for (const box of boxes()) box.checked = chosen.has(box.value);
  const count = boxes().filter((box) => box.checked).length;
  const all = results.querySelector("[data-all]");
  if (!all) return;
  all.checked = count > 0 && count === boxes().length;
  all.indeterminate = count > 0 && !all.checked;
  results.querySelector("[data-chosen]").hidden = !count;
  results.querySelector("[data-chosen-count]").textContent = count;
}

results.addEventListener("change", ({ target }) => {
  const changed = target.matches("[data-all]") ? boxes() : boxes().filter((box) => box === target);
  for (const box of changed) chosen[target.checked ? "add" : "delete"](box.value);
  show();
});
results.addEventListener("htmx:afterSwap", show);

/** Where the reader is in the list, and a reason that is being typed, outlast a new look at it. */
function refresh() {
  const reason = results.querySelector("[name=reason]");
  if (document.activeElement === reason) return;
  const words = reason?.value;
  const at = links().find((link) => link === document.activeElement)?.getAttribute("href");
  results.addEventListener(
    "htmx:afterSwap",
    () => {
      const field = results.querySelector("[name=reason]");
      if (words && field) field.value = words;
      if (at) links().find((link) => link.getAttribute("href") === at)?.focus();
    },
    { once: true },
  );
  window.htmx.trigger(results, "refresh");
}

const place = document.querySelector("[data-socket]");
if (results.matches("[data-live]")) new Live(place, refresh, { every: EVERY });
else place.hidden = true;

// After a filter the list that is kept fresh is the filtered one.
results.addEventListener("htmx:afterSwap", () => {
  results.setAttribute("hx-get", location.pathname + location.search);
  window.htmx.process(results);
});

function step(by) {
  const all = links();
  const at = all.indexOf(document.activeElement.closest("[data-row]")?.querySelector("th a"));
  const link = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by];
  link?.focus();
  return Boolean(link);
}

bind("j", "To the next job", () => step(1));
bind("k", "To the job before", () => step(-1));
bind("x", "Choose the job", () => {
  const box = document.activeElement.closest("[data-row]")?.querySelector("[name=job]");
  box?.click();
  return Boolean(box);
});
