/** Events over time: a histogram of groups, a range over it, steps and play; what is new; what has no date. */
import { edges, Histogram } from "./bins.js";
import { h } from "./dom.js";
import { dayOf, isoOf } from "./events.js";

const TICK = 900; // ms between two steps of play
const LABEL = 64; // px that a date under the histogram needs

/**
 * @param {import("./types.js").PageData} data @param {import("./state.js").State} state
 * @param {import("./words.js").Words} words
 * @returns {HTMLElement | null} null where there is nothing to choose from
 */
export function timeline(data, state, words) {
  const { events, span } = state;
  const undated = events.start.reduce((sum, day) => sum + Number(!day), 0);
  if (!span || (span[0] === span[1] && !undated)) return null;
  const days = edges(dayOf(span[0]), dayOf(span[1]));
  const isoDays = days.map((day) => /** @type {string} */ (isoOf(day)));
  const last = days.length - 1;
  const histogram = new Histogram(events, days, data.types.map((type) => data.groups.findIndex((group) => group.key === type.group)), data.groups.length);
  /** @param {number} n @returns {string} the last day of the bin that ends at edge n */
  const until = (n) => /** @type {string} */ (isoOf((days[Math.min(n, last)] ?? 0) - 1));
  const bars = h("div", { class: "bars", "aria-hidden": "true", onpointerdown: brush });
  const readout = h("output", { class: "readout" });
  const from = h("input", { type: "range", min: 0, max: last, step: 1, "aria-label": words.t("from"), oninput: () => slide(from) });
  const to = h("input", { type: "range", min: 0, max: last, step: 1, "aria-label": words.t("to"), oninput: () => slide(to) });
  const chosen = h("div", { class: "chosen", "aria-hidden": "true" });
  const play = h("button", { type: "button", class: "play", onclick: () => (ticking ? stop() : start()) });
  const box = h("input", { type: "checkbox", "data-undated": true, onchange: () => state.setUndated(box.checked) });
  const newest = latest();
  const fresh = h("input", { type: "checkbox", "data-since": newest, onchange: () => state.setSince(fresh.checked ? newest : null) });
  let ticking = 0;
  let drawn = -1;

  /** The last day on which a source was published, where not all were then. */
  function latest() {
    const { published } = state;
    const day = published.reduce((a, b) => Math.max(a, b), 0);
    return published.some((one) => one > 0 && one < day) ? isoOf(day) : null;
  }

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
  const choose = (a, b) => state.setTime(a <= 0 ? null : isoDays[a] ?? null, b >= last ? null : until(b));

  /** Choose bins by drawing over them; one alone by a click, and all again by a second one. @param {PointerEvent} down */
  function brush(down) {
    const { left, width } = bars.getBoundingClientRect();
    /** @param {PointerEvent} event */
    const bin = (event) => Math.min(Math.max(Math.floor(((event.clientX - left) / width) * last), 0), last - 1);
    const begin = bin(down);
    const alone = range().join() === `${begin},${begin + 1}`;
    stop();
    /** @param {PointerEvent} event */
    const move = (event) => choose(Math.min(begin, bin(event)), Math.max(begin, bin(event)) + 1);
    /** @param {PointerEvent} event */
    const up = (event) => {
      bars.removeEventListener("pointermove", move);
      if (alone && bin(event) === begin) choose(0, last);
      else move(event);
    };
    bars.setPointerCapture(down.pointerId);
    bars.addEventListener("pointermove", move);
    bars.addEventListener("pointerup", up, { once: true });
  }

  /** Move the chosen bins by some, or begin with the first or last one. @param {number} by */
  function step(by) {
    stop();
    const [a, b] = state.narrowed ? range() : by > 0 ? [-1, 0] : [last, last + 1];
    const at = Math.min(Math.max(a + by, 0), last - (b - a));
    choose(at, at + b - a);
  }

  function start() {
    const whole = !state.narrowed;
    let [a, b] = whole ? [0, 1] : range();
    if (b >= last && !whole) [a, b] = [0, b - a];
    const width = b - a;
    document.getElementById("mapgen")?.classList.add("is-playing");
    ticking = window.setInterval(() => {
      a += 1;
      if (a + width > last) return stop();
      choose(a, a + width);
    }, TICK);
    choose(a, b);
    label();
  }

  function stop() {
    if (!ticking) return;
    clearInterval(ticking);
    ticking = 0;
    document.getElementById("mapgen")?.classList.remove("is-playing");
    label();
  }

  function label() {
    play.setAttribute("aria-label", words.t(ticking ? "pause" : "play"));
    play.classList.toggle("is-playing", Boolean(ticking));
  }

  /** @returns {[number, number]} the edges of the chosen range */
  function range() {
    const [first, final] = [dayOf(state.from), dayOf(state.to)];
    const a = first ? days.filter((edge) => edge <= first).length - 1 : 0;
    const b = final ? days.findIndex((edge) => edge > final) : last;
    return [Math.max(a, 0), b < 0 ? last : b];
  }

  function drawBars() {
    const counts = histogram.counts(state.fails);
    const { width } = histogram;
    let highest = 1;
    for (let n = 0; n < last; n++) highest = Math.max(highest, counts.subarray(n * width, (n + 1) * width).reduce((a, b) => a + b, 0));
    bars.replaceChildren(...Array.from({ length: last }, (_, n) => h("div", { class: "bar" }, ...data.groups.map((group, g) => {
      const count = counts[n * width + g] ?? 0;
      return count > 0 && h("i", { "--c": group.color, "--h": `${(count / highest) * 100}%` });
    }))));
  }

  function draw() {
    if (drawn !== state.revision) drawBars();
    drawn = state.revision;
    const [a, b] = range();
    for (let n = 0; n < last; n++) bars.children[n]?.classList.toggle("is-out", n < a || n >= b);
    from.value = String(a);
    to.value = String(b);
    from.setAttribute("aria-valuetext", words.day(/** @type {string} */ (isoDays[a])));
    to.setAttribute("aria-valuetext", words.day(until(b)));
    chosen.hidden = !state.narrowed;
    chosen.style.setProperty("--from", `${(a / last) * 100}%`);
    chosen.style.setProperty("--to", `${(b / last) * 100}%`);
    const [first, final] = /** @type {[string, string]} */ (span);
    readout.textContent = words.days(state.from ?? first, state.to ?? final);
    box.checked = state.undated;
    fresh.checked = Boolean(state.since);
  }

  /** Dates under the histogram, as many as there is room for. */
  function drawTicks() {
    const every = Math.max(1, Math.ceil((last * LABEL) / Math.max(bars.clientWidth, LABEL)));
    ticks.replaceChildren(...isoDays.slice(0, last).flatMap((edge, n) => (n % every === 0 && (n === 0 || n + every <= last)
      ? [h("span", { class: (n + 0.5) / last < LABEL / 2 / bars.clientWidth ? "is-first" : null, "--at": `${((n + 0.5) / last) * 100}%` }, words.tick(edge, isoDays))] : [])));
  }

  const ticks = h("div", { class: "ticks", "aria-hidden": "true" });
  /** @param {number} by @param {string} text */
  const stepper = (by, text) => h("button", { type: "button", class: "time-step", "aria-label": words.t(by < 0 ? "earlier" : "later"),
    title: words.t(by < 0 ? "earlier" : "later"), onclick: () => step(by) }, text);
  label();
  draw();
  state.addEventListener("change", draw);
  new ResizeObserver(drawTicks).observe(bars);
  return h("section", { class: "timeline", "aria-label": words.t("time") },
    stepper(-1, "‹"), play, stepper(1, "›"),
    h("div", { class: "when" }, readout,
      undated > 0 && h("label", { class: "undated" }, box, words.t("with_undated", { n: words.number.format(undated) })),
      newest && h("label", { class: "undated" }, fresh, words.t("new_since", { date: words.days(newest, newest) }))),
    h("div", { class: "track", "--bins": last }, bars, chosen, h("div", { class: "ranges" }, from, to), ticks));
}
