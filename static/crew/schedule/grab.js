// The same by keys: Enter takes a bar, the arrows move it by a day, Enter shows what would happen, Escape gives up.
import { chart, described, isElsewhere, place, preview, putBack, say, wished } from "./bars.js";

const TAKES = new Set(["Enter", " "]);

function take(bar) {
  bar.dataset.grabbed = "";
  say(`${bar.dataset.title} is taken. Arrows move it by a day, with Shift its last day. Enter previews, Escape gives up.`);
}

function move(bar, days, isLonger) {
  const { start, end } = wished(bar);
  place(bar, isLonger ? { start, end: end + days } : { start: start + days, end: end + days });
  bar.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(described(bar));
}

function settle(bar) {
  say("");
  if (isElsewhere(bar)) return preview(bar);
  giveUp(bar);
}

function giveUp(bar) {
  putBack(bar);
  say(`${bar.dataset.title} stays where it was.`);
}

function held(event, bar) {
  if (TAKES.has(event.key)) settle(bar);
  else if (event.key === "Escape") giveUp(bar);
  else if (event.key === "ArrowLeft") move(bar, -1, event.shiftKey);
  else if (event.key === "ArrowRight") move(bar, 1, event.shiftKey);
  else if (!["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
}

// Before the keys that move about, which leave alone what was handled here.
chart?.addEventListener(
  "keydown",
  (event) => {
    const bar = event.target.closest("[data-job]");
    if (!bar) return;
    if ("grabbed" in bar.dataset) return held(event, bar);
    if (!TAKES.has(event.key)) return;
    take(bar);
    event.preventDefault();
  },
  { capture: true },
);

// Who goes elsewhere lets go of it.
chart?.addEventListener("focusout", (event) => {
  const bar = event.target.closest("[data-job][data-grabbed]");
  if (bar && !document.querySelector("dialog[open]") && !isElsewhere(bar)) giveUp(bar);
});
