// A cover that could not be had leaves its place to the sign of its kind.
document.addEventListener(
  "error",
  ({ target }) => {
    if (target.matches?.(".cover img")) target.remove();
  },
  { capture: true },
);
for (const image of document.querySelectorAll(".cover img")) {
  if (image.complete && !image.naturalWidth) image.remove();
}
