// The composer: a note and its verdict in one go. What is typed is kept at once, and let go of by the server's 201 alone.
import { deliver, here } from "./deliver.js";
import { drop, keep, kept } from "./drafts.js";
import { clearErrors, fill, showErrors, values, whole } from "./fields.js";
import { say } from "./say.js";
import { showTab } from "./tabs.js";
import { tell } from "./trouble.js";

const MOVES = { approved: "approved", needs_revision: "in_progress", note: "" };
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
    document.addEventListener("review:draft", () => this.restore(), this.listening);
    document.addEventListener("review:drawn", () => this.followVersion(), this.listening);
    this.restore();
  }

  disconnectedCallback() {
    this.listening.abort();
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
    const draft = kept(this.name);
    if (draft) fill(this.form, draft.values);
    const notice = this.querySelector("[data-restored]");
    notice.hidden = !(draft && this.isBegun);
    if (draft) notice.querySelector("[data-restored-when]").textContent = new Date(draft.at).toLocaleString();
    this.summarize();
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
    this.blank.version = shown;
    if (!this.isBegun) this.form.elements.version.value = shown;
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
  keyFor(payload) {
    const draft = kept(this.name) ?? {};
    const sent = JSON.stringify(payload);
    const key = draft.sent === sent ? draft.key : crypto.randomUUID();
    keep(this.name, { at: Date.now(), ...draft, values: values(this.form), sent, key });
    return key;
  }

  async submit(event) {
    event?.preventDefault();
    if (this.hasAttribute("data-sending")) return;
    const payload = this.payload();
    const key = this.keyFor(payload);
    const about = here();
    clearErrors(this.form);
    this.busy(true, payload);
    try {
      await deliver(about, payload, { key, draft: this.name });
      this.reset();
      if (this.contains(document.activeElement)) document.activeElement.blur();
    } catch (refused) {
      if (!tell(refused, () => this.again(about, payload, key), `The note on ${about.code} was not sent.`)) {
        showErrors(this.form, refused);
      }
    } finally {
      this.busy(false);
    }
  }

  /** From the banner: as it stands now or, when the reader has gone on to another shot, as it was. */
  again(about, payload, key) {
    if (this.isConnected) return this.submit();
    const retry = () => this.again(about, payload, key);
    return deliver(about, payload, { key, draft: this.name }).catch((refused) => tell(refused, retry));
  }

  busy(is, payload) {
    this.toggleAttribute("data-sending", is);
    for (const field of this.form.elements) field.readOnly = is;
    this.querySelector("[type=submit]").disabled = is;
    if (is) this.announce(payload);
    else document.getElementById("note-pending")?.remove();
  }

  /** The note as it will be, at the place where it will be. */
  announce({ body, author }) {
    const list = document.querySelector("#notes .note-list");
    if (!list || !body) return;
    const note = document.createElement("li");
    note.id = "note-pending";
    note.className = "note note-pending";
    const text = document.createElement("p");
    text.className = "note-body";
    text.textContent = body;
    note.append(`${author ?? this.form.dataset.author}, sending …`, text);
    list.prepend(note);
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
  if (frame !== null) return composer().take(field, frame);
  showTab("notes");
  composer().form.elements[field].focus();
}
