// Forms: what they hold, and what the server says beside their fields.
export const values = (form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => !(value instanceof File)));

export function fill(form, held) {
  for (const [name, value] of Object.entries(held)) {
    const field = form.elements[name];
    if (field && field.type !== "file") field.value = value;
  }
}

/** Text to number where it is one; what is not is left for the server to refuse in words. */
export const whole = (text) => (/^-?\d+$/.test(text.trim()) ? Number(text) : text.trim() || null);

export function clearErrors(form) {
  for (const place of form.querySelectorAll("[data-error-of]")) place.textContent = "";
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  const refused = form.querySelector("[data-refused]");
  refused.hidden = true;
  refused.textContent = "";
}

/** Shows each error beside its field, and what belongs to no field of the form above its button. */
export function showErrors(form, refused) {
  clearErrors(form);
  const apart = refused.errors.filter((error) => !beside(form, error));
  if (apart.length || !refused.errors.length) {
    const place = form.querySelector("[data-refused]");
    place.textContent = apart.map((error) => error.message).join(" ") || refused.message;
    place.hidden = false;
  }
  form.querySelector("[aria-invalid]")?.focus();
}

function beside(form, { field, message }) {
  const place = field && form.querySelector(`[data-error-of~="${field}"]`);
  if (!place) return false;
  place.textContent = place.textContent ? `${place.textContent} ${message}` : message;
  const control = form.elements[field];
  control?.setAttribute?.("aria-invalid", "true");
  const folded = place.closest("details");
  if (folded) folded.open = true;
  return true;
}
