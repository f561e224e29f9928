/** The events as a list, in step with the map: by day, with what has no date or no place. */
import { h, settled } from "./dom.js";
import { mark } from "./icons.js";

const BLOCK = 20; // rows that are made at once
const ROW = 66; // px: a row's height before it is known
const AHEAD = 400; // px: rows so far out of sight are made
const MANY = 2000; // events: from here on rows wait until a change is over, as when time is dragged
const PRINTED = 2000; // rows on paper at most

/** Whether an event has no place on the map. @param {import("./types.js").EventRecord} event */
const unlocated = (event) => !event.places.length;

/**
 * @param {import("./types.js").PageData} data @param {import("./state.js").State} state
 * @param {import("./words.js").Words} words
 */
export function list(data, state, words) {
  const { events } = state;
  const types = new Map(data.types.map((type) => [type.key, type]));
  const [above, below] = [h("div", { "aria-hidden": "true" }), h("div", { "aria-hidden": "true" })];
  const blocks = h("div", {});
  const rows = h("div", { class: "rows", onkeydown: arrowKeys, onscroll: () => show() }, above, blocks, below);
  const count = h("p", { class: "shown", role: "status" });
  const none = h("div", { class: "none", hidden: true }, h("p", {}, words.t("none_shown")),
    h("button", { type: "button", onclick: () => state.reset() }, words.t("reset")));
  /** @type {number[]} the height of each block, as far as it has been seen */
  let heights = [];
  /** @type {Map<number, HTMLElement>} the blocks that are made */
  let made = new Map();

  /** @param {import("./types.js").EventRecord} event @param {number} at its place in the list */
  function row(event, at) {
    const type = /** @type {import("./types.js").EventType} */ (types.get(event.event_type));
    const badges = [
      event.status !== "confirmed" && h("span", { class: `badge is-${event.status}` }, words.t(`short_${event.status}`)),
      unlocated(event) && h("span", { class: "badge" }, words.t("unlocated")),
      words.sources(event) && h("span", { class: "badge" }, words.sources(event)),
    ];
    const button = h("button", { type: "button", class: "row-button", "data-event": event.event_id,
      "aria-current": String(event.event_id === state.selected), onclick: () => state.select(event.event_id) },
      mark(type, event.status),
      h("span", { class: "row-text" },
        h("span", { class: "unseen" }, `${words.typeLabel(type)}. `),
        h("span", { class: "row-title", dir: "auto" }, event.title),
        h("span", { class: "row-place" }, h("bdi", {}, words.placeLine(event)), ...(event.attribution ? [" · ", h("bdi", {}, event.attribution)] : []), ...badges)));
    return h("li", { "aria-setsize": state.shown.length, "aria-posinset": at + 1 }, button);
  }

  /** What stands over an event's row. @param {import("./types.js").EventRecord} event */
  function heading(event) {
    if (state.order === "type") return words.typeLabel(/** @type {import("./types.js").EventType} */ (types.get(event.event_type)));
    if (state.order === "place") return event.places[0]?.name ?? words.t("no_place");
    return event.date_start ? words.heading(event) : words.t("date_unknown");
  }

  /** @param {number} n which block */
  function block(n) {
    const parts = [];
    const before = n ? state.shown[n * BLOCK - 1] : undefined;
    let title = before === undefined ? null : heading(events.record(before));
    let items = null;
    for (let at = n * BLOCK; at < Math.min((n + 1) * BLOCK, state.shown.length); at++) {
      const event = events.record(state.shown[at] ?? 0);
      const own = heading(event);
      if (own !== title) parts.push(h("h2", {}, own.charAt(0).toUpperCase() + own.slice(1)));
      if (!items || own !== title) parts.push((items = h("ul", {})));
      title = own;
      items.append(row(event, at));
    }
    return h("div", { class: "block" }, ...parts);
  }

  /** @param {number} n */
  const height = (n) => heights[n] ?? BLOCK * ROW;

  /** Make the blocks that are in sight, or all up to a limit. @param {number} [limit] rows */
  function show(limit) {
    const last = Math.ceil(state.shown.length / BLOCK);
    const [top, bottom] = limit ? [0, Infinity] : [rows.scrollTop - AHEAD, rows.scrollTop + rows.clientHeight + AHEAD];
    let [from, before] = [0, 0];
    while (from < last - 1 && before + height(from) < top) before += height(from++);
    let [to, after] = [from, before];
    while (to < last && after < bottom && (!limit || to * BLOCK < limit)) after += height(to++);
    const wanted = new Map();
    for (let n = from; n < to; n++) wanted.set(n, made.get(n) ?? block(n));
    for (const [n, element] of made) if (!wanted.has(n) && element.contains(document.activeElement)) wanted.set(n, element);
    const same = wanted.size === made.size && [...wanted.keys()].every((n) => made.has(n));
    made = wanted;
    let rest = 0;
    for (let n = to; n < last; n++) rest += height(n);
    above.style.height = `${before}px`;
    below.style.height = `${limit ? 0 : rest}px`;
    if (same) return;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    blocks.replaceChildren(...[...made].sort(([a], [b]) => a - b).map(([, element]) => element));
    if (blocks.contains(focused)) focused?.focus({ preventScroll: true }); // moving an element takes its focus
    for (const [n, element] of made) heights[n] = element.offsetHeight || height(n);
  }

  function drawRows() {
    heights = [];
    made = new Map();
    blocks.replaceChildren();
    rows.scrollTop = 0;
    show();
  }
  const drawSoon = settled(drawRows);

  function draw() {
    if (events.length < MANY) drawRows();
    else drawSoon();
    none.hidden = state.shown.length > 0 || !events.length;
    const all = words.count("events", events.length);
    count.textContent = state.shown.length === events.length ? all : words.t("shown_of", { shown: words.number.format(state.shown.length), events: all });
  }

  function choose() {
    for (const button of rows.querySelectorAll(".row-button")) button.setAttribute("aria-current", String(button.getAttribute("data-event") === state.selected));
  }

  /** Up and down move between events. @param {KeyboardEvent} key */
  function arrowKeys(key) {
    if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(key.key)) return;
    if (key.key === "Home") rows.scrollTop = 0;
    if (key.key === "End") rows.scrollTop = rows.scrollHeight;
    show();
    const buttons = /** @type {HTMLElement[]} */ ([...rows.querySelectorAll(".row-button")]);
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = key.key === "Home" ? 0 : key.key === "End" ? buttons.length - 1 : at + (key.key === "ArrowDown" ? 1 : -1);
    buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus();
    key.preventDefault();
  }

  const search = h("input", { type: "search", placeholder: words.t("search"), "aria-label": words.t("search"), autocomplete: "off", spellcheck: "false",
    oninput: () => state.setQuery(search.value) });
  /** @type {import("./order.js").OrderName[]} */
  const orders = ["date", "place", "type"];
  const order = h("select", { class: "order", "aria-label": words.t("sort"), title: words.t("sort"),
    onchange: () => state.setOrder(orders[order.selectedIndex] ?? "date") }, ...orders.map((name) => h("option", { value: name }, words.t(`sort_${name}`))));
  state.addEventListener("change", () => {
    if (search.value !== state.query) search.value = state.query;
    order.value = state.order;
    draw();
  });
  state.addEventListener("select", choose);
  window.addEventListener("beforeprint", () => show(PRINTED));
  window.addEventListener("afterprint", () => show());
  new ResizeObserver(() => show()).observe(rows);
  draw();
  drawRows();
  const places = events.length ? null : h("div", { class: "none" }, h("p", {}, words.t("no_events")),
    h("ul", {}, ...[...new Set(data.mentions.map((place) => place.name))].map((name) => h("li", { dir: "auto" }, name))));
  return {
    element: h("section", { class: "list", "aria-label": words.t("list") },
      ...(places ? [places] : [h("div", { class: "list-head" }, search, h("div", { class: "list-line" }, count, order)), none, rows])),
    /** Put the focus on an event's row. @param {string} id */
    focus: (id) => {
      const at = state.shown.indexOf(events.find(id));
      if (at < 0) return;
      if (!made.has(Math.floor(at / BLOCK))) {
        let top = 0;
        for (let n = 0; n < Math.floor(at / BLOCK); n++) top += height(n);
        rows.scrollTop = top + (at % BLOCK) * ROW;
        show();
      }
      /** @type {HTMLElement | null | undefined} */ (rows.querySelector(`[data-event="${CSS.escape(id)}"]`))?.focus();
    },
  };
}
