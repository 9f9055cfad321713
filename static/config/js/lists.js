// A list with filters: its filters, and the keys to move in it.
import "./filters.js";
import "./trouble.js";
import { bind } from "./keys.js";

const links = () => [...document.querySelectorAll("[data-row] :is(th, h2) a")];

function step(by) {
  const all = links();
  const at = all.indexOf(document.activeElement.closest("[data-row]")?.querySelector(":is(th, h2) a"));
  const link = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by];
  link?.focus();
  return Boolean(link);
}

bind("j", "To the next", () => step(1));
bind("k", "To the one before", () => step(-1));
