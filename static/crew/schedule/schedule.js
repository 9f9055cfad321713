// The schedule: moving about in it by keys, and moving productions by mouse or by keys.
import "../../config/js/trouble.js";
import { bind, tell } from "../../config/js/keys.js";
import "./about.js";
import "./drag.js";
import "./grab.js";

for (const link of document.querySelectorAll("[data-key]")) {
  bind(link.dataset.key, link.dataset.keyTitle, () => link.click());
}
tell(["←", "↑", "↓", "→"], "Move about in the schedule");
if (document.querySelector("[data-job]")) {
  tell(["Enter"], "On a production's bar: take it, and let it go where it is");
  tell(["←", "→"], "A day earlier or later, while it is taken");
  tell(["Shift", "→"], "A day longer; with ← a day shorter");
  tell(["Esc"], "Give up");
}

document.querySelector("[data-role]")?.addEventListener("change", (event) => event.currentTarget.requestSubmit());
