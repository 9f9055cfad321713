// The shot itself: its status and who works on it.
import { drawn, here, move } from "./deliver.js";
import { head, refresh } from "./parts.js";
import { say } from "./say.js";
import { send } from "./server.js";
import { tell } from "./trouble.js";

async function tried(write) {
  try {
    await write();
  } catch (refused) {
    if (tell(refused, () => tried(write))) return;
    say(refused.message);
    if (refused.kind === "stale") await refresh();
  }
}

async function assign(person) {
  const about = here();
  const version = head().dataset.rowVersion;
  const shot = await send("PATCH", `/api/v1/shots/${about.shot}`, { body: { assigned_to: person }, version });
  say(`${about.code} is assigned to ${shot.assigned_to_name ?? "nobody"}`);
  await drawn(about);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-set-status], [data-assign]");
  if (!button) return;
  const { setStatus, assign: person } = button.dataset;
  if (setStatus) tried(() => move(here(), setStatus));
  else tried(() => assign(person ? Number(person) : null));
});
