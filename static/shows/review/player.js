// What stands in the middle: a picture or a video, with its buttons and keys.
import { Film } from "./film.js";
import { clock } from "./frames.js";
import { say } from "./say.js";
import { Track } from "./track.js";
import { go, withParameter } from "./travel.js";
import { View } from "./view.js";

const PAN = 0.1;

class ShotPlayer extends HTMLElement {
  connectedCallback() {
    this.media = this.querySelector(".media");
    if (!this.media) return;
    this.view = new View(this.querySelector(".view"), this.media, (percent) => this.drawZoom(percent));
    this.media.addEventListener("error", () => (this.querySelector(".view-broken").hidden = false));
    this.addEventListener("click", (event) => this.clicked(event));
    if (this.dataset.kind === "video") this.roll();
  }

  disconnectedCallback() {
    this.view?.stop();
    this.film?.stop();
  }

  roll() {
    const { first, frames, rate, cutStart, cutEnd } = this.dataset;
    const film = { first: Number(first), frames: Number(frames), rate: Number(rate) };
    this.film = new Film(this.media, film, () => this.draw());
    this.track = new Track(this, this.film, { start: Number(cutStart), end: Number(cutEnd) });
    this.number = this.querySelector(".frame-number");
    this.number.addEventListener("change", () => this.typed());
    this.number.addEventListener("keydown", (event) => event.key === "Enter" && this.number.select());
    this.querySelector(".view").addEventListener("click", () => this.view.isLarger || this.film.play());
    this.listening = new AbortController();
    document.addEventListener("review:drawn", () => this.track.layMarks(), this.listening);
    const asked = Number(new URL(location.href).searchParams.get("frame"));
    this.film.seek(asked || film.first);
  }

  /** The number of the frame on the screen; null for a picture. */
  get frame() {
    return this.film ? this.film.frame : null;
  }

  draw() {
    const { film } = this;
    if (document.activeElement !== this.number || film.isRunning) this.number.value = film.frame;
    this.querySelector(".frame-time").textContent = clock(film.frame, film.film);
    this.track?.draw(film.frame);
    this.press("play", film.isRunning, film.isRunning ? "Pause" : "Play");
    this.press("loop", this.media.loop);
    this.press("mute", this.media.muted, this.media.muted ? "Unmute" : "Mute");
    this.querySelector("[data-do=speed]").textContent = `${film.speedNow}×`;
  }

  press(name, is, label) {
    const button = this.querySelector(`[data-do=${name}]`);
    button.classList.toggle("is-on", is);
    if (label) button.setAttribute("aria-label", label);
    else button.setAttribute("aria-pressed", String(is));
  }

  drawZoom(percent) {
    this.querySelector(".zoom-now").textContent = `${percent} %`;
  }

  typed() {
    const frame = Number.parseInt(this.number.value, 10);
    this.film.stop();
    this.film.seek(Number.isNaN(frame) ? this.film.frame : frame);
    this.number.value = this.film.frame;
  }

  clicked(event) {
    const act = event.target.closest("[data-do]")?.dataset.do;
    if (act) this.act(act);
  }

  /** Does what a key or a button says; false when there is nothing to do it to. */
  act(name) {
    const acts = { ...this.acts(), ...(this.film ? this.filmActs() : {}) };
    return this.media && acts[name] ? acts[name]() : false;
  }

  acts() {
    const { view } = this;
    return {
      larger: () => view.larger(),
      smaller: () => view.smaller(),
      fit: () => view.fit(),
      actual: () => view.actual(),
      left: () => view.pan(PAN, 0),
      right: () => view.pan(-PAN, 0),
      up: () => view.pan(0, PAN),
      down: () => view.pan(0, -PAN),
    };
  }

  filmActs() {
    const { film } = this;
    return {
      play: () => film.play(),
      back: () => film.step(-1),
      on: () => film.step(1),
      left: () => film.step(-1),
      right: () => film.step(1),
      stop: () => film.stop(),
      shuttleOn: () => film.shuttleOn(),
      shuttleBack: () => film.shuttleBack(),
      speed: () => film.changeSpeed(),
      toStart: () => film.step(film.film.first - film.frame),
      toEnd: () => film.step(film.film.last - film.frame),
      loop: () => this.toggle("loop"),
      mute: () => this.toggle("muted"),
    };
  }

  toggle(what) {
    this.media[what] = !this.media[what];
    this.draw();
  }

  /** Goes to the frames of a note, in what is shown. */
  jump(start, end) {
    this.film.stop();
    this.film.seek(start);
    this.track.lay(".track-range", start, end);
    if (this.film.frame !== start) say(`Frame ${start} is not in this version.`);
  }
}

customElements.define("shot-player", ShotPlayer);

// A note's frames: shown in the video at hand, else in the version that the note is about.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-frame]");
  if (!link) return;
  event.preventDefault();
  const player = document.querySelector("shot-player");
  const { frame, end, version, note } = link.dataset;
  if (note) document.getElementById(`note-${note}`)?.scrollIntoView({ block: "nearest" });
  if (player.film) player.jump(Number(frame), Number(end || frame));
  else if (version && version !== player.dataset.version) go(withParameter(`version=${version}`, `frame=${frame}`));
  else say(`Frame ${frame}. There is no video to go to it in.`);
});
