// Says how many are marked, and marks all on the page.
const marks = () => [...document.querySelectorAll("[data-bulk] [name=media]")];

function tell() {
  const all = document.querySelector("[data-all]");
  if (!all) return;
  const count = marks().filter((mark) => mark.checked).length;
  all.hidden = false;
  all.querySelector("input").checked = count > 0 && count === marks().length;
  document.querySelector("[data-marked]").textContent = count ? `${count} marked` : "Mark some, then:";
}

document.addEventListener("change", (event) => {
  if (!event.target.closest("[data-bulk]")) return;
  if (event.target.closest("[data-all]")) {
    for (const mark of marks()) mark.checked = event.target.checked;
  }
  tell();
});
document.addEventListener("htmx:afterSwap", tell);
tell();
