// From shot to shot without loading a page: the next one is fetched ahead, with its picture, and put in at once.
import { discard, hold, release } from "./ahead.js";
import { pageAt, user } from "./server.js";
import { head, refresh, review, swap } from "./parts.js";
import { say } from "./say.js";
import { tell } from "./trouble.js";

// A page that was fetched longer ago is shown, and then asked for again.
const FRESH = 3000;
const ready = new Map();
let warm = null;
let last = Promise.resolve();

/** What was written may have changed the pages at hand: they are shown all the same, and then asked for again. */
export function doubt() {
  for (const known of ready.values()) known.at = 0;
}

export function prepare() {
  const url = document.getElementById("next-shot")?.href;
  if (!url || ready.has(url)) return;
  const page = pageAt(url).then(warmUp);
  page.catch(() => ready.delete(url));
  ready.set(url, { page, at: Date.now() });
}

function warmUp(page) {
  const media = page.querySelector(".media");
  if (!media) return page;
  warm = document.createElement(media.localName);
  if (media.localName === "video") warm.preload = "auto";
  warm.src = media.getAttribute("src");
  return page;
}

/** To the shot of the link with that id; presses that come faster than the pages wait for each other. */
export function step(id, atEnd) {
  hold();
  last = last.then(async () => {
    const link = document.getElementById(id);
    if (!link) say(atEnd);
    if (!link || (await go(link.href))) release();
    else discard();
  });
  return last;
}

/** Shows the page at that address in the place of this one; answers whether it could. */
export async function go(url, { push = true } = {}) {
  const known = ready.get(url);
  ready.delete(url);
  try {
    const page = await (known?.page ?? pageAt(url));
    if (page.getElementById("trouble")?.dataset.user !== user()) location.assign(url);
    if (push) history.pushState(null, "", url);
    show(page);
    if (known && Date.now() - known.at > FRESH) refresh().catch(() => {});
    return true;
  } catch (refused) {
    if (!tell(refused, () => go(url, { push }))) say(refused.message);
    return false;
  }
}

function show(page) {
  document.title = page.title;
  const fresh = page.getElementById("review");
  if (fresh.dataset.shot === review().dataset.shot) return showSameShot(page);
  fresh.dataset.tab = review().dataset.tab;
  swap(page, ["review"]);
  document.getElementById("shot-title").focus({ preventScroll: true });
  say(head().dataset.sentence);
  prepare();
}

function showSameShot(page) {
  const version = (from) => from.querySelector("shot-player").dataset.version;
  const isOther = version(page) !== version(document);
  swap(page, ["shot-head", "versions", "notes", isOther ? "stage" : "marks"]);
  if (isOther) say(document.getElementById("stage").getAttribute("aria-label"));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-go]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.dataset.set ? withParameter(link.dataset.set) : link.href);
});

/** This address with one parameter changed, such as `version=7`; an empty one is taken out. */
export function withParameter(...pairs) {
  const url = new URL(location.href);
  for (const pair of ["frame=", ...pairs]) {
    const [name, value] = pair.split("=");
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  return url.href;
}

window.addEventListener("popstate", () => go(location.href, { push: false }));
