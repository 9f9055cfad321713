// Notes or history; on narrow screens the versions too.
import { review } from "./parts.js";

export function showTab(name) {
  review().dataset.tab = name;
  draw();
}

function draw() {
  const { tab } = review().dataset;
  for (const button of document.querySelectorAll("[data-tab-of]")) {
    button.setAttribute("aria-pressed", String(button.dataset.tabOf === tab));
  }
  const history = document.querySelector('[data-panel="history"] > [hx-get]');
  if (tab === "history") window.htmx.trigger(history, "shown");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tab-of]");
  if (button) showTab(button.dataset.tabOf);
});
document.addEventListener("review:drawn", draw);

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-note-link]");
  if (link) showTab("notes");
});
