/** The layers: the legend is the control.  One checkbox for each group and type, with its count. */
import { h, s } from "./dom.js";
import { mark, ring } from "./icons.js";
import { STATUSES } from "./events.js";
import { FACETS } from "./filters.js";
import { AREA, isOrigin, SHAPES, shapeCode } from "./places.js";
import { pictured } from "./ribbons.js";
import { choose } from "./views.js";

const LISTED = 200; // actors or sources that can be chosen from

/**
 * @param {import("./types.js").PageData} data @param {import("./state.js").State} state
 * @param {import("./words.js").Words} words @param {(overlay: number, on: boolean) => void} show
 */
export function legend(data, state, words, show) {
  const numbers = state.counts("type");
  const counts = new Map(data.types.map((type, code) => [type.key, numbers[code] ?? 0]));
  /** @type {(() => void)[]} */
  const sync = [];
  const groups = data.groups.map((group) => {
    const types = data.types.filter((type) => type.group === group.key && counts.get(type.key));
    const keys = types.map((type) => type.key);
    const whole = h("input", { type: "checkbox", "data-group": group.key, onchange: () => state.setTypes(keys, whole.checked) });
    sync.push(() => {
      const on = keys.filter((key) => !state.off.has(key)).length;
      whole.checked = on > 0;
      whole.indeterminate = on > 0 && on < keys.length;
    });
    const total = keys.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0);
    return types.length ? h("fieldset", { class: "group" },
      h("div", { class: "row group-row" },
        h("label", {}, whole, h("span", { class: "label" }, words.typeLabel(group, "group")), h("span", { class: "count" }, words.number.format(total))),
        only(words, words.typeLabel(group, "group"), () => solo(keys))),
      ...types.map(typeRow)) : null;
  });

  /** @param {import("./types.js").EventType} type */
  function typeRow(type) {
    const box = h("input", { type: "checkbox", "data-type": type.key, onchange: () => state.setTypes([type.key], box.checked) });
    sync.push(() => (box.checked = !state.off.has(type.key)));
    return h("div", { class: "row" },
      h("label", {}, box, mark(type, "confirmed"), h("span", { class: "label", dir: "auto" }, words.typeLabel(type)),
        h("span", { class: "count" }, words.number.format(counts.get(type.key) ?? 0))),
      only(words, words.typeLabel(type), () => solo([type.key])));
  }

  /** @param {string[]} keys */
  function solo(keys) {
    state.onlyTypes(keys);
  }

  state.addEventListener("change", () => sync.forEach((update) => update()));
  const narrow = matchMedia("(max-width: 1059px)").matches;
  return h("details", { class: "legend", open: !narrow && state.events.length > 0 },
    h("summary", {}, words.t("layers")),
    h("div", { class: "legend-body" }, presets(data, state, words), ...groups, overlays(data, words, show), facets(state, words), key(data, state, words)));
}

/** The user's own layers. @param {import("./types.js").PageData} data @param {import("./words.js").Words} words @param {(overlay: number, on: boolean) => void} show */
function overlays(data, words, show) {
  if (!data.overlays.length) return null;
  const rows = data.overlays.map(({ name }, n) => {
    const box = h("input", { type: "checkbox", checked: true, "data-overlay": n, onchange: () => show(n, box.checked) });
    return h("div", { class: "row" }, h("label", {}, box, h("span", { class: "label", dir: "auto" }, name)));
  });
  return h("fieldset", { class: "group facet" }, h("legend", {}, words.t("overlays")), ...rows);
}

/**
 * The editor's choices, as buttons.
 * @param {import("./types.js").PageData} data @param {import("./state.js").State} state @param {import("./words.js").Words} words
 */
function presets(data, state, words) {
  if (!data.presets.length) return null;
  let choosing = false;
  /** @param {string} label @param {() => void} put */
  const chip = (label, put) => h("button", { type: "button", class: "chip", "aria-pressed": "false", dir: "auto", onclick: (/** @type {MouseEvent} */ click) => {
    choosing = true;
    put();
    choosing = false;
    for (const one of chips) one.setAttribute("aria-pressed", String(one === click.currentTarget));
  } }, label);
  const chips = [chip(words.t("reset"), () => state.reset()), ...data.presets.map((view) => chip(view.title, () => choose(view, data, state)))];
  state.addEventListener("change", () => {
    if (!choosing) for (const one of chips) one.setAttribute("aria-pressed", "false");
  });
  return h("div", { class: "presets", role: "group", "aria-label": words.t("presets") }, ...chips);
}

/**
 * Choices by status, certainty, source and actor, where events differ in them.
 * @param {import("./state.js").State} state @param {import("./words.js").Words} words
 */
function facets(state, words) {
  const blocks = FACETS.map((name) => facet(name, state, words)).filter(Boolean);
  return blocks.length ? h("details", { class: "key facets" }, h("summary", {}, words.t("filters")), ...blocks) : null;
}

/**
 * @param {import("./filters.js").FacetName} name @param {import("./state.js").State} state @param {import("./words.js").Words} words
 */
function facet(name, state, words) {
  const numbers = state.counts(name);
  const counts = new Map(state.facets[name].keys.flatMap((key, code) => (numbers[code] ? [[key, numbers[code] ?? 0]] : [])));
  if (counts.size < 2) return null;
  const order = name === "confidence" ? ["high", "medium", "low", ""] : name === "status" ? ["confirmed", "reported", "planned", "denied"] : [];
  const values = [...counts.keys()].sort((a, b) => order.indexOf(a) - order.indexOf(b) || (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1)).slice(0, LISTED);
  /** @param {string} value */
  const label = (value) => (value === "" ? words.t("not_told") : name === "status" ? words.t(`short_${value}`) : name === "confidence" ? words.t(`confidence_${value}`) : value);
  const rows = values.map((value) => {
    const box = h("input", { type: "checkbox", "data-facet": name, "data-value": value, onchange: () => {
      const shown = new Set(state.only.get(name) ?? counts.keys());
      box.checked ? shown.add(value) : shown.delete(value);
      state.setOnly(name, shown.size === counts.size ? null : shown);
    } });
    const sync = () => (box.checked = state.only.get(name)?.has(value) ?? true);
    state.addEventListener("change", sync);
    sync();
    return h("div", { class: "row" },
      h("label", {}, box, h("span", { class: "label", dir: "auto" }, label(value)), h("span", { class: "count" }, words.number.format(counts.get(value) ?? 0))),
      only(words, label(value), () => state.setOnly(name, [value])));
  });
  return h("fieldset", { class: "group facet" }, h("legend", {}, words.t(`facet_${name}`)), h("div", { class: "facet-rows" }, ...rows));
}

/** @param {import("./words.js").Words} words @param {string} label @param {() => void} onclick */
const only = (words, label, onclick) =>
  h("button", { type: "button", class: "only", onclick, "aria-label": words.t("only_this", { label }) }, words.t("only"));

/** What shapes and lines mean, as far as the map has them. @param {import("./types.js").PageData} data @param {import("./state.js").State} state @param {import("./words.js").Words} words */
function key(data, { events }, words) {
  const type = { .../** @type {import("./types.js").EventType} */ (data.types[0] ?? { key: "", label: "", group: "", icon: "burst" }), color: "#5b6670" };
  const { places } = events;
  const shapes = new Set(Array.from(places.granularity, (granularity, n) => SHAPES[shapeCode(granularity, places.precision[n] ?? 1)]));
  const statuses = new Set(Array.from(events.status, (code) => STATUSES[code]));
  const origins = [...events.place].filter((_, n) => isOrigin(events.role[n]));
  /** @param {unknown} there @param {Node} picture @param {string} text */
  const row = (there, picture, text) => Boolean(there) && h("li", {}, h("span", { class: "key-picture" }, picture), words.t(text));
  /** @param {number} width @param {boolean} vague */
  const arrow = (width, vague) => s("svg", { class: "key-arrow", width: 46, height: 20, "--c": type.color }, s("path", { d: pictured(width, vague) }));
  const groups = data.groups.slice(0, 2).map((group) => ({ color: group.color, count: 1 }));
  return h("details", { class: "key" }, h("summary", {}, words.t("read_map")), h("ul", {},
    row(shapes.has("pin"), mark(type, "confirmed", "pin"), "key_pin"), row(shapes.has("dot"), mark(type, "confirmed", "dot"), "key_dot"),
    row(shapes.has("near"), mark(type, "confirmed", "near"), "key_near"),
    row(shapes.has("area"), h("span", { class: "spot is-area" }, h("span", { class: "plate-name" }, "A–Z")), "key_area"),
    row(events.length > 1, ring(2, groups, 30), "key_ring"),
    row(origins.length, arrow(5, false), "key_arrow"),
    row(origins.some((place) => shapeCode(places.granularity[place] ?? 0, places.precision[place] ?? 1) === AREA), arrow(5, true), "key_vague"),
    row(origins.length && /"soldiers"/.test(Array.from(events.type, (_, n) => events.figures.get(n)).join()), arrow(10, false), "key_wide"),
    ...STATUSES.slice(1).map((status) => row(statuses.has(status), mark(type, status), `key_${status}`))));
}
