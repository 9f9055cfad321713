// News by a socket; while there is none, a look every few seconds, and the page says so.
const POLL = 3000;
const SLOWEST = 30000;
const THROTTLE = 250;
// What the server says when it ends a socket for good.
export const ENDS = {
  4401: "You are signed out.",
  4403: "This is no longer for you.",
  4404: "This is no longer there.",
};

/** Calls `refresh` when something changed. `every`: also after so many milliseconds without news. */
export class Live {
  constructor(place, refresh, { every = 0 } = {}) {
    this.place = place;
    this.refresh = refresh;
    this.failures = 0;
    this.seen = new Map();
    this.listening = new AbortController();
    if (every) this.looking = setInterval(() => this.soon(), every);
    document.addEventListener("visibilitychange", () => document.hidden || this.soon(), this.listening);
    window.addEventListener("pagehide", () => this.stop(), this.listening);
    this.connect();
  }

  connect() {
    const address = new URL(this.place.dataset.socket, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(address);
    this.socket.addEventListener("message", (event) => this.heard(JSON.parse(event.data)));
    this.socket.addEventListener("close", (event) => this.closed(event.code));
  }

  heard(message) {
    if (!this.isOn) {
      this.isOn = true;
      this.failures = 0;
      this.stopPolling();
      this.tell("on", "Live");
    }
    if (message.type !== "ping") this.news(message);
  }

  news() {
    this.soon();
  }

  /** Many changes in a moment are one look; the last one is never missed. */
  soon() {
    if (this.waiting || this.isStopped || document.hidden) return;
    this.waiting = setTimeout(() => {
      this.waiting = null;
      this.refresh();
    }, THROTTLE);
  }

  closed(code) {
    this.isOn = false;
    if (this.isStopped) return;
    if (ENDS[code]) return this.end(ENDS[code], code);
    this.tell("polling", `No live updates; looking every ${POLL / 1000} s`);
    this.polling ??= setInterval(() => this.soon(), POLL);
    this.failures += 1;
    this.again = setTimeout(() => this.connect(), Math.min(1000 * 2 ** this.failures, SLOWEST));
  }

  end(words, code) {
    this.stop();
    this.tell("off", words);
    if (code !== 4401) return;
    const link = document.createElement("a");
    link.href = `${this.place.dataset.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = "Sign in";
    this.words.append(" ", link);
  }

  stop() {
    this.isStopped = true;
    this.listening.abort();
    clearInterval(this.looking);
    clearTimeout(this.again);
    clearTimeout(this.waiting);
    this.stopPolling();
    this.socket.close();
  }

  stopPolling() {
    clearInterval(this.polling);
    this.polling = null;
  }

  get words() {
    return this.place.querySelector("[data-live-words]");
  }

  tell(state, words) {
    if (this.place.dataset.state === state) return;
    this.place.dataset.state = state;
    this.words.textContent = words;
  }
}
