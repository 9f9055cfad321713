// A lane asks for its tiles a little before it comes into sight.
const AHEAD = "800px";

const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      const tiles = entry.isIntersecting && entry.target.querySelector("[data-waits]");
      if (!tiles) continue;
      observer.unobserve(entry.target);
      htmx.trigger(tiles, "near");
    }
  },
  { rootMargin: AHEAD },
);

function watch() {
  for (const tiles of document.querySelectorAll("[data-waits]")) observer.observe(tiles.closest("[data-lane]"));
}

// Once for the page, and again for whatever htmx brings.
document.addEventListener("htmx:load", watch);
