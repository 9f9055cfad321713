// A video by its frames: while it stands still, the number shown is the frame shown.
import { counting, frameAt, middleOf, within } from "./frames.js";

const FASTER = [1, 2, 4, 8];
const SPEEDS = [1, 2, 4, 0.25, 0.5];

export class Film {
  constructor(video, { first, frames, rate }, draw) {
    this.video = video;
    this.film = counting(first, frames, rate);
    this.draw = draw;
    this.frame = first;
    this.speed = 1;
    video.loop = true;
    video.addEventListener("play", () => this.playing());
    video.addEventListener("pause", () => this.stopped());
    video.addEventListener("ended", () => this.show(this.film.last));
  }

  get isRunning() {
    return !this.video.paused || Boolean(this.backwards);
  }

  show(frame) {
    this.frame = frame;
    this.draw();
  }

  seek(frame) {
    this.show(within(frame, this.film));
    this.video.currentTime = middleOf(this.frame, this.film);
  }

  step(by) {
    this.stop();
    this.seek(this.frame + by);
  }

  play() {
    if (this.isRunning) return this.stop();
    if (this.frame === this.film.last && !this.video.loop) this.seek(this.film.first);
    this.run(this.speed);
  }

  run(rate) {
    this.endBackwards();
    this.video.playbackRate = rate;
    this.video.play().catch(() => this.draw());
  }

  stop() {
    this.endBackwards();
    if (this.video.paused) this.draw();
    else this.video.pause();
  }

  endBackwards() {
    clearInterval(this.backwards);
    this.backwards = null;
  }

  stopped() {
    if (!this.video.ended && !this.backwards) this.seek(frameAt(this.video.currentTime, this.film));
  }

  /** Follows the frames that the browser really shows. */
  playing() {
    this.draw();
    if (!this.video.requestVideoFrameCallback) return this.follow();
    const seen = (_, { mediaTime }) => {
      if (this.video.paused) return;
      this.show(frameAt(mediaTime + 0.25 / this.film.rate, this.film));
      this.video.requestVideoFrameCallback(seen);
    };
    this.video.requestVideoFrameCallback(seen);
  }

  follow() {
    if (this.video.paused) return;
    this.show(frameAt(this.video.currentTime, this.film));
    requestAnimationFrame(() => this.follow());
  }

  shuttleOn() {
    const now = this.isRunning && !this.backwards ? this.video.playbackRate : 0;
    this.run(FASTER.find((speed) => speed > now) ?? FASTER.at(-1));
  }

  /** Browsers play forwards only: backwards is stepping at the pace of the film. */
  shuttleBack() {
    const now = this.backwards ? this.pace : 0;
    this.pace = FASTER.find((speed) => speed > now) ?? FASTER.at(-1);
    this.endBackwards();
    const from = { frame: this.frame, at: performance.now() };
    this.backwards = setInterval(() => this.fallBack(from), 1000 / this.film.rate);
    this.video.pause();
    this.draw();
  }

  fallBack({ frame, at }) {
    const { first, frames, rate } = this.film;
    const passed = Math.round(((performance.now() - at) / 1000) * rate * this.pace);
    const place = frame - first - passed;
    if (place < 0 && !this.video.loop) this.stop();
    this.seek(first + (this.video.loop ? ((place % frames) + frames) % frames : place));
  }

  /** The next of the speeds at which it plays. */
  changeSpeed() {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
    this.video.playbackRate = this.speed;
    this.draw();
  }

  get speedNow() {
    return this.backwards ? -this.pace : this.isRunning ? this.video.playbackRate : this.speed;
  }
}
