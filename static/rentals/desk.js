// The desk by keys alone: the field takes what is scanned, the arrows move among what can be done.
import { tell } from "../config/js/keys.js";

const field = document.querySelector("[data-scan]");
const choices = () => [...document.querySelectorAll("[data-pick]:not(:disabled)")];
const types = (target) => target.matches("input, select, textarea");

function move(by) {
  const all = choices();
  const at = all.indexOf(document.activeElement);
  if (at < 0 && by < 0) return false;
  const next = at + by < 0 ? field : all[at + by];
  next?.focus();
  return Boolean(next);
}

function back() {
  field?.focus();
  field?.select();
  return Boolean(field);
}

/** A link goes at once, for it writes nothing; a button is only reached, so that it takes a second Enter. */
function goOn() {
  const next = document.querySelector("[data-next]:not(:disabled)");
  if (next instanceof HTMLAnchorElement) next.click();
  else next?.focus();
}

const ACTS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Escape: back,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (types(event.target) && event.target !== field) return;
  if (ACTS[event.key]?.()) event.preventDefault();
});

// A scanner types wherever the focus is: what it types belongs into the field.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (!field || types(event.target) || !/^[0-9]$/.test(event.key) || document.body.dataset.shortcuts === "off") return;
  field.value = "";
  field.focus();
});

field?.form.addEventListener("submit", (event) => {
  if (field.value.trim()) return;
  event.preventDefault();
  goOn();
});

if (field?.value) field.select();
if (field) {
  tell(["↓", "↑"], "Move among what can be done");
  tell(["Esc"], "Back to the field");
  tell(["Enter"], "Add what was scanned; on the empty field, the next step");
}
