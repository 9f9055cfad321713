// Single keys: they do nothing while somebody types, under a dialog, or for who turned them off in the profile.
const bound = new Map();
const NAMES = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", " ": "Space" };

const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
const off = () => document.body.dataset.shortcuts === "off";

/** Runs `act` when `key` (as in KeyboardEvent.key) is pressed alone; `title` stands in the list that `?` opens. */
export function bind(key, title, act) {
  bound.set(key, act);
  tell([NAMES[key] ?? key], title);
}

/** Writes keys that something else listens to into that list. */
export function tell(names, title) {
  const term = document.createElement("dt");
  for (const name of names) {
    const key = document.createElement("kbd");
    key.textContent = name;
    term.append(key, " ");
  }
  const text = document.createElement("dd");
  text.textContent = title;
  document.querySelector("#keys dl")?.append(term, text);
}

document.addEventListener("keydown", (event) => {
  if (off() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const act = bound.get(event.key);
  if (act && act(event) !== false) event.preventDefault();
});
