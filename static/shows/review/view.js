// Zoom and pan of what stands in the middle, picture or video.
const MOST = 16;
const STEP = 1.25;
// From here on a pixel is so large that its edges matter more than a smooth look.
const SQUARES = 3;

export class View {
  constructor(place, media, draw) {
    this.place = place;
    this.media = media;
    this.draw = draw;
    this.fitting = true;
    this.x = this.y = 0;
    this.watcher = new ResizeObserver(() => this.settle());
    this.watcher.observe(place);
    place.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    place.addEventListener("pointerdown", (event) => this.hold(event));
    place.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) place.addEventListener(end, () => (this.held = null));
    place.addEventListener("dblclick", () => (this.fitting ? this.actual() : this.fit()));
    for (const known of ["load", "loadedmetadata"]) media.addEventListener(known, () => this.settle());
    this.settle();
  }

  stop() {
    this.watcher.disconnect();
  }

  get size() {
    const { naturalWidth, videoWidth, naturalHeight, videoHeight } = this.media;
    return [naturalWidth || videoWidth || Number(this.media.getAttribute("width")), naturalHeight || videoHeight || Number(this.media.getAttribute("height"))];
  }

  get fittingScale() {
    const [width, height] = this.size;
    return Math.min(this.place.clientWidth / width, this.place.clientHeight / height);
  }

  settle() {
    const [width, height] = this.size;
    if (!width || !this.place.clientWidth) return;
    this.media.style.width = `${width}px`;
    this.media.style.height = `${height}px`;
    if (this.fitting) this.scale = this.fittingScale;
    this.place.classList.add("is-ready");
    this.apply();
  }

  fit() {
    this.fitting = true;
    this.settle();
  }

  /** One pixel of the picture on one of the screen. */
  actual() {
    this.zoom(1 / devicePixelRatio / this.scale);
  }

  larger() {
    this.zoom(STEP);
  }

  smaller() {
    this.zoom(1 / STEP);
  }

  /** Zooms about a point of the place, by default its middle. */
  zoom(by, x = this.place.clientWidth / 2, y = this.place.clientHeight / 2) {
    const least = Math.min(this.fittingScale, 1 / devicePixelRatio);
    const scale = Math.min(Math.max(this.scale * by, least), MOST);
    const ratio = scale / this.scale;
    this.x = x - (x - this.x) * ratio;
    this.y = y - (y - this.y) * ratio;
    this.scale = scale;
    this.fitting = Math.abs(scale - this.fittingScale) < 1e-3;
    this.apply();
  }

  /** Moves by parts of the place; whether there was anything to move. */
  pan(across, down) {
    if (!this.isLarger) return false;
    this.x += across * this.place.clientWidth;
    this.y += down * this.place.clientHeight;
    this.apply();
    return true;
  }

  get isLarger() {
    const [width, height] = this.size;
    return width * this.scale > this.place.clientWidth + 1 || height * this.scale > this.place.clientHeight + 1;
  }

  apply() {
    const [width, height] = this.size;
    this.x = kept(this.x, width * this.scale, this.place.clientWidth);
    this.y = kept(this.y, height * this.scale, this.place.clientHeight);
    this.media.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    this.place.classList.toggle("is-larger", this.isLarger);
    this.place.classList.toggle("is-square", this.scale * devicePixelRatio >= SQUARES);
    this.draw(Math.round(this.scale * devicePixelRatio * 100));
  }

  wheel(event) {
    event.preventDefault();
    const box = this.place.getBoundingClientRect();
    this.zoom(Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
  }

  hold(event) {
    if (event.button || !this.isLarger) return;
    this.held = [event.clientX, event.clientY];
    this.place.setPointerCapture(event.pointerId);
  }

  drag(event) {
    if (!this.held) return;
    this.x += event.clientX - this.held[0];
    this.y += event.clientY - this.held[1];
    this.held = [event.clientX, event.clientY];
    this.apply();
  }
}

/** In the middle when there is room, else with no gap at either end. */
const kept = (offset, size, room) => (size <= room ? (room - size) / 2 : Math.min(0, Math.max(room - size, offset)));
