// The lists of people and of productions: their filters, and the keys to move in them.
import "../config/js/filters.js";
import "../config/js/trouble.js";
import { bind } from "../config/js/keys.js";

const links = () => [...document.querySelectorAll("[data-row] th a")];

function step(by) {
  const all = links();
  const at = all.indexOf(document.activeElement.closest("[data-row]")?.querySelector("th a"));
  const link = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by];
  link?.focus();
  return Boolean(link);
}

bind("j", "To the next", () => step(1));
bind("k", "To the one before", () => step(-1));
