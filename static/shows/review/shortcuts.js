// The keys of the page. Single ones go through the keys of every page, which a user can turn off.
import { bind } from "../../config/js/keys.js";
import { composer, takeFrame } from "./composer.js";
import { deliver, here } from "./deliver.js";
import { say } from "./say.js";
import { step } from "./travel.js";
import { tell } from "./trouble.js";
import { undo } from "./undo.js";

const player = () => document.querySelector("shot-player");
const judges = Boolean(document.querySelector(".verdicts"));

const TRAVEL = {
  KeyJ: ["next-shot", "This is the last shot of the list."],
  KeyK: ["previous-shot", "This is the first shot of the list."],
};

// By the place of the key: with Alt some keyboards write other letters.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || !TRAVEL[event.code]) return;
  event.preventDefault();
  if (!document.querySelector("dialog[open]")) step(...TRAVEL[event.code]);
});

/** An approval without words goes out at once; words that were begun go with it when they are sent. */
async function approve() {
  if (composer().isBegun) {
    composer().begin("approved");
    return say("Your note is an approval now: Ctrl and Enter send it.");
  }
  const about = here();
  const version = Number(player().dataset.version) || null;
  const payload = { status: "approved", body: "", version, set_shot_status: "approved" };
  const key = crypto.randomUUID();
  return send(() => deliver(about, payload, key));
}

async function send(write) {
  try {
    await write();
  } catch (refused) {
    if (!tell(refused, () => send(write), "The approval was not sent.")) say(refused.message);
  }
}

document.addEventListener("click", (event) => {
  const verdict = event.target.closest("[data-judge]")?.dataset.judge;
  if (verdict === "approved") approve();
  else if (verdict) composer().begin(verdict);
});

// For the list of keys; the listener above hears them.
bind("Alt+J", "Next shot of the list", () => false);
bind("Alt+K", "Previous shot of the list", () => false);
bind("Ctrl+Enter", "Send the note", () => false);
if (judges) {
  bind("a", "Approve, and move the shot to approved", () => void approve());
  bind("r", "Ask for a revision", () => composer().begin("needs_revision"));
}
if (composer()) {
  bind("n", "Write a note", () => composer().begin("note"));
  bind("f", "The frame shown is the note's first", () => takeFrame("frame_start"));
  bind("g", "The frame shown is the note's last", () => takeFrame("frame_end"));
}
bind("u", "Undo your last approval, note or status", () => void undo());
bind("[", "Newer version", () => beside("previousElementSibling"));
bind("]", "Older version", () => beside("nextElementSibling"));

function beside(side) {
  document.querySelector(".version[aria-current]")?.closest("li")[side]?.querySelector("a").click();
}

const MEDIA = [
  [" ", "Play or pause", "play"],
  [",", "One frame back", "back"],
  [".", "One frame on", "on"],
  ["ArrowLeft", "One frame back, or move a picture", "left"],
  ["ArrowRight", "One frame on, or move a picture", "right"],
  ["ArrowUp", "Move the picture up", "up"],
  ["ArrowDown", "Move the picture down", "down"],
  ["j", "Play backwards, faster each time", "shuttleBack"],
  ["k", "Stop", "stop"],
  ["l", "Play, faster each time", "shuttleOn"],
  ["Home", "First frame", "toStart"],
  ["End", "Last frame", "toEnd"],
  ["o", "Loop", "loop"],
  ["m", "Mute", "mute"],
  ["+", "Larger", "larger"],
  ["-", "Smaller", "smaller"],
  ["0", "Fit into the space", "fit"],
  ["1", "One pixel for one", "actual"],
];
// A key that belongs to what has the focus is left to it.
const OWN = { " ": "button, a, summary, [role=slider]", Home: "[role=slider]", End: "[role=slider]" };
const ARROWS = "[type=radio], [role=slider]";

for (const [key, title, act] of MEDIA) {
  bind(key, title, (event) => {
    const own = key.startsWith("Arrow") ? ARROWS : OWN[key];
    if (own && event.target.closest(own)) return false;
    return player().act(act);
  });
}
