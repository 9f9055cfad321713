// Notes taken anew around those that somebody is changing: words that are being typed stay where they are.
export function merge(old, fresh) {
  old.querySelector(".panel-head").replaceWith(fresh.querySelector(".panel-head"));
  const list = old.querySelector(".note-list");
  const open = [...list.querySelectorAll(".note-edit form")].map((form) => form.closest("[data-note]"));
  for (const item of [...list.children]) if (!open.includes(item)) item.remove();
  let waiting = [];
  for (const item of [...(fresh.querySelector(".note-list")?.children ?? [])]) {
    const kept = open.find((note) => note.id === item.id);
    if (!kept) {
      waiting.push(item);
      continue;
    }
    kept.before(...waiting);
    waiting = [];
    adopt(kept, item);
  }
  list.append(...waiting);
  window.htmx.process(old);
}

/** What stands around the form becomes the server's. */
function adopt(note, item) {
  note.className = item.className;
  note.dataset.rowVersion = item.dataset.rowVersion;
  const edit = note.querySelector(".note-edit");
  for (const child of [...note.children]) if (child !== edit) child.remove();
  const children = [...item.children];
  const place = children.findIndex((child) => child.matches(".note-edit"));
  edit.before(...children.slice(0, place));
  edit.after(...children.slice(place + 1));
}
