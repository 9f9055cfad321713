// What every page can do: menus that close, dialogs that open, the colours, the list of keys.
import "./dialogs.js";
import "./menus.js";
import "./theme.js";
import { bind } from "./keys.js";

bind("?", "Show these keys", () => document.getElementById("keys")?.showModal());
