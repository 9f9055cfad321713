// Moves from shot to shot, or show to show: to the next and the one before, on the board to the row below and above.
import { bind, tell } from "../../config/js/keys.js";
import { toggle } from "./selection.js";

const LINK = ":is(.tile-link, th a, h2 a)";
const shots = () => [...document.querySelectorAll("[data-shot]")];
const current = () => document.activeElement.closest("[data-shot]");

function go(shot) {
  const link = shot?.querySelector(LINK);
  if (!link) return false;
  link.focus();
  link.scrollIntoView({ block: "nearest" });
  return true;
}

function step(by) {
  const all = shots();
  const at = all.indexOf(current());
  return go(at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by]);
}

/** The nearest shot of the next row in that direction, by where things are drawn. */
function row(direction) {
  const here = current();
  if (!here) return false;
  const from = here.getBoundingClientRect();
  const beyond = shots()
    .map((shot) => ({ shot, box: shot.getBoundingClientRect() }))
    .filter(({ box }) => box.width && (direction > 0 ? box.top > from.top + 1 : box.top < from.top - 1));
  const edge = (direction > 0 ? Math.min : Math.max)(...beyond.map(({ box }) => box.top));
  const line = beyond.filter(({ box }) => Math.abs(box.top - edge) < 2);
  line.sort((a, b) => Math.abs(a.box.left - from.left) - Math.abs(b.box.left - from.left));
  return go(line[0]?.shot);
}

bind("j", "To the next", () => step(1));
bind("k", "To the one before", () => step(-1));
tell(["←", "↑", "↓", "→"], "Move about");
tell(["Enter"], "Open it");
if (document.querySelector("[data-bulk]")) {
  tell(["Space"], "Select it");
  tell(["Shift", "→"], "Select from one to the next");
}

const ARROWS = {
  ArrowRight: () => step(1),
  ArrowLeft: () => step(-1),
  ArrowDown: () => row(1),
  ArrowUp: () => row(-1),
};

// Arrows and the space bar are no letters: they work on a shot for everybody.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !document.activeElement.matches(`[data-shot] ${LINK}`)) return;
  const move = ARROWS[event.key];
  if (event.key === " ") toggle(current(), { range: event.shiftKey });
  else if (!move) return;
  else {
    const from = current();
    if (move() && event.shiftKey) extend(from, current());
  }
  event.preventDefault();
});

function extend(from, to) {
  if (!from.querySelector(":checked")) toggle(from);
  if (!to.querySelector(":checked")) toggle(to);
}
