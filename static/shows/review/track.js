// The timeline below a video: where it is, which frames are the cut's, and which have notes.
import { within } from "./frames.js";

const KEYS = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

export class Track {
  constructor(place, film, cut) {
    this.place = place;
    this.film = film;
    this.track = place.querySelector(".track");
    this.lay(".track-cut", cut.start, cut.end);
    this.track.addEventListener("pointerdown", (event) => this.hold(event));
    this.track.addEventListener("pointermove", (event) => this.held && this.scrub(event));
    for (const end of ["pointerup", "pointercancel"]) this.track.addEventListener(end, () => (this.held = false));
    this.track.addEventListener("keydown", (event) => this.pressed(event));
    this.layMarks();
  }

  part(frame) {
    const { first, frames } = this.film.film;
    return `${((frame - first) / frames) * 100}%`;
  }

  lay(selector, start, end) {
    const { film } = this.film;
    const part = this.place.querySelector(selector);
    part.style.left = this.part(within(start, film));
    part.style.right = `calc(100% - ${this.part(within(end, film) + 1)})`;
    part.hidden = end < film.first || start > film.last;
  }

  layMarks() {
    const { film } = this.film;
    for (const mark of this.place.querySelectorAll(".mark")) {
      const [start, end] = [Number(mark.dataset.frame), Number(mark.dataset.end)];
      mark.hidden = end < film.first || start > film.last;
      mark.style.left = this.part(within(start, film));
      mark.style.width = `max(.5rem, calc(${this.part(within(end, film) + 1)} - ${this.part(within(start, film))}))`;
    }
  }

  draw(frame) {
    const middle = this.part(frame + 0.5);
    this.place.querySelector(".track-done").style.width = middle;
    this.place.querySelector(".track-thumb").style.left = middle;
    this.track.setAttribute("aria-valuenow", frame);
  }

  hold(event) {
    if (event.button) return;
    this.held = true;
    this.track.setPointerCapture(event.pointerId);
    this.film.stop();
    this.scrub(event);
  }

  scrub(event) {
    const box = this.track.getBoundingClientRect();
    const { first, frames } = this.film.film;
    this.film.seek(first + Math.floor(((event.clientX - box.left) / box.width) * frames));
  }

  pressed(event) {
    const { first, last } = this.film.film;
    const to = { Home: first, End: last }[event.key] ?? this.film.frame + (KEYS[event.key] ?? NaN);
    if (Number.isNaN(to) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.film.stop();
    this.film.seek(to);
  }
}
