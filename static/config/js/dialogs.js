// A button with data-opens="id" opens that dialog; one with data-closes, or a click beside it, closes it. What htmx puts
// into a dialog opens it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const dialog = event.target.closest("dialog");
  if (!dialog || !(event.target === dialog || event.target.closest("[data-closes]"))) return;
  event.preventDefault();
  dialog.close();
});

document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  if (target instanceof HTMLDialogElement && !target.open) target.showModal();
});
