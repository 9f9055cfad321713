// Ctrl+K or Cmd+K: go anywhere, do what the role may do, find anything. These are no single keys: they stay when the
// profile turns those off.
import { tell } from "./keys.js";

const PAUSE = 180;
const SEARCH = "/api/v1/search";
const dialog = document.getElementById("palette");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
const hits = dialog?.querySelector("[data-hits]");
const state = dialog?.querySelector("[role=status]");
let waiting;
let asked = new AbortController();

const words = () => input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
const shown = () => [...list.querySelectorAll("[role=option]")].filter((option) => !option.hidden);
const chosen = () => list.querySelector("[aria-selected=true]");

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
}

function step(by) {
  const all = shown();
  if (all.length) choose(all[(all.indexOf(chosen()) + by + all.length) % all.length]);
}

function optionOf({ url, title }, group) {
  const link = document.createElement("a");
  link.className = "palette-door";
  link.id = `palette-hit-${hits.childElementCount}`;
  link.href = url;
  link.tabIndex = -1;
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  for (const [text, name] of [[title, ""], [group, "small soft"]]) {
    const part = document.createElement("span");
    part.textContent = text;
    part.className = name;
    link.append(part);
  }
  return link;
}

/** Leaves the doors that have all the words, and the way to the page of the search. */
function narrow() {
  const wanted = words();
  for (const door of list.querySelectorAll("[data-door]")) {
    const text = door.textContent.toLowerCase();
    door.hidden = !wanted.every((word) => text.includes(word));
  }
  for (const group of list.querySelectorAll("[role=group]:not([data-hits])")) {
    group.hidden = !group.querySelector("[data-door]:not([hidden])");
  }
  hits.replaceChildren();
  hits.hidden = !wanted.length;
  const q = input.value.trim();
  if (q) hits.append(optionOf({ url: `/search/?${new URLSearchParams({ q })}`, title: `Search for “${q}”` }, "Search"));
  choose(shown()[0]);
}

function show({ groups, degraded }) {
  const before = chosen();
  for (const [name, group] of Object.entries(groups)) {
    for (const hit of group.results) hits.append(optionOf(hit, name.replaceAll("_", " ")));
  }
  // Who typed a name and no door's words wants the first that was found, not the page of the search.
  if (before === hits.firstElementChild) choose(hits.children[1] ?? before);
  const number = hits.childElementCount - 1;
  state.textContent = `${number || "Nothing"} found${degraded ? ", without the search engine" : ""}.`;
}

async function find() {
  asked.abort();
  asked = new AbortController();
  const q = input.value.trim();
  if (q.length < 2) return;
  try {
    const answer = await fetch(`${SEARCH}?${new URLSearchParams({ q, limit: 5 })}`, {
      headers: { Accept: "application/json", "X-Requested-With": "fetch" },
      signal: asked.signal,
    });
    if (answer.ok) show(await answer.json());
    else if (answer.status === 401) state.textContent = "Your session has ended. Load the page again to sign in.";
    else state.textContent = `The search refused this. Request id: ${answer.headers.get("X-Request-ID")}`;
  } catch (error) {
    if (error.name !== "AbortError") state.textContent = "The server cannot be reached. Try again.";
  }
}

function look() {
  asked.abort();
  clearTimeout(waiting);
  state.textContent = "";
  narrow();
  waiting = setTimeout(find, PAUSE);
}

function open() {
  if (dialog.open) return dialog.close();
  input.value = "";
  look();
  dialog.showModal();
  input.focus();
}

function steer(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) step(by);
  else if (event.key === "Enter") chosen()?.click();
  else return;
  event.preventDefault();
}

function listen() {
  input.addEventListener("input", look);
  input.addEventListener("keydown", (event) => {
    if (!event.isComposing) steer(event);
  });
  list.addEventListener("click", ({ target }) => {
    const theme = target.closest("[data-chooses-theme]")?.dataset.choosesTheme;
    if (theme === undefined) return;
    document.querySelector(`[data-theme-switch] button[value="${theme}"]`).click();
    dialog.close();
  });
  document.querySelector("[data-palette]")?.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const isAsked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    if (!isAsked) return;
    event.preventDefault();
    open();
  });
  tell(["Ctrl", "K"], "Go anywhere, do or find anything");
}

if (dialog) listen();
