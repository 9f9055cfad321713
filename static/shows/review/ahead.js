// Keys that come before the next shot does are kept for it, so that none acts on the shot that is being left.
// For so long after a failure somebody may still be pressing keys for the shot that did not come.
const GRACE = 700;
let held = null;

export function hold() {
  held ??= [];
}

/** Lets them act where the reader has arrived. */
export function release() {
  const keys = held ?? [];
  held = null;
  // One of them may lead on to the next shot, and then the rest belongs there.
  while (keys.length && !held) play(keys.shift());
  held?.push(...keys);
}

/** Who did not get there meant none of them for here. */
export function discard() {
  setTimeout(() => (held = null), GRACE);
}

function play(key) {
  const target = document.activeElement ?? document.body;
  const sign = key.key === "Enter" ? "\n" : key.key;
  const isText = sign.length === 1 && !key.ctrlKey && !key.altKey && !key.metaKey;
  if (isText && target.matches("textarea, input")) return insert(target, sign);
  return target.dispatchEvent(new KeyboardEvent("keydown", key));
}

function insert(field, sign) {
  field.setRangeText(sign, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const MODIFIERS = ["Alt", "Control", "Meta", "Shift"];

window.addEventListener("keydown", (event) => {
  if (!held || !event.isTrusted || MODIFIERS.includes(event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event;
  held.push({ key, code, altKey, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true });
}, { capture: true });
