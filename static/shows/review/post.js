// Notes on their way to the server: until its 201 they are kept in this browser, and then let go of.
import { deliver } from "./deliver.js";
import { drop, keep, kept, keptLike } from "./drafts.js";
import { showErrors } from "./fields.js";
import { say } from "./say.js";
import { tell } from "./trouble.js";

const underway = ({ name, key }) => `${name}-underway-${key}`;

export function setOut(note) {
  keep(underway(note), note);
  drop(note.name);
}

/** The draft of that name; what set out and never arrived counts as one. */
export function broughtBack(name) {
  if (!kept(name)) takeBack(keptLike(`${name}-underway-`));
  return kept(name);
}

/** Sends a note; `composer` finds the one on the page, which may be another shot's by the time of the answer. */
export async function post(note, composer) {
  try {
    await deliver(note.about, note.payload, note.key);
    letGo(note, composer);
  } catch (refused) {
    document.getElementById(`pending-${note.key}`)?.remove();
    const place = composer()?.name === note.name && !composer().isBegun ? composer() : null;
    if (!kept(note.name)) takeBack(note);
    place?.restore();
    const again = () => (place?.isConnected ? place.submit() : post(note, composer));
    const isTold = tell(refused, again, `The note on ${note.about.code} was not sent.`);
    if (!isTold && place) showErrors(place.form, refused);
    else if (!isTold) say(`The note on ${note.about.code} was refused: ${refused.message}`);
  }
}

/** From what is underway back to the draft of its shot. */
function takeBack(note) {
  if (!note) return;
  keep(note.name, note);
  drop(underway(note));
}

/** Written it is; its words may stand in the composer again, when the reader came back before the answer did. */
function letGo(note, composer) {
  drop(underway(note));
  const draft = kept(note.name);
  if (draft?.key !== note.key || JSON.stringify(draft.values) !== JSON.stringify(note.values)) return;
  drop(note.name);
  if (composer()?.name === note.name) composer().reset();
}

/** The note as it will be, at the place where it will be; the server's takes its place. */
export function announce({ key, payload, about }) {
  const list = document.querySelector("#notes .note-list");
  if (!list || !payload.body) return;
  const note = document.createElement("li");
  note.id = `pending-${key}`;
  note.className = "note note-pending";
  const text = document.createElement("p");
  text.className = "note-body";
  text.textContent = payload.body;
  note.append(`To ${about.code} …`, text);
  list.prepend(note);
}
