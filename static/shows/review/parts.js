// Parts of the page, taken anew from the server's.
import { merge } from "./merge.js";
import { pageAt } from "./server.js";

export const review = () => document.getElementById("review");
export const head = () => document.getElementById("shot-head");
const CHANGING = ["shot-head", "versions", "notes", "marks"];
const shown = (page) => page.querySelector("shot-player")?.dataset.version;

export function swap(fresh, ids) {
  const focused = document.activeElement?.id;
  for (const id of ids) replace(document.getElementById(id), fresh.getElementById(id));
  if (focused && document.activeElement === document.body) {
    (document.getElementById(focused) ?? document.getElementById("notes-title"))?.focus({ preventScroll: true });
  }
  document.dispatchEvent(new Event("review:drawn"));
}

function replace(old, fresh) {
  if (!old || !fresh) return;
  if (old.querySelector(".note-edit form")) return merge(old, fresh);
  for (const kept of old.querySelectorAll("[data-keep]")) {
    if (kept.firstElementChild) fresh.querySelector(`#${kept.id}`)?.replaceWith(kept);
  }
  old.replaceWith(fresh);
  window.htmx.process(fresh);
}

/** Asks what the shot looks like now, with as many notes as are shown. */
export async function refresh() {
  const shot = review().dataset.shot;
  const url = new URL(location.href);
  url.searchParams.set("size", document.querySelectorAll("#notes [data-note]").length);
  const version = shown(document);
  // What is looked at stays, also when another version has come.
  if (version) url.searchParams.set("version", version);
  const fresh = await pageAt(url);
  if (review().dataset.shot === shot) swap(fresh, shown(fresh) === version ? CHANGING : [...CHANGING, "stage"]);
}
