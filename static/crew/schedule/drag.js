// A mouse or a pen moves a production's bar, and by its ends makes it longer or shorter. A finger scrolls.
import { chart, described, isElsewhere, place, preview, putBack, say, stored } from "./bars.js";

const NEAR = 4;
let drag = null;

function shifted({ start, end }, grip, days) {
  if (grip === "start") return { start: Math.min(start + days, end), end };
  if (grip === "end") return { start, end: Math.max(end + days, start) };
  return { start: start + days, end: end + days };
}

chart?.addEventListener("pointerdown", (event) => {
  const bar = event.target.closest("[data-job]");
  if (!bar || event.button !== 0 || event.pointerType === "touch") return;
  const width = bar.closest(".lane-chart").getBoundingClientRect().width;
  drag = { bar, from: event.clientX, day: width / Number(chart.dataset.days), grip: event.target.dataset.grip };
  bar.setPointerCapture(event.pointerId);
  bar.focus();
  event.preventDefault();
});

chart?.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const way = event.clientX - drag.from;
  if (!drag.bar.dataset.grabbed && Math.abs(way) < NEAR) return;
  drag.bar.dataset.grabbed = "";
  place(drag.bar, shifted(stored(drag.bar), drag.grip, Math.round(way / drag.day)));
  say(described(drag.bar));
});

function drop(isGivenUp) {
  if (!drag) return;
  const { bar } = drag;
  drag = null;
  say("");
  if (isGivenUp || !isElsewhere(bar)) return putBack(bar);
  preview(bar);
}

chart?.addEventListener("pointerup", () => drop(false));
chart?.addEventListener("pointercancel", () => drop(true));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") drop(true);
});
