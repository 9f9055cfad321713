// Takes back what was done last in this tab: truly, by the server, which keeps both in the history.
import { keep, kept } from "./drafts.js";
import { refresh, review } from "./parts.js";
import { say } from "./say.js";
import { send, user } from "./server.js";
import { doubt } from "./travel.js";
import { tell } from "./trouble.js";
import { inTurn } from "./turns.js";

const MOST = 50;
const place = () => `backlot:done:${user()}`;
const done = () => JSON.parse(sessionStorage.getItem(place()) ?? "[]");
const store = (acts) => sessionStorage.setItem(place(), JSON.stringify(acts.slice(-MOST)));

export const remember = (act) => store([...done(), act]);

export const undo = () => inTurn(takeBack);

async function takeBack() {
  const act = done().at(-1);
  if (!act) return say("There is nothing to undo.");
  store(done().slice(0, -1));
  try {
    await send("POST", `/shots/${act.shot}/undo/`, { body: new URLSearchParams(asForm(act)) });
    giveWordsBack(act);
    say(`Undone: ${act.what}, ${act.code}`);
    doubt();
    if (act.shot === review().dataset.shot) await refresh();
  } catch (refused) {
    if (tell(refused, undo)) remember(act);
    else say(refused.message);
  }
}

const asForm = ({ review: id, moved, status }) => (id ? { review: id, ...(moved && { moved: "on" }) } : { status });

/** What was written in a note that is gone may be needed for the next. */
function giveWordsBack({ shot, body }) {
  const name = `shot-${shot}`;
  if (!body || kept(name)?.values?.body) return;
  keep(name, { values: { body } });
  document.dispatchEvent(new Event("review:draft"));
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-undo]")) undo();
});
