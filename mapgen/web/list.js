/** The events as a list, in step with the map: by day, with what has no date or no place. */
import { h, refill } from "./dom.js";
import { mark } from "./icons.js";

const CHUNK = 150; // rows made at once

/** @param {import("./types.js").EventRecord} a @param {import("./types.js").EventRecord} b */
const byDate = (a, b) => {
  const [left, right] = [a.date_start ?? "9999", b.date_start ?? "9999"];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Whether an event has no place on the map. @param {import("./types.js").EventRecord} event */
export const unlocated = (event) => !event.places.some((place) => Number.isFinite(place.lat) && Number.isFinite(place.lon));

/**
 * @param {import("./types.js").PageData} data @param {import("./state.js").State} state
 * @param {import("./words.js").Words} words
 */
export function list(data, state, words) {
  const types = new Map(data.types.map((type) => [type.key, type]));
  const rows = h("div", { class: "rows", onkeydown: arrowKeys });
  const count = h("p", { class: "shown", role: "status" });
  /** @type {Map<string, HTMLElement>} */
  const made = new Map();
  let limit = CHUNK;

  /** @param {import("./types.js").EventRecord} event */
  function row(event) {
    const known = made.get(event.event_id);
    if (known) return known;
    const type = /** @type {import("./types.js").EventType} */ (types.get(event.event_type));
    const badges = [
      event.status !== "confirmed" && h("span", { class: `badge is-${event.status}` }, words.t(`short_${event.status}`)),
      unlocated(event) && h("span", { class: "badge" }, words.t("unlocated")),
      words.sources(event) && h("span", { class: "badge" }, words.sources(event)),
    ];
    const button = h("button", { type: "button", class: "row-button", "data-event": event.event_id, onclick: () => state.select(event.event_id) },
      mark(type, event.status),
      h("span", { class: "row-text" },
        h("span", { class: "unseen" }, `${words.typeLabel(type)}. `),
        h("span", { class: "row-title", dir: "auto" }, event.title),
        h("span", { class: "row-place" }, h("bdi", {}, words.placeLine(event)), ...badges)));
    const item = h("li", {}, button);
    made.set(event.event_id, item);
    return item;
  }

  const further = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    further.disconnect();
    limit += CHUNK;
    draw();
  }, { root: rows, rootMargin: "400px" });

  function draw() {
    further.disconnect();
    const shown = [...state.shown].sort(byDate);
    const blocks = [];
    let heading = "";
    let items = null;
    for (const event of shown.slice(0, limit)) {
      const title = event.date_start ? words.heading(event) : words.t("date_unknown");
      if (!items || title !== heading) {
        heading = title;
        items = h("ul", {});
        blocks.push(h("h2", {}, title.charAt(0).toUpperCase() + title.slice(1)), items);
      }
      items.append(row(event));
    }
    const more = shown.length > limit && h("button", { type: "button", class: "more", onclick: () => { limit += CHUNK; draw(); } }, words.t("more"));
    if (more) further.observe(more);
    const none = !shown.length && data.events.length > 0 && h("div", { class: "none" }, h("p", {}, words.t("none_shown")),
      h("button", { type: "button", onclick: () => state.reset() }, words.t("reset")));
    refill(rows, ...blocks, more, none);
    const all = words.count("events", data.events.length);
    count.textContent = shown.length === data.events.length ? all : words.t("shown_of", { shown: words.number.format(shown.length), events: all });
    choose();
  }

  function choose() {
    for (const [id, item] of made) item.firstElementChild?.setAttribute("aria-current", String(id === state.selected));
  }

  /** Up and down move between events. @param {KeyboardEvent} key */
  function arrowKeys(key) {
    if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(key.key)) return;
    const buttons = /** @type {HTMLElement[]} */ ([...rows.querySelectorAll(".row-button")]);
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = key.key === "Home" ? 0 : key.key === "End" ? buttons.length - 1 : at + (key.key === "ArrowDown" ? 1 : -1);
    buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus();
    key.preventDefault();
  }

  const search = h("input", { type: "search", placeholder: words.t("search"), "aria-label": words.t("search"), autocomplete: "off", spellcheck: "false",
    oninput: () => { limit = CHUNK; state.setQuery(search.value); } });
  state.addEventListener("change", () => {
    if (search.value !== state.query) search.value = state.query;
    draw();
  });
  state.addEventListener("select", choose);
  draw();
  const places = data.events.length ? null : h("div", { class: "none" }, h("p", {}, words.t("no_events")),
    h("ul", {}, ...[...new Set(data.mentions.map((place) => place.name))].map((name) => h("li", { dir: "auto" }, name))));
  return {
    element: h("section", { class: "list", "aria-label": words.t("list") },
      ...(places ? [places] : [h("div", { class: "list-head" }, search, count), rows])),
    /** @param {string} id */
    focus: (id) => /** @type {HTMLElement | null | undefined} */ (made.get(id)?.firstElementChild)?.focus(),
  };
}
