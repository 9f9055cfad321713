// Which shots are selected: by click, by a range with Shift, a lane or a page at once.
import { bind } from "../../config/js/keys.js";

const bar = document.querySelector("[data-bulk]");
let last = null;

const boxes = () => [...document.querySelectorAll("[data-shots] [name=ids]")];

/** Selects a shot's row or tile, or takes it out; with `range` all from the last one that was touched. */
export function toggle(shot, { range = false } = {}) {
  const box = shot?.querySelector("[name=ids]");
  if (!box) return;
  box.checked = !box.checked;
  touched(box, range);
}

function touched(box, range) {
  if (range && last?.isConnected) {
    const all = boxes();
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    for (const between of all.slice(from, to + 1)) between.checked = box.checked;
  }
  last = box;
  count();
}

function set(some, checked) {
  for (const box of some) box.checked = checked;
  count();
}

function count() {
  const number = boxes().filter((box) => box.checked).length;
  bar.hidden = number === 0;
  bar.querySelector("[data-count]").textContent = number;
  document.body.classList.toggle("selecting", number > 0);
  const all = document.querySelector("[data-selects-all]");
  if (all) {
    all.checked = number > 0 && number === boxes().length;
    all.indeterminate = number > 0 && !all.checked;
  }
}

function clicked(event) {
  const { target } = event;
  if (target.name === "ids") touched(target, event.shiftKey);
  else if (target.matches("[data-selects-all]")) set(boxes(), target.checked);
  else if (target.closest("[data-selects-none]")) set(boxes(), false);
  else if (target.closest("[data-selects-lane]")) {
    const lane = [...target.closest("[data-lane]").querySelectorAll("[name=ids]")];
    set(lane, !lane.every((box) => box.checked));
  }
}

if (bar) {
  document.addEventListener("click", clicked);
  document.addEventListener("htmx:afterSettle", count);
  bind("x", "Select it", () => toggle(document.activeElement.closest("[data-shot]")));
  bind("X", "Select all up to here", () => toggle(document.activeElement.closest("[data-shot]"), { range: true }));
  count();
  bar.dataset.ready = "";
}
