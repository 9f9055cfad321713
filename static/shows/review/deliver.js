// Sends reviews and statuses. What is shown at once is marked as not yet sure; then the server's answer is shown.
import { drop } from "./drafts.js";
import { head, refresh, review } from "./parts.js";
import { say } from "./say.js";
import { send } from "./server.js";
import { forget } from "./travel.js";
import { tell } from "./trouble.js";
import { remember } from "./undo.js";

const SAID = { approved: "Approved", needs_revision: "Revision asked for", note: "Note sent" };

export const here = () => ({ shot: review().dataset.shot, code: review().dataset.code, status: head().dataset.status });

/** Writes a review of `about` (as `here` gives it); `draft` names the words that are let go of once it is written. */
export async function deliver(about, payload, { key = crypto.randomUUID(), draft } = {}) {
  expect(payload.set_shot_status);
  try {
    const written = await send("POST", `/api/v1/shots/${about.shot}/reviews`, { body: payload, key });
    if (draft) drop(draft);
    const moved = Boolean(payload.set_shot_status) && payload.set_shot_status !== about.status;
    remember({ ...about, review: written.id, moved, body: payload.body, what: SAID[payload.status] });
    say(`${SAID[payload.status]}: ${about.code}`, { undo: true });
    await drawn(about);
    return written;
  } catch (refused) {
    relent();
    throw refused;
  }
}

export async function move(about, status) {
  expect(status);
  try {
    const version = head().dataset.rowVersion;
    const shot = await send("PATCH", `/api/v1/shots/${about.shot}`, { body: { status }, version });
    remember({ ...about, status: shot.status, review: null, what: `Moved to ${shot.status.replace("_", " ")}` });
    say(`${about.code} is ${shot.status.replace("_", " ")}`, { undo: true });
    await drawn(about);
  } catch (refused) {
    relent();
    throw refused;
  }
}

/** Draws anew what was written, unless the reader has gone on to another shot; written it is in any case. */
export async function drawn(about) {
  forget();
  if (about.shot !== review().dataset.shot) return;
  await refresh().catch((refused) => tell(refused, refresh, "It is written, but cannot be shown."));
}

function expect(status) {
  const chip = document.querySelector(`[data-set-status="${status}"] .chip`)?.cloneNode(true);
  const current = document.querySelector("#status-button .chip");
  if (!chip || !current) return;
  chip.classList.add("is-pending");
  current.replaceWith(chip);
  current.dataset.was = "";
  chip.before(current);
  current.hidden = true;
}

function relent() {
  const was = document.querySelector("#status-button [data-was]");
  if (!was) return;
  was.nextElementSibling?.remove();
  was.hidden = false;
  delete was.dataset.was;
}
