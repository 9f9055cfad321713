// The page of a shot: what each part does stands in a module of its own.
import "./composer.js";
import "./notes.js";
import "./player.js";
import "./shortcuts.js";
import "./shot.js";
import "./tabs.js";
import "./upload.js";
import { refresh } from "./parts.js";
import { prepare } from "./travel.js";

// After so long somewhere else, others may have written.
const AWAY = 20_000;
let left = 0;

document.addEventListener("visibilitychange", () => {
  if (document.hidden) left = Date.now();
  else if (Date.now() - left > AWAY) refresh().catch(() => {});
});

if (document.readyState === "complete") prepare();
else window.addEventListener("load", prepare);
