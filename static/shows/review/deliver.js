// Sends reviews and statuses. What is shown at once is marked as not yet sure; then the server's answer is shown.
import { head, refresh, review } from "./parts.js";
import { say } from "./say.js";
import { send } from "./server.js";
import { doubt } from "./travel.js";
import { tell } from "./trouble.js";
import { inTurn } from "./turns.js";
import { remember } from "./undo.js";

const SAID = { approved: "Approved", needs_revision: "Revision asked for", note: "Note sent" };

export const here = () => ({ shot: review().dataset.shot, code: review().dataset.code, status: head().dataset.status });

/** Writes a review of `about`, which `here` gave when it was asked for; the same `key` never writes twice. */
export function deliver(about, payload, key) {
  expect(payload.set_shot_status);
  return inTurn(() => write(about, payload, key));
}

async function write(about, payload, key) {
  try {
    const written = await send("POST", `/api/v1/shots/${about.shot}/reviews`, { body: payload, key });
    const moved = Boolean(payload.set_shot_status) && payload.set_shot_status !== about.status;
    remember({ ...about, review: written.id, moved, body: payload.body, what: SAID[payload.status] });
    say(`${SAID[payload.status]}: ${about.code}`, { undo: true });
    drawn(about);
  } catch (refused) {
    relent();
    throw refused;
  }
}

export function move(about, status) {
  expect(status);
  return inTurn(async () => {
    try {
      await moveFrom(about, status);
    } catch (refused) {
      relent();
      throw refused;
    }
    const label = head().querySelector(`[data-set-status="${status}"]`)?.textContent.trim() ?? status;
    remember({ ...about, status, review: null, what: `Moved to ${label}` });
    say(`${about.code} is moved to ${label}`, { undo: true });
    drawn(about);
  });
}

/** The row may have changed in other ways meanwhile; only who sees an old status is stopped. */
async function moveFrom(about, status) {
  const write = () =>
    send("PATCH", `/api/v1/shots/${about.shot}`, { body: { status }, version: head().dataset.rowVersion });
  try {
    await write();
  } catch (refused) {
    if (refused.kind !== "stale") throw refused;
    await refresh();
    if (head().dataset.status !== about.status) throw refused;
    await write();
  }
}

/** Draws anew what was written, unless the reader has gone on to another shot; written it is in any case. */
export async function drawn(about) {
  doubt();
  if (about.shot !== review().dataset.shot) return;
  await refresh().catch((refused) => tell(refused, refresh, "It is written, but cannot be shown."));
}

function expect(status) {
  const chip = document.querySelector(`[data-set-status="${status}"] .chip`)?.cloneNode(true);
  const current = document.querySelector("#status-button .chip:not([hidden])");
  if (!chip || !current || current.classList.contains("is-pending")) return;
  chip.classList.add("is-pending");
  current.hidden = true;
  current.after(chip);
}

function relent() {
  document.querySelector("#status-button .is-pending")?.remove();
  document.querySelector("#status-button .chip[hidden]")?.removeAttribute("hidden");
}
