// The composer: a note and its verdict in one go. What is typed is kept at once, and let go of by the server's 201 alone.
import { here } from "./deliver.js";
import { drop, keep, kept } from "./drafts.js";
import { clearErrors, fill, values, whole } from "./fields.js";
import { announce, broughtBack, post, setOut } from "./post.js";
import { say } from "./say.js";
import { showTab } from "./tabs.js";

const MOVES = { approved: "approved", needs_revision: "in_progress", note: "" };
const WHEN = new Intl.DateTimeFormat([], { dateStyle: "medium", timeStyle: "short" });
const TYPED = ["body", "frame_start", "frame_end", "author"];

class NoteComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.body = this.form.elements.body;
    this.name = this.form.dataset.draft;
    this.blank = values(this.form);
    this.form.addEventListener("input", (event) => this.changed(event.target));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.form.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("click", (event) => this.clicked(event));
    this.listening = new AbortController();
    document.addEventListener("review:draft", () => this.tellRestored(), this.listening);
    document.addEventListener("review:drawn", () => this.followVersion(), this.listening);
    this.tellRestored();
  }

  disconnectedCallback() {
    this.listening.abort();
  }

  get about() {
    const { shot, code } = this.form.dataset;
    return here().shot === shot ? here() : { shot, code, status: "" };
  }

  /** Whether somebody has begun to write. */
  get isBegun() {
    const now = values(this.form);
    return TYPED.some((name) => now[name]?.trim());
  }

  /** Opens it for a verdict; words that are there stay. */
  begin(status) {
    showTab("notes");
    this.choose(status);
    this.body.focus();
    this.save();
  }

  choose(status) {
    this.form.elements.status.value = status;
    const moves = this.form.elements.set_shot_status;
    if (moves) moves.value = MOVES[status];
    if (moves && moves.selectedIndex < 0) moves.value = "";
    this.summarize();
  }

  take(field, frame) {
    this.form.elements[field].value = frame;
    showTab("notes");
    this.save();
    say(`${field === "frame_start" ? "First" : "Last"} frame of the note: ${frame}`);
  }

  changed(field) {
    if (field.name === "status") this.choose(field.value);
    this.save();
    this.summarize();
  }

  save() {
    if (this.isBegun) keep(this.name, { ...kept(this.name), values: values(this.form), at: Date.now() });
    else drop(this.name);
  }

  restore() {
    const draft = broughtBack(this.name);
    if (draft) fill(this.form, draft.values);
    this.summarize();
    return draft;
  }

  tellRestored() {
    const draft = this.restore();
    const notice = this.querySelector("[data-restored]");
    notice.hidden = !draft || !this.isBegun;
    if (draft) notice.querySelector("[data-restored-when]").textContent = WHEN.format(draft.at);
  }

  reset() {
    fill(this.form, this.blank);
    this.followVersion();
    this.querySelector("[data-restored]").hidden = true;
    clearErrors(this.form);
    this.summarize();
  }

  followVersion() {
    const shown = document.querySelector("shot-player").dataset.version;
    const { version } = this.form.elements;
    // One that was handed in since the page came is not among the choices yet.
    const isNew = shown && ![...version.options].some((option) => option.value === shown);
    if (isNew) version.add(new Option(document.querySelector(".version[aria-current] strong").textContent, shown), 1);
    this.blank.version = shown;
    if (!this.isBegun) version.value = shown;
    this.summarize();
  }

  summarize() {
    const { version, department, set_shot_status: moves } = this.form.elements;
    const said = [
      version.selectedOptions[0]?.value && version.selectedOptions[0].label,
      department.value,
      moves?.value && `moves the shot to ${moves.selectedOptions[0].label}`,
    ];
    this.querySelector("[data-summary]").textContent = said.filter(Boolean).join(" · ") || "About the shot";
  }

  payload() {
    const { author, frame_start, frame_end, version, department, set_shot_status, ...said } = values(this.form);
    return {
      ...said,
      version: version ? Number(version) : null,
      department: department.trim() || null,
      frame_start: whole(frame_start),
      frame_end: whole(frame_end),
      set_shot_status: set_shot_status || null,
      ...(author?.trim() && { author: author.trim() }),
    };
  }

  /** The same words sent again go under the same key, so that a lost answer makes no second note. */
  outgoing() {
    const payload = this.payload();
    const sent = JSON.stringify(payload);
    const draft = kept(this.name);
    const key = draft?.sent === sent ? draft.key : crypto.randomUUID();
    return { about: this.about, name: this.name, values: values(this.form), at: Date.now(), payload, sent, key };
  }

  /** The next words can be written at once; these are kept under a name of their own until they are there. */
  submit(event) {
    event?.preventDefault();
    if (!this.isBegun && values(this.form).status === "note") return this.body.focus();
    const note = this.outgoing();
    setOut(note);
    this.reset();
    if (this.contains(document.activeElement)) document.activeElement.blur();
    announce(note);
    return post(note, composer);
  }

  pressed(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape") {
      document.getElementById("shot-title").focus({ preventScroll: true });
    }
  }

  clicked(event) {
    const field = event.target.closest("[data-take]")?.dataset.take;
    if (field) takeFrame(field);
    if (!event.target.closest("[data-discard]")) return;
    drop(this.name);
    this.reset();
    this.body.focus();
  }
}

customElements.define("note-composer", NoteComposer);

export const composer = () => document.querySelector("note-composer");

/** The frame on the screen goes into the note; of a picture, which shows none, it can be typed. */
export function takeFrame(field) {
  const frame = document.querySelector("shot-player").frame;
  if (!composer()) return;
  if (frame !== null) {
    composer().take(field, frame);
  } else {
    showTab("notes");
    composer().form.elements[field].focus();
  }
}
