// The page of a shot: what each part does stands in a module of its own.
import "./composer.js";
import "./live.js";
import "./notes.js";
import "./player.js";
import "./shortcuts.js";
import "./shot.js";
import "./tabs.js";
import "./upload.js";
import { prepare } from "./travel.js";

if (document.readyState === "complete") prepare();
else window.addEventListener("load", prepare);
