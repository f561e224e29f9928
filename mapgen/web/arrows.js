/** Movements as they are drawn: arrows that are shaped anew at every zoom, wider where more soldiers are told. */
import * as L from "leaflet";
import { h } from "./dom.js";
import { STATUSES } from "./events.js";
import { AREA } from "./places.js";
import { inkOn } from "./icons.js";
import { latLngOf } from "./markers.js";
import { courses, drawn, widthsOf } from "./ribbons.js";

/**
 * @typedef {import("./flows.js").Movement} Movement
 * @typedef {import("./flows.js").Flow} Flow
 * @typedef {import("./ribbons.js").Drawing} Drawing
 */

const MOST = 400; // arrows at once: more would hide each other
const WORLD = 256; // px of the world's width at zoom 0

/** One of the paths of a flow. */
const FlowPath = L.Path.extend({
  /** @param {() => string} data gives its SVG path data at the map's zoom @param {L.LatLng} centre @param {L.PathOptions} options */
  initialize(data, centre, options) {
    L.Util.setOptions(this, options);
    this.data = data;
    this.centre = centre;
  },
  getCenter() {
    return this.centre;
  },
  _project() {
    this._d = this.data();
  },
  _update() {
    if (this._map) this._updatePath();
  },
  _updatePath() {
    this._renderer._setPath(this, this._d);
  },
});

export class Arrows {
  /**
   * @param {L.Map} map @param {import("./geography.js").Geography} geography
   * @param {(id: string) => void} onChoice @param {() => string | null} chosen the id of the open event
   * @param {L.LatLngBounds | null} world what the basemap covers, if there is one
   */
  constructor(map, geography, onChoice, chosen, world) {
    map.createPane("arrows");
    this.map = map;
    this.geography = geography;
    this.onChoice = onChoice;
    this.chosen = chosen;
    this.renderer = L.svg({ pane: "arrows", padding: 0.5 });
    this.layers = L.layerGroup().addTo(map);
    this.widths = widthsOf(geography.movements);
    if (world && geography.movements.some(({ turn }) => turn)) veil(map, world);
    /** @type {Map<string, L.LayerGroup>} what is drawn, by what it shows */
    this.drawn = new Map();
    /** @type {Flow[]} with the movements that are shown */
    this.flows = [];
  }

  /** @param {Uint8Array} fails not 0 at events that are hidden */
  draw(fails) {
    const shown = this.geography.flows.flatMap((flow, n) => {
      const movements = flow.movements.filter(({ event }) => !fails[event]);
      return movements.length ? [{ n, flow: { ...flow, movements } }] : [];
    }).slice(0, MOST);
    this.flows = shown.map(({ flow }) => flow);
    const wanted = new Map(shown.map(({ n, flow }) => [[n, ...flow.movements.map(({ event }) => event)].join(" "), flow]));
    for (const [key, group] of this.drawn) {
      if (wanted.has(key)) continue;
      group.remove();
      this.drawn.delete(key);
    }
    for (const [key, flow] of wanted) {
      if (this.drawn.has(key)) continue;
      const group = this.arrow(flow);
      this.layers.addLayer(group);
      this.drawn.set(key, group);
    }
  }

  /** The movements that are shown. */
  get shown() {
    return this.flows.flatMap(({ movements }) => movements);
  }

  /** @param {string | null} id of the open event */
  choose(id) {
    for (const element of this.map.getPane("arrows")?.querySelectorAll("[data-event]") ?? []) {
      element.classList.toggle("is-chosen", element.getAttribute("data-event") === id);
    }
  }

  /** Where a movement begins and ends: twice if it crosses the edge of the world, so that both sides of it show it. @param {Movement} movement */
  ends({ start, to, turn }) {
    const goal = this.geography.pointOf(to, turn);
    return copies(turn).map((shift) => ({ from: latLngOf({ x: start.x + shift, y: start.y }), to: latLngOf({ x: goal.x + shift, y: goal.y }) }));
  }

  /** The middle lines of shown movements from origin to destination, in layer points. @returns {{movement: Movement, line: L.Point[]}[]} */
  lines() {
    return this.flows.flatMap((flow) => this.placed(flow).flatMap((one) => courses(one).map((line, n) => ({
      movement: /** @type {Movement} */ (flow.movements[n]), line: line.map(({ x, y }) => L.point(x, y)),
    }))));
  }

  /** A flow in layer points, and its copy where it has one. @param {Flow} flow @returns {Flow[]} */
  placed(flow) {
    const scale = WORLD * 2 ** this.map.getZoom();
    const origin = this.map.getPixelOrigin();
    return copies(flow.turn).map((shift) => {
      /** @param {import("./curves.js").Point} point */
      const at = ({ x, y }) => ({ x: (x + shift) * scale - origin.x, y: y * scale - origin.y });
      const movements = flow.movements.map((one) => ({ ...one, start: at(one.start), control: at(one.control), end: at(one.end) }));
      return { ...flow, movements, goal: at(flow.goal), joint: flow.joint && at(flow.joint) };
    });
  }

  /** @param {Flow} flow @returns {L.LayerGroup} */
  arrow(flow) {
    const { events, shape } = this.geography;
    const first = flow.movements[0]?.event ?? 0;
    const status = STATUSES[events.status[first] ?? 0] ?? "reported";
    const color = events.types[events.type[first] ?? 0]?.color ?? "#666666";
    const gap = shape[flow.to] === AREA ? 7 : 19;
    const ids = flow.movements.map(({ event }) => events.ids.get(event));
    const unique = [...new Set(ids)]; // an event may send several contingents
    const centre = latLngOf(flow.joint ?? flow.movements[0]?.control ?? flow.goal); // where a tooltip stands that no pointer asked for
    let seen = "";
    /** @type {Drawing[]} */
    let now = [];
    const drawings = () => {
      const view = `${this.map.getZoom()} ${this.map.getPixelOrigin()}`;
      if (view !== seen) now = this.placed(flow).map((one) => drawn(one, one.movements.map(this.widths), gap, status));
      seen = view;
      return now;
    };
    /** @param {(drawing: Drawing) => string} data @param {string} className @param {L.PathOptions} [more] @returns {L.Path} */
    // @ts-expect-error Leaflet's classes of before 2015 have constructors that TypeScript does not see
    const part = (data, className, more) => new FlowPath(() => drawings().map(data).join(""), centre, { renderer: this.renderer, interactive: false, className, ...more });
    const visible = [
      part(({ shape }) => shape, `arrow is-${status}`),
      ...(status === "denied" ? [part(({ strike }) => strike, "arrow-strike")] : []), part(({ spine }) => spine, `arrow-flow is-${status}`),
    ];
    /** @param {(drawing: Drawing) => string} data @param {string[]} told ids of the events that it can open, one after the other @param {string} attribute */
    const target = (data, told, attribute) => {
      const path = part(data, "arrow-reach", { interactive: true, bubblingMouseEvents: false });
      const titles = told.map((id) => h("div", { dir: "auto" }, events.titles.get(events.find(id))));
      path.on("click", () => this.onChoice(told[(told.indexOf(this.chosen() ?? "") + 1) % told.length] ?? ""));
      path.bindTooltip(h("div", {}, ...titles.slice(0, 8)), { sticky: true, opacity: 1 });
      path.on("add", () => path.getElement()?.setAttribute(attribute, told.join(" ")));
      return path;
    };
    const targets = ids.map((id, n) => target(({ reaches }) => reaches[n] ?? "", [id], "data-event"));
    if (flow.joint) targets.push(target(({ trunk }) => trunk, unique, "data-joined"));
    const group = L.layerGroup([...visible, ...targets]);
    group.on("add", () => {
      for (const layer of visible) {
        const element = /** @type {SVGElement | undefined} */ (layer.getElement());
        element?.style.setProperty("--c", color);
        element?.style.setProperty("--ink", inkOn(color));
      }
    });
    return group;
  }

  /** Small boxes along the arrows, which names avoid if they can. @returns {import("./clusters.js").Box[]} */
  ways() {
    return this.lines().slice(0, 100).flatMap(({ line }) => line.filter((_, n) => n % 2 === 0).map(({ x, y }) => ({ left: x - 4, top: y - 4, right: x + 4, bottom: y + 4 })));
  }
}

/** Arrows that leave over the edge of the world end there: all beyond it is covered. @param {L.Map} map @param {L.LatLngBounds} world */
function veil(map, world) {
  const pane = map.createPane("veil");
  pane.setAttribute("aria-hidden", "true");
  const [west, east] = [world.getWest(), world.getEast()];
  for (const [from, to] of /** @type {[number, number][]} */ ([[west - 180, west], [east, east + 180]])) {
    L.polygon([[-89, from], [89, from], [89, to], [-89, to]], { renderer: L.svg({ pane: "veil", padding: 0.5 }), interactive: false, className: "veil", noClip: true }).addTo(map);
  }
}

/** By how many turns of the world a flow is drawn aside: not at all, and to where its goal is. @param {number} turn degrees */
const copies = (turn) => (turn ? [0, -turn / 360] : [0]);
