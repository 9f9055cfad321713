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
  const isPlain = !key.ctrlKey && !key.altKey && !key.metaKey;
  const isField = target.matches("textarea, input");
  if (isPlain && isField && (key.key.length === 1 || (key.key === "Enter" && target.matches("textarea")))) {
    return insert(target, key.key === "Enter" ? "\n" : key.key);
  }
  const isLeft = target.dispatchEvent(new KeyboardEvent("keydown", key));
  if (isLeft && isPlain) DOES[key.key]?.(target, key);
}

// What a browser does for the keys of a person, and not for ours.
const DOES = {
  Tab: (target, { shiftKey }) => moveFocus(target, shiftKey ? -1 : 1),
  Backspace: (target) => isText(target) && takeBack(target),
  Enter: (target) => (target.matches("a, button, summary") ? target.click() : target.form?.requestSubmit()),
  " ": (target) => target.matches("button, summary") && target.click(),
};

const isText = (target) => target.matches("textarea, input") && target.selectionStart !== null;

function insert(field, sign) {
  if (!isText(field)) return;
  field.setRangeText(sign, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function takeBack(field) {
  const { selectionStart: start, selectionEnd: end } = field;
  field.setRangeText("", start === end ? Math.max(0, start - 1) : start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const STOPS = "a[href], button, input, select, textarea, summary, [tabindex]";

function moveFocus(target, by) {
  const isStop = (each) =>
    each === target || (each.tabIndex >= 0 && !each.disabled && each.checkVisibility() && isOfItsGroup(each));
  const stops = [...document.querySelectorAll(STOPS)].filter(isStop);
  stops[stops.indexOf(target) + by]?.focus();
}

/** Of a group of radio buttons only the one that is on is a stop. */
const isOfItsGroup = (each) => each.type !== "radio" || each.checked;

const MODIFIERS = ["Alt", "Control", "Meta", "Shift"];

window.addEventListener("keydown", (event) => {
  if (!held || !event.isTrusted || MODIFIERS.includes(event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event;
  held.push({ key, code, altKey, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true });
}, { capture: true });
