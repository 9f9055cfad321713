// A filter works as soon as it changes; words wait for a pause in the typing.
import { bind } from "./keys.js";

const form = document.querySelector("[data-filters]");
const PAUSE = 300;
let waiting;

function send(after) {
  clearTimeout(waiting);
  waiting = setTimeout(() => form.requestSubmit(), after);
}

form.addEventListener("change", () => send(0));
form.addEventListener("input", (event) => {
  if (event.target.matches("input:not([type=checkbox])")) send(PAUSE);
});

bind("/", "Filter", () => form.querySelector("[type=search]").select());
