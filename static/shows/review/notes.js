// What is done to notes that are there: resolved, reopened, changed and deleted.
import { drop, keep, kept } from "./drafts.js";
import { drawn, here } from "./deliver.js";
import { clearErrors, fill, showErrors, values, whole } from "./fields.js";
import { refresh } from "./parts.js";
import { say } from "./say.js";
import { send } from "./server.js";
import { tell } from "./trouble.js";

const address = (note) => `/api/v1/reviews/${note.dataset.note}`;
const ACTS = { resolve: turn, reopen: turn, edit: open, delete: ask };
const SAID = { resolve: "Resolved", reopen: "Reopened" };

document.addEventListener("click", (event) => {
  const act = event.target.closest("[data-note-act]")?.dataset.noteAct;
  if (act) ACTS[act](event.target.closest("[data-note]"), act);
});

async function attempt(write, done) {
  const about = here();
  try {
    await write();
    say(done);
    await drawn(about);
  } catch (refused) {
    if (!tell(refused, () => attempt(write, done))) say(refused.message);
  }
}

function turn(note, act) {
  return attempt(() => send("POST", `${address(note)}/${act}`), SAID[act]);
}

function ask(note) {
  const dialog = document.getElementById("delete-note");
  dialog.returnValue = "";
  dialog.showModal();
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "delete") attempt(() => send("DELETE", address(note)), "Note deleted");
  }, { once: true });
}

function open(note) {
  const place = note.querySelector(".note-edit");
  if (place.firstElementChild) return place.querySelector("textarea").focus();
  place.append(document.getElementById("edit-note").content.cloneNode(true));
  const form = place.firstElementChild;
  form.dataset.rowVersion = note.dataset.rowVersion;
  form.elements.body.id = `note-words-${note.dataset.note}`;
  form.querySelector("label").htmlFor = form.elements.body.id;
  const frames = note.querySelector(".note-frames")?.dataset ?? { frame: "", end: "" };
  fill(form, { body: note.querySelector(".note-body")?.textContent ?? "", frame_start: frames.frame, frame_end: frames.end });
  restore(form, `note-${note.dataset.note}`);
  form.elements.body.focus();
}

function restore(form, name) {
  const draft = kept(name);
  if (draft) fill(form, draft.values);
  form.querySelector("[data-restored]").hidden = !draft;
  form.addEventListener("input", () => keep(name, { values: values(form) }));
  form.addEventListener("submit", (event) => save(event, form, name));
  form.addEventListener("keydown", (event) => pressed(event, form, name));
  form.querySelector("[data-cancel]").addEventListener("click", () => close(form, name));
}

function pressed(event, form, name) {
  if (event.key === "Escape") close(form, name);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(event, form, name);
}

function close(form, name) {
  drop(name);
  const note = form.closest("[data-note]");
  form.remove();
  note.querySelector('[data-note-act="edit"]').focus();
}

async function save(event, form, name) {
  event.preventDefault();
  const note = form.closest("[data-note]");
  const about = here();
  const { body, frame_start, frame_end } = values(form);
  clearErrors(form);
  try {
    const change = { body, frame_start: whole(frame_start), frame_end: whole(frame_end) };
    await send("PATCH", address(note), { body: change, version: form.dataset.rowVersion });
    close(form, name);
    say("Note changed");
    await drawn(about);
  } catch (refused) {
    if (refused.kind === "stale") return stale(form);
    if (!tell(refused, () => save(event, form, name))) showErrors(form, refused);
  }
}

/** Shows what the note says now, above the words that were to replace it. */
async function stale(form) {
  await refresh();
  const note = form.closest("[data-note]");
  if (!note) return;
  form.dataset.rowVersion = note.dataset.rowVersion;
  form.querySelector("[data-stale]").hidden = false;
  note.classList.add("is-stale");
  form.elements.body.focus();
}
