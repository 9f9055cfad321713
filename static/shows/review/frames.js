// Frames and seconds. A frame lasts from its own instant to the next one's, so its middle is where it surely shows.
const SLACK = 1e-4;

/** How a film counts: the number of its first frame, how many there are, and how many a second. */
export const counting = (first, frames, rate) => ({ first, frames, rate, last: first + frames - 1 });

export const within = (frame, { first, last }) => Math.min(Math.max(frame, first), last);

export const middleOf = (frame, { first, rate }) => (frame - first + 0.5) / rate;

export const frameAt = (seconds, film) => within(film.first + Math.floor(seconds * film.rate + SLACK), film);

export function clock(frame, { first, rate }) {
  const seconds = (frame - first) / rate;
  const rest = (seconds % 60).toFixed(2).padStart(5, "0");
  return `${Math.floor(seconds / 60)}:${rest}`;
}
