// One line about what just happened, seen and heard.
const SECONDS = 8;
let timer;

export function say(text, { undo = false } = {}) {
  const place = document.getElementById("said");
  document.getElementById("heard").textContent = text;
  place.querySelector("p").textContent = text;
  place.querySelector("[data-undo]").hidden = !undo;
  place.classList.add("is-shown");
  clearTimeout(timer);
  timer = setTimeout(() => hide(place), SECONDS * 1000);
}

function hide(place) {
  if (place.matches(":hover, :focus-within")) timer = setTimeout(() => hide(place), SECONDS * 1000);
  else place.classList.remove("is-shown");
}
