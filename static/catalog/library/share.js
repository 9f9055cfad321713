// Hands the address of a menu on: by what the device offers, else into the clipboard.
const button = document.querySelector("[data-share]");
const said = document.querySelector("[data-shared]");

async function share() {
  const { share: url, title } = button.dataset;
  try {
    if (navigator.share) return await navigator.share({ title, url });
    await navigator.clipboard.writeText(url);
    said.textContent = "The address is copied.";
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = `Copy it by hand: ${url}`;
  }
}

button.hidden = false;
button.addEventListener("click", share);
