// What every page can do: menus that close, dialogs that open, the colours, the palette, the list of keys.
import "./dialogs.js";
import "./menus.js";
import "./palette.js";
import "./theme.js";
import { bind } from "./keys.js";

bind("?", "Show these keys", () => document.getElementById("keys")?.showModal());
// A list's own filter is nearer than the search of everything.
if (document.body.dataset.shortcuts && !document.querySelector("[data-filters]")) {
  bind("/", "Search", () => location.assign("/search/"));
}
