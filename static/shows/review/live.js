// What others do on this shot: a socket tells of it, and where there is none, a look every few seconds.
import { ENDS, Live } from "../../pipeline/live.js";
import { head, refresh, review } from "./parts.js";

const OURS = { "X-Requested-With": "backlot" };
const GONE = { 401: 4401, 403: 4403, 404: 4404 };
// Shots that somebody only passes by are not followed.
const PASSING = 250;
const AGAIN = 1000;
let live = null;
let starting = null;

class ShotLive extends Live {
  news({ stamp, people }) {
    this.told = stamp;
    this.lookers = people;
    if (stamp !== head().dataset.stamp) this.soon();
  }

  set lookers(people) {
    const place = this.place.querySelector("[data-lookers]");
    const words = people.length ? ` · ${people.join(", ")} ${people.length > 1 ? "look" : "looks"} at it too` : "";
    if (place.textContent !== words) place.textContent = words;
    place.title = people.join(", ");
  }

  closed(code) {
    this.lookers = [];
    super.closed(code);
  }

  /** Takes in what is new, as soon as nothing is in the hands of who looks. */
  async look() {
    const stamp = this.isOn ? this.told : await this.ask();
    if (!stamp || this.isStopped || stamp === head().dataset.stamp) return;
    if (isHeld()) setTimeout(() => this.soon(), AGAIN);
    else await renew();
  }

  async ask() {
    const answer = await fetch(this.place.dataset.stamp, { headers: OURS }).catch(() => null);
    if (answer?.ok) return (await answer.json()).stamp;
    const code = GONE[answer?.status];
    if (code) this.end(ENDS[code], code);
    return null;
  }
}

/** An open menu, words that are marked, and a write of one's own on its way: its answer brings the rest along. */
function isHeld() {
  const marked = getSelection();
  const isMarked = !marked.isCollapsed && document.getElementById("notes").contains(marked.anchorNode);
  return isMarked || document.querySelector("#shot-head details[open], .note-pending, .chip.is-pending, dialog[open]");
}

async function renew() {
  const before = seen();
  await refresh();
  const now = seen();
  if (before.shot !== now.shot) return;
  const fresh = [...document.querySelectorAll("#notes [data-note]")].filter((note) => !before.notes.has(note.id));
  for (const note of fresh) note.classList.add("note-new");
  const news = fresh.map((note) => `New note by ${note.querySelector(".note-author").textContent}`);
  if (before.status !== now.status) news.push(head().dataset.sentence);
  if (news.length) document.getElementById("heard").textContent = news.join(". ");
}

const seen = () => ({
  shot: review().dataset.shot,
  status: head().dataset.status,
  notes: new Set([...document.querySelectorAll("#notes [data-note]")].map((note) => note.id)),
});

function follow() {
  const place = document.querySelector(".shot-live .live");
  if (live?.place === place && !live.isStopped) return;
  live?.stop();
  clearTimeout(starting);
  starting = setTimeout(() => {
    live = new ShotLive(place, () => live.look().catch(() => {}));
  }, PASSING);
}

document.addEventListener("review:drawn", follow);
window.addEventListener("pageshow", follow);
