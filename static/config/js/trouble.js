// Says what went wrong while the page asked for a part of itself.
const notice = document.querySelector("[data-list-trouble]");

function say(words, isSignedOut = false) {
  notice.querySelector("p").textContent = words;
  notice.querySelector("a").hidden = !isSignedOut;
  notice.hidden = false;
}

document.addEventListener("htmx:sendError", () => say("The server cannot be reached. What you see may be old; try again."));
document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
  if (xhr.status === 401) return say("Your session has ended.", true);
  say(`That did not work. Request id: ${xhr.getResponseHeader("X-Request-ID")}`);
});
document.addEventListener("htmx:afterSwap", () => {
  notice.hidden = true;
});
