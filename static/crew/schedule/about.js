// One stop of the Tab key for all of the schedule; the arrows lead from line to line and from bar to bar.
const chart = document.querySelector("[data-gantt]");
const items = (lane) => [...lane.querySelectorAll("[data-item]")];
const all = () => [...(chart?.querySelectorAll("[data-item]") ?? [])];
const middle = (item) => {
  const { left, width } = item.getBoundingClientRect();
  return left + width / 2;
};

function stop(item) {
  for (const other of all()) other.setAttribute("tabindex", other === item ? "0" : "-1");
}

export function go(item) {
  if (!item) return;
  stop(item);
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const beside = (item, by) => {
  const row = items(item.closest("[data-lane]"));
  return row[row.indexOf(item) + by];
};

/** In the next line: its name from a name, from a bar the bar that lies nearest. */
function across(item, by) {
  const lanes = [...chart.querySelectorAll("[data-lane]")];
  const lane = lanes[lanes.indexOf(item.closest("[data-lane]")) + by];
  if (!lane) return null;
  const [name, ...bars] = items(lane);
  if (!item.closest("svg")) return name;
  const near = (bar) => Math.abs(middle(bar) - middle(item));
  return bars.toSorted((a, b) => near(a) - near(b))[0] ?? name;
}

const KEYS = {
  ArrowLeft: (item) => beside(item, -1),
  ArrowRight: (item) => beside(item, 1),
  ArrowUp: (item) => across(item, -1),
  ArrowDown: (item) => across(item, 1),
  Home: (item) => items(item.closest("[data-lane]"))[0],
  End: (item) => items(item.closest("[data-lane]")).at(-1),
};

chart?.addEventListener("keydown", (event) => {
  const item = event.target.closest("[data-item]");
  if (!item || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  go(KEYS[event.key](item));
});
chart?.addEventListener("focusin", (event) => {
  const item = event.target.closest("[data-item]");
  if (item) stop(item);
});
stop(all()[0]);
