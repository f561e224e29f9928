/** The page: reads its data, builds itself, and says when it is ready. */
import "./policy.js";
import { article } from "./article.js";
import { card } from "./card.js";
import { h, link } from "./dom.js";
import { embedded } from "./embed.js";
import { legend } from "./legend.js";
import { Events } from "./events.js";
import { list } from "./list.js";
import { EventMap } from "./map.js";
import { panel } from "./panel.js";
import { sharing } from "./share.js";
import { State } from "./state.js";
import { story } from "./story.js";
import { timeline } from "./timeline.js";
import { Words } from "./words.js";

const LONG_TITLE = 70; // characters

/** @returns {import("./types.js").PageData} */
function read() {
  /** @param {string} id */
  const text = (id) => document.getElementById(id)?.textContent;
  const data = JSON.parse(text("mapgen-data") ?? "{}");
  return { ...data, events: { ...data.events, packed: text("mapgen-packed") } };
}

/** @param {import("./types.js").PageData} data @param {import("./words.js").Words} words @param {State} state */
function header(data, words, state) {
  const span = state.span && words.days(...state.span);
  const sources = data.documents.filter((source) => source.publisher || source.url || (source.title && source.title !== data.title)).slice(0, 6);
  const places = new Set(data.mentions.map((place) => place.name)).size;
  const told = [span, places > 0 && !state.events.length && words.count("places", places), ...sources.map((source) => {
    const name = source.publisher || source.title || source.url || "";
    return source.url ? link(source.url, name) : h("bdi", {}, name);
  })].filter(Boolean);
  return h("header", { class: "head" },
    h("h1", { dir: "auto", class: data.title.length > LONG_TITLE ? "is-long" : null }, data.title),
    h("p", { class: "sub" }, ...told.flatMap((part, n) => [n ? " · " : "", part])));
}

/** @param {EventMap} view @param {Words} words */
function buttons(view, words) {
  /** @param {string} text @param {string} key @param {() => void} onclick */
  const button = (text, key, onclick) => h("button", { type: "button", "aria-label": words.t(key), title: words.t(key), onclick }, text);
  return h("div", { class: "zoom" }, button("+", "zoom_in", () => view.map.zoomIn()), button("−", "zoom_out", () => view.map.zoomOut()),
    button("⤢", "fit", () => view.fit(true)));
}

/** Geocoding services whose answers are OpenStreetMap's. */
const OPENSTREETMAP = /^(?:nominatim|photon|pickpoint|locationiq|opencage|mapquest|maptiler|geoapify):|:(?:node|way|relation)\//;

/** Whom the map's data are owed to. @param {import("./types.js").PageData} data @param {State} state */
function attribution(data, { events }) {
  const ids = [...new Set(events.places.gazetteer)].map((code) => events.words.get(code));
  const services = ids.some((id) => OPENSTREETMAP.test(id)) ? ["© OpenStreetMap contributors (ODbL)"] : [];
  const others = [...(data.base?.attribution ?? []), ...(data.tiles ? [data.tiles.attribution] : []), ...services];
  const names = ["Leaflet", "GeoNames (CC BY 4.0)", ...others.filter((name) => !name.startsWith("GeoNames"))];
  return h("p", { class: "attribution" }, names.join(" · "));
}

/** On a phone the list is a sheet under the map, of three heights. @param {HTMLElement} page @param {Words} words */
function sheetHandle(page, words) {
  const button = h("button", { type: "button", class: "handle", "aria-label": words.t("expand"), "aria-expanded": "false", onclick: () => {
    const open = page.classList.toggle("is-list-open");
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", words.t(open ? "collapse" : "expand"));
  } });
  return button;
}

/** @param {import("./types.js").PageData} data */
function start(data) {
  const words = new Words(data.lang, data.strings);
  const state = new State(new Events(data.events, data.types), data.lang);
  const root = /** @type {HTMLElement} */ (document.getElementById("mapgen"));
  const canvas = h("div", { class: "map", role: "region", "aria-label": words.t("map") });
  const stage = h("main", { class: "stage" }, canvas);
  const side = h("aside", { class: "panel", "aria-label": words.t("list") });
  const time = timeline(data, state, words);
  root.replaceChildren(header(data, words, state), stage, side);
  if (time) root.append(time);
  root.classList.toggle("has-time", Boolean(time));
  root.classList.toggle("is-bare", location.hash === "#bare"); // for a picture
  const view = new EventMap(canvas, data, state, words);
  const rows = list(data, state, words);
  /** @type {ReturnType<typeof story> | null} */
  const told = data.story.length ? story(data, state, words, view, () => shared.remember()) : null;
  const shared = sharing(state, view.map, {
    current: () => (told && tabs.open === "story" ? told.current() : 0),
    go: (n) => {
      tabs.show(told && n ? "story" : "list");
      if (n) told?.go(n - 1, true);
    },
  });
  const one = card(data, state, words, shared.address);
  const views = {
    ...(told && { story: told.element }), list: rows.element,
    ...(data.articles.length && { article: article(data, state, words, () => tabs.openCard()) }),
  };
  const tabs = panel(state, words, views, one, (tab, id) => tab === "article" || (tab === "story" && Boolean(told?.opened(id))));
  side.append(sheetHandle(root, words), tabs.strip, ...Object.values(views), one);
  tabs.arrange();
  stage.append(buttons(view, words), attribution(data, state));
  const { length } = state.events;
  if (length || data.overlays.length) stage.append(legend(data, state, words, (n, on) => view.showOverlay(n, on)));
  if (length && !view.geography.placed) stage.append(h("p", { class: "notice" }, words.t("none_located")));
  if (!length && data.mentions.length) stage.append(h("p", { class: "notice" }, words.t("no_events"), " ", words.t("named_places")));

  let last = /** @type {string | null} */ (null);
  state.addEventListener("select", () => {
    const covered = tabs.chosen();
    if (covered) one.focus({ preventScroll: true });
    else if (!state.selected && last && tabs.open === "list") rows.focus(last);
    last = state.selected;
  });
  document.addEventListener("keydown", (key) => {
    if (key.key === "Escape" && state.selected) state.select(null);
    if (key.key === "/" && !(key.target instanceof HTMLInputElement)) {
      tabs.show("list");
      /** @type {HTMLElement | null} */ (side.querySelector("input[type=search]"))?.focus();
      key.preventDefault();
    }
  });
  const settle = () => {
    view.measure();
    view.map.invalidateSize({ animate: false });
    if (matchMedia("print").matches) view.fit(false);
    view.drawMarks();
  };
  new ResizeObserver(settle).observe(canvas);
  stage.querySelector(".legend")?.addEventListener("toggle", settle);
  view.measure();
  state.changed();
  if (!shared.begin()) told?.go(0, false);
  embedded(view.map);
  return { state, view };
}

const data = read();
let finish = () => {};
const ready = /** @type {Promise<void>} */ (new Promise((resolve) => (finish = resolve)));
const { state, view } = start(data);
const groups = new Map(data.groups.map((group) => [group.key, data.types.filter((type) => type.group === group.key).map((type) => type.key)]));

window.mapgen = {
  ready,
  count: state.events.length,
  map: view.map,
  visible: () => Array.from(state.shown, (n) => state.events.ids.get(n)),
  setType: (type, on) => state.setTypes(groups.get(type) ?? [type], on),
  setTime: (from, to) => state.setTime(from ? String(from).slice(0, 10) : null, to ? String(to).slice(0, 10) : null),
  select: (id) => state.select(id),
  state: () => ({ off: [...state.off].sort(), from: state.from, to: state.to, undated: state.undated, query: state.query,
    selected: state.selected, zoom: view.map.getZoom(), lat: view.map.getCenter().lat, lon: view.map.getCenter().lng }),
};
requestAnimationFrame(() => finish());
