// The banner for what no field can say: the session has ended, somebody else signed in, nobody can be reached.
const ADVICE = {
  "signed-out": "What you wrote is kept here. Sign in in another tab, come back and try again.",
  "other-user": "What you wrote is kept here. Sign in as yourself in another tab, come back and try again.",
  offline: "What you wrote is kept here. Try again when the connection is back.",
  broken: "What you wrote is kept here.",
};
let again = null;

const part = (name) => document.querySelector(`[data-trouble="${name}"]`);

/** Whether the banner says it; what belongs beside a form it leaves to the form. */
export function tell(refused, retry, about = "") {
  const advice = ADVICE[refused.kind];
  if (!advice) return false;
  again = retry;
  part("text").textContent = [about, refused.message, advice].filter(Boolean).join(" ");
  part("sign-in").hidden = !["signed-out", "other-user"].includes(refused.kind);
  part("again").hidden = !retry;
  document.getElementById("trouble").hidden = false;
  return true;
}

export function clear() {
  document.getElementById("trouble").hidden = true;
  again = null;
}

document.addEventListener("click", (event) => {
  const act = event.target.closest("[data-trouble]")?.dataset.trouble;
  if (act === "close") clear();
  if (act !== "again") return;
  const retry = again;
  clear();
  retry?.();
});

window.addEventListener("online", () => {
  if (!document.getElementById("trouble").hidden) part("again").focus();
});

// What htmx loads by itself: older notes, the history, people.
document.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.status === 401) tell({ kind: "signed-out", message: "Your session has ended." }, null);
});
document.addEventListener("htmx:sendError", () => tell({ kind: "offline", message: "The server cannot be reached." }, null));
