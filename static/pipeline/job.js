// The page of one job: its parts are taken anew when it changes, and the log grows.
import { Live } from "./live.js";

const parts = document.getElementById("job-parts");
const log = document.querySelector("[data-lines]");
const follow = document.querySelector("[data-follow]");
const LINES = 2000;
let asking = null;

const isFinal = () => parts.querySelector("[data-final]").dataset.final === "yes";

function toEnd() {
  if (follow.checked) log.parentElement.scrollTop = log.scrollHeight;
}

async function moreLines() {
  const after = log.lastElementChild?.dataset.seq ?? 0;
  const answer = await fetch(`${log.dataset.lines}?after=${after}`, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) return;
  const fresh = document.createRange().createContextualFragment(await answer.text());
  for (const line of fresh.querySelectorAll("[data-seq]")) {
    if (Number(line.dataset.seq) > Number(log.lastElementChild?.dataset.seq ?? 0)) log.append(line);
  }
  toEnd();
}

/** What is unfolded, and a reason that is being typed, outlast a new look. */
function refresh() {
  if (document.activeElement?.matches("[name=reason]")) return growLog();
  const open = [...parts.querySelectorAll("details[open]")].map((each) => each.id);
  parts.addEventListener(
    "htmx:afterSwap",
    () => {
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      if (!isFinal()) return;
      live.stop();
      live.tell("ended", "Ended");
      lastLines();
    },
    { once: true },
  );
  window.htmx.trigger(parts, "refresh");
  return growLog();
}

function growLog() {
  asking ??= moreLines().finally(() => (asking = null));
  return asking;
}

/** A look that is on its way may have begun before the last lines were written. */
async function lastLines() {
  await asking?.catch(() => null);
  await growLog();
}

const place = document.querySelector("[data-socket]");
const live = place && new Live(place, refresh);
// Lines come without news of their own.
const growing = live && setInterval(() => (isFinal() ? clearInterval(growing) : document.hidden || growLog()), LINES);
toEnd();

parts.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = "Copied";
});
