// Drags what hangs on a grip, with a mouse, a pen or a finger, to another place of its list.
let drag = null;

const kindOf = (row) => ("item" in row.dataset ? "[data-item]" : "[data-course]");

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip || event.button !== 0) return;
  const row = grip.closest("[data-item], [data-course]");
  drag = { row, grip, home: row.parentNode, next: row.nextSibling };
  grip.setPointerCapture(event.pointerId);
  grip.focus();
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const { row } = drag;
  row.dataset.lifted = "";
  const below = document.elementFromPoint(event.clientX, event.clientY);
  const over = below?.closest(kindOf(row));
  if (over && over !== row) return beside(row, over, event.clientY);
  const list = "item" in row.dataset && !over && below?.closest("[data-course]")?.querySelector("[data-items]");
  if (list && !list.contains(row)) list.append(row);
});

function beside(row, over, y) {
  const { top, height } = over.getBoundingClientRect();
  if (y < top + height / 2) over.before(row);
  else over.after(row);
}

function putBack({ row, home, next }) {
  if (!("lifted" in row.dataset)) return;
  delete row.dataset.lifted;
  home.insertBefore(row, next);
}

function drop() {
  const { row, home, next } = drag;
  if (row.parentNode === home && row.nextSibling === next) return putBack(drag);
  const kind = kindOf(row);
  const position = [...row.parentNode.children].filter((one) => one.matches(kind)).indexOf(row);
  const course = "item" in row.dataset ? row.closest("[data-course]").dataset.course : "";
  const values = { act: "move", position, course };
  delete row.dataset.lifted;
  htmx.ajax("POST", row.dataset.address, { source: row, target: "#courses", swap: "outerHTML", values });
}

document.addEventListener("pointerup", () => {
  if (!drag) return;
  drop();
  drag = null;
});

function giveUp() {
  if (drag) putBack(drag);
  drag = null;
}
document.addEventListener("pointercancel", giveUp);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") giveUp();
});
