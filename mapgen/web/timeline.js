/** Events over time: a histogram of groups, a range over it, and play. */
import { h } from "./dom.js";

const DAY = 86400e3;
const BINS = 120; // at most
const TICK = 900; // ms between two steps of play
const LABEL = 64; // px that a date under the histogram needs

/** @param {string} iso */
const stamp = (iso) => Date.parse(`${iso}T00:00:00Z`);
/** @param {number} time */
const iso = (time) => new Date(time).toISOString().slice(0, 10);

/**
 * Days, weeks, months or years, so that there are not too many: the first day of each bin, and of the one after.
 * @param {string} first @param {string} last ISO dates
 * @returns {string[]}
 */
export function edges(first, last) {
  const days = (stamp(last) - stamp(first)) / DAY + 1;
  if (days <= BINS) return Array.from({ length: days + 1 }, (_, n) => iso(stamp(first) + n * DAY));
  if (days <= BINS * 7) return Array.from({ length: Math.ceil(days / 7) + 1 }, (_, n) => iso(stamp(first) + n * 7 * DAY));
  const months = days <= BINS * 30 ? 1 : days <= BINS * 365 ? 12 : Math.ceil(days / 365 / BINS) * 12;
  const start = new Date(stamp(first));
  /** @type {string[]} */
  const found = [];
  for (let n = 0; ; n += months) {
    const edge = iso(Date.UTC(start.getUTCFullYear(), months >= 12 ? n : start.getUTCMonth() + n, 1));
    found.push(edge);
    if (edge > last) return found;
  }
}

/**
 * @param {import("./types.js").PageData} data @param {import("./state.js").State} state
 * @param {import("./words.js").Words} words
 * @returns {HTMLElement | null} null where there is nothing to choose from
 */
export function timeline(data, state, words) {
  const undated = data.events.filter((event) => !event.date_start).length;
  if (!state.span || (state.span[0] === state.span[1] && !undated)) return null;
  const days = edges(...state.span);
  const last = days.length - 1;
  const lastDay = iso(stamp(/** @type {string} */ (days[last])) - DAY);
  /** @param {number} n @returns {string} the last day of the bin that ends at edge n */
  const until = (n) => (n >= last ? lastDay : iso(stamp(/** @type {string} */ (days[n])) - DAY));
  const colors = new Map(data.groups.map((group) => [group.key, group.color]));
  const bars = h("div", { class: "bars", "aria-hidden": "true" });
  const readout = h("output", { class: "readout" });
  const from = h("input", { type: "range", min: 0, max: last, step: 1, "aria-label": words.t("from"), oninput: () => slide(from) });
  const to = h("input", { type: "range", min: 0, max: last, step: 1, "aria-label": words.t("to"), oninput: () => slide(to) });
  const chosen = h("div", { class: "chosen", "aria-hidden": "true" });
  const play = h("button", { type: "button", class: "play", onclick: () => (ticking ? stop() : start()) });
  const box = h("input", { type: "checkbox", "data-undated": true, onchange: () => state.setUndated(box.checked) });
  let ticking = 0;

  /** @param {HTMLInputElement} moved */
  function slide(moved) {
    stop();
    if (Number(from.value) >= Number(to.value)) {
      if (moved === from) from.value = String(Number(to.value) - 1);
      else to.value = String(Number(from.value) + 1);
    }
    choose(Number(from.value), Number(to.value));
  }

  /** @param {number} a @param {number} b edges */
  const choose = (a, b) => state.setTime(a <= 0 ? null : days[a] ?? null, b >= last ? null : until(b));

  function start() {
    const whole = !state.narrowed;
    let [a, b] = whole ? [0, 1] : range();
    if (b >= last && !whole) [a, b] = [0, b - a];
    const width = b - a;
    choose(a, b);
    ticking = window.setInterval(() => {
      a += 1;
      if (a + width > last) return stop();
      choose(a, a + width);
    }, TICK);
    label();
  }

  function stop() {
    if (!ticking) return;
    clearInterval(ticking);
    ticking = 0;
    label();
  }

  function label() {
    play.setAttribute("aria-label", words.t(ticking ? "pause" : "play"));
    play.classList.toggle("is-playing", Boolean(ticking));
  }

  /** @returns {[number, number]} the edges of the chosen range */
  function range() {
    const a = state.from ? days.filter((edge) => edge <= /** @type {string} */ (state.from)).length - 1 : 0;
    const b = state.to ? days.findIndex((edge) => edge > /** @type {string} */ (state.to)) : last;
    return [Math.max(a, 0), b < 0 ? last : b];
  }

  function draw() {
    /** @type {Map<string, number>[]} */
    const counts = Array.from({ length: last }, () => new Map());
    for (const event of data.events) {
      if (!event.date_start || state.off.has(event.event_type)) continue;
      const end = event.date_end ?? event.date_start;
      for (let n = 0; n < last; n++) {
        if (/** @type {string} */ (days[n]) <= end && until(n + 1) >= event.date_start) counts[n]?.set(event.event_group, (counts[n]?.get(event.event_group) ?? 0) + 1);
      }
    }
    const highest = Math.max(1, ...counts.map((bin) => [...bin.values()].reduce((a, b) => a + b, 0)));
    const [a, b] = range();
    bars.replaceChildren(...counts.map((bin, n) => h("div", { class: `bar ${n < a || n >= b ? "is-out" : ""}`, onclick: () => (range().join() === `${n},${n + 1}` ? choose(0, last) : choose(n, n + 1)) },
      ...data.groups.filter((group) => bin.get(group.key)).map((group) =>
        h("i", { "--c": colors.get(group.key), "--h": `${((bin.get(group.key) ?? 0) / highest) * 100}%` })))));
    from.value = String(a);
    to.value = String(b);
    from.setAttribute("aria-valuetext", words.day(/** @type {string} */ (days[a])));
    to.setAttribute("aria-valuetext", words.day(until(b)));
    chosen.hidden = !state.narrowed;
    chosen.style.setProperty("--from", `${(a / last) * 100}%`);
    chosen.style.setProperty("--to", `${(b / last) * 100}%`);
    const [first, final] = /** @type {[string, string]} */ (state.span);
    readout.textContent = words.days(state.from ?? first, state.to ?? final);
    box.checked = state.undated;
  }

  const every = Math.max(1, Math.ceil((last * LABEL) / 720));
  const ticks = h("div", { class: "ticks", "aria-hidden": "true" }, ...days.slice(0, last).map((edge, n) =>
    h("span", {}, n % every === 0 && (n === 0 || n + every <= last) ? words.tick(edge, days) : "")));
  label();
  draw();
  state.addEventListener("change", draw);
  return h("section", { class: "timeline", "aria-label": words.t("time") },
    play,
    h("div", { class: "when" }, readout, undated > 0 && h("label", { class: "undated" }, box, words.t("with_undated", { n: undated }))),
    h("div", { class: "track", "--bins": last }, bars, chosen, h("div", { class: "ranges" }, from, to), ticks));
}
