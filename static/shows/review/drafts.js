// Words that are not sent yet, kept in this browser for one user: a reload or an ended session loses none.
import { user } from "./server.js";

const place = (name) => `backlot:draft:${user()}:${name}`;

export function keep(name, draft) {
  try {
    localStorage.setItem(place(name), JSON.stringify({ at: Date.now(), ...draft }));
  } catch {
    // A browser that stores nothing still has the words on the page.
  }
}

export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(place(name)));
  } catch {
    return null;
  }
}

export function drop(name) {
  localStorage.removeItem(place(name));
}

/** The first draft whose name begins so. */
export function keptLike(beginning) {
  const found = Object.keys(localStorage).find((name) => name.startsWith(place(beginning)));
  return found ? kept(found.slice(place("").length)) : null;
}
