// Single keys: they do nothing while somebody types, under a dialog, or for who turned them off in the profile.
const bound = new Map();

const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
const off = () => document.body.dataset.shortcuts === "off";

/** Runs `act` when `key` (as in KeyboardEvent.key) is pressed alone; `title` stands in the list that `?` opens. */
export function bind(key, title, act) {
  bound.set(key, { title, act });
  list(key, title);
}

function list(key, title) {
  const keys = document.querySelector("#keys dl");
  if (!keys || !title) return;
  const term = document.createElement("dt");
  const name = document.createElement("kbd");
  name.textContent = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", " ": "Space" }[key] ?? key;
  term.append(name);
  const text = document.createElement("dd");
  text.textContent = title;
  keys.append(term, text);
}

document.addEventListener("keydown", (event) => {
  if (off() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const found = bound.get(event.key);
  if (found && found.act(event) !== false) event.preventDefault();
});
