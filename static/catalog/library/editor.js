// Moves courses and what is in them: by dragging their dots, and by the arrow keys on them.
import "../../config/js/trouble.js";
import "./drag.js";

const STEPS = { ArrowUp: "up", ArrowDown: "down" };
const presses = [];
let isBusy = false;

const rowOf = (grip) => grip.closest("[data-item], [data-course]");

function next() {
  const press = presses.shift();
  const grip = press && document.getElementById(press.id);
  if (!grip) return;
  isBusy = true;
  rowOf(grip).querySelector(`button[name=act][value=${press.act}]`).click();
}

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest("[data-grip]");
  const act = grip && STEPS[event.key];
  if (!act) return;
  event.preventDefault();
  presses.push({ id: grip.id, act });
  if (!isBusy) next();
});

// A press that came while another was on its way is done after it, on what is there by then.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "courses") return;
  isBusy = false;
  next();
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) return;
  isBusy = false;
  presses.length = 0;
});

// A course that was added leaves its form empty for the next.
document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  if (detail.successful && target.matches("[data-new-course]")) target.reset();
});
