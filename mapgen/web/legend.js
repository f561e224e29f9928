/** The layers: the legend is the control.  One checkbox for each group and type, with its count. */
import * as L from "leaflet";
import { outline } from "./arrows.js";
import { h, s } from "./dom.js";
import { mark, ring } from "./icons.js";

/**
 * @param {import("./types.js").PageData} data @param {import("./state.js").State} state
 * @param {import("./words.js").Words} words
 */
export function legend(data, state, words) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const event of data.events) counts.set(event.event_type, (counts.get(event.event_type) ?? 0) + 1);
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
    state.off = new Set(data.types.map((type) => type.key));
    state.setTypes(keys, true);
  }

  state.addEventListener("change", () => sync.forEach((update) => update()));
  const narrow = matchMedia("(max-width: 759px)").matches;
  return h("details", { class: "legend", open: !narrow && data.events.length > 0 },
    h("summary", {}, words.t("layers")),
    h("div", { class: "legend-body" }, ...groups, key(data, words)));
}

/** @param {import("./words.js").Words} words @param {string} label @param {() => void} onclick */
const only = (words, label, onclick) =>
  h("button", { type: "button", class: "only", onclick, "aria-label": words.t("only_this", { label }) }, words.t("only"));

/** What shapes and lines mean. @param {import("./types.js").PageData} data @param {import("./words.js").Words} words */
function key(data, words) {
  const type = { .../** @type {import("./types.js").EventType} */ (data.types[0] ?? { key: "", label: "", group: "", icon: "burst" }), color: "#5b6670" };
  /** @param {Node} picture @param {string} text */
  const row = (picture, text) => h("li", {}, h("span", { class: "key-picture" }, picture), words.t(text));
  const groups = data.groups.slice(0, 2).map((group) => ({ color: group.color, count: 1 }));
  return h("details", { class: "key" }, h("summary", {}, words.t("read_map")), h("ul", {},
    row(mark(type, "confirmed", "pin"), "key_pin"), row(mark(type, "confirmed", "dot"), "key_dot"),
    row(mark(type, "confirmed", "near"), "key_near"),
    row(h("span", { class: "spot is-area" }, h("span", { class: "plate-name" }, "A–Z")), "key_area"),
    row(ring(2, groups, 30), "key_ring"),
    row(s("svg", { class: "key-arrow", width: 46, height: 20, "--c": type.color }, s("path", { d: outline(L.point(1, 15), L.point(45, 9), 0.2, 0).shape })), "key_arrow"),
    row(mark(type, "reported"), "key_reported"), row(mark(type, "planned"), "key_planned"), row(mark(type, "denied"), "key_denied")));
}
