// Writes go out one after the other, in the order of the keys that asked for them.
let line = Promise.resolve();

export function inTurn(write) {
  const turn = line.then(write);
  line = turn.catch(() => {});
  return turn;
}
