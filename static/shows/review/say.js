// One line about what just happened, seen and heard.
const SECONDS = 8;
let timer;

export function say(text, { undo = false } = {}) {
  const place = document.getElementById("said");
  place.querySelector("p").textContent = text;
  place.querySelector("[data-undo]").hidden = !undo;
  place.classList.add("is-shown");
  clearTimeout(timer);
  timer = setTimeout(() => place.classList.remove("is-shown"), SECONDS * 1000);
}
