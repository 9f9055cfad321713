// The form of a production: rows for the people that it needs come and go without asking the server.
import "../config/js/trouble.js";

const rows = () => document.querySelector("[data-requirements]");

function number(row, place) {
  row.querySelector("select").ariaLabel = `Role ${place}`;
  row.querySelector("input").ariaLabel = `How many of role ${place}`;
  row.querySelector("[data-removes]").ariaLabel = `Take role ${place} away`;
}

function renumber() {
  [...rows().children].forEach((row, at) => number(row, at + 1));
}

function emptied(row) {
  row.querySelector("select").value = "";
  row.querySelector("input").value = "";
  return row;
}

function add() {
  const last = rows().lastElementChild;
  rows().append(emptied(last.cloneNode(true)));
  renumber();
  rows().lastElementChild.querySelector("select").focus();
}

/** The only row stays, emptied, so that there is one to go on in. */
function remove(row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  if (next) row.remove();
  else emptied(row);
  renumber();
  (next ?? row).querySelector("select").focus();
}

document.addEventListener("click", (event) => {
  const adds = event.target.closest("[data-adds]");
  const removes = event.target.closest("[data-removes]");
  if (adds) event.preventDefault();
  if (adds) add();
  if (removes) remove(removes.closest("li"));
});
