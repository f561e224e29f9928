/** The map: base, shaded areas, arrows, marks and names, drawn for what is shown. */
import * as L from "leaflet";
import { Areas } from "./areas.js";
import { Arrows } from "./arrows.js";
import { baseLabels, coverage, drawBase } from "./basemap.js";
import { offer } from "./choice.js";
import { cluster } from "./clusters.js";
import { extent, extentOf } from "./extent.js";
import { Geography, turned } from "./geography.js";
import { settled } from "./dom.js";
import { Labels, overlaps, widthOf } from "./labels.js";
import { latLngOf, Markers, namesOf } from "./markers.js";
import { AREA } from "./places.js";
import { Overlays } from "./overlays.js";
import { parts } from "./parts.js";

/**
 * @typedef {import("./types.js").Place} Place
 * @typedef {import("./clusters.js").Cluster} Cluster
 */

const CLOSEST = 9; // zoom: one town alone is not shown closer than this
const FAR_ORIGINS = 0.75; // zoom levels that may be lost to show where far movements begin
const TOWN = 30000; // metres
const WORLD = L.latLngBounds([-60, -180], [75, 180]);
const LISTED = 14; // events of a joined mark that are listed rather than zoomed into
const PLOTTED_FROM = 2000; // events: from here on marks are plotted, not elements
const NEAR = 27; // px: marks closer than this are joined
const NEAR_PLOTTED = 44;
const PLATES = 60; // names of regions and countries at once
const NAMED = 80; // joined marks that are named at once
const EDGE = 14; // px from the map's edge: where a movement from beyond it is named
const SAMPLE = 300; // events of a joined mark that are asked for its name
const MARGIN = 0.5; // of the map's size: so far beyond its edges are marks drawn

export class EventMap {
  /**
   * @param {HTMLElement} container @param {import("./types.js").PageData} data
   * @param {import("./state.js").State} state @param {import("./words.js").Words} words
   */
  constructor(container, data, state, words) {
    this.data = data;
    this.state = state;
    this.words = words;
    this.events = state.events;
    this.plotted = this.events.length >= PLOTTED_FROM;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = L.map(container, {
      zoomControl: false, attributionControl: false, zoomSnap: data.tiles ? 1 : 0.25, zoomDelta: 1, minZoom: 1, maxZoom: 17, wheelPxPerZoomLevel: 100,
      zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still, worldCopyJump: false,
    });
    /** @type {{left: number, top: number, width: number, height: number}[]} */
    this.controls = [];
    /** @type {import("./clusters.js").Box[]} what names must not cover */
    this.taken = [];
    /** @type {Cluster[] | null} null before the first draw */
    this.clusters = null;
    this.world = data.base && coverage(data.base);
    this.geography = new Geography(this.events, data.areas, this.world?.getWest());
    this.mentions = data.mentions.map((place) => ({ ...place, lon: turned(place.lon, this.world?.getWest() ?? -180) }));
    if (data.tiles) parts.tiles?.(data.tiles).addTo(this.map);
    this.fit(false);
    if (data.base) drawBase(this.map, data.base);
    this.overlays = new Overlays(this.map, data.overlays);
    this.areas = new Areas(this.map, data, this.geography);
    this.arrows = new Arrows(this.map, this.geography, (id) => state.select(id), () => state.selected, this.world);
    this.specks = L.layerGroup().addTo(this.map);
    this.labels = new Labels(this.map);
    this.markers = new Markers(this.map, this.events, words, (one) => this.open(one));
    this.plot = (this.plotted && parts.Plot && new parts.Plot(this.map, this.events, words, (one) => this.open(one))) || null;
    this.later = settled(() => this.drawNames(this.taken));
    state.addEventListener("change", () => this.draw());
    state.addEventListener("select", () => this.chosen());
    this.map.on("moveend names", () => this.drawMarks());
  }

  /** Everything that is known of where, or what matters of it where single origins lie far off. @param {boolean} animate */
  fit(animate) {
    const { map, data: { base } } = this;
    const { topLeft, bottomRight } = this.margins();
    if (base) map.setMaxBounds(undefined).setMinZoom(0);
    const bounds = this.core(topLeft.add(bottomRight));
    if (bounds) map.fitBounds(bounds, { paddingTopLeft: topLeft, paddingBottomRight: bottomRight, maxZoom: CLOSEST, animate });
    else map.setView([20, 10], 2, { animate });
    if (!base) return;
    const limits = coverage(base);
    map.setMinZoom(Math.min(map.getBoundsZoom(limits, true), bounds ? map.getBoundsZoom(bounds, false, topLeft.add(bottomRight)) : 1, 5));
    const hold = () => map.setMaxBounds(limits.extend(map.getBounds()));
    if (animate) map.once("moveend", hold);
    else hold();
  }

  /**
   * The places that matter: all but those origins known only as a country that lie so far off that the rest would
   * become small.  Their arrows then come in over the edge.
   * @param {L.Point} margins
   */
  core(margins) {
    if (!this.events.length) return extent(this.mentions);
    const { places } = this.events;
    const far = this.geography.farOrigins();
    const inner = [...places.lat.keys()].filter((n) => !far.has(n));
    if (!inner.length || !far.size) return extentOf(places, [...places.lat.keys()]);
    /** @param {number[]} some */
    const zoom = (some) => this.map.getBoundsZoom(extentOf(places, some) ?? WORLD, false, margins);
    const least = zoom(inner) - FAR_ORIGINS;
    for (const n of [...far].sort((a, b) => zoom([...inner, b]) - zoom([...inner, a]))) {
      if (zoom([...inner, n]) >= least) inner.push(n);
    }
    return extentOf(places, inner);
  }

  /** What stands on the map's edges and must cover no event: pixels. */
  margins() {
    const wide = this.map.getSize().x > 700;
    const legend = wide && this.events.length ? 290 : wide ? 60 : 40;
    return { topLeft: L.point(wide ? 70 : 40, wide ? 60 : 46), bottomRight: L.point(legend, wide ? 50 : 36) };
  }

  draw() {
    this.areas.draw(this.state.fails);
    this.arrows.draw(this.state.fails);
    this.drawSpecks();
    this.drawMarks(true);
  }

  /** Where the shown movements begin and end; or, on a map without events, the places. @returns {{name: string, lat: number, lon: number, area: boolean, goal: boolean}[]} */
  ends() {
    if (!this.events.length) return this.mentions.map((place) => ({ ...place, goal: false, area: place.geo_precision === 3 }));
    const { geography, events: { places } } = this;
    const ends = new Map(this.arrows.shown.flatMap((movement) => this.arrows.ends(movement).flatMap(({ from, to }) =>
      [{ at: from, n: movement.from, goal: false }, { at: to, n: movement.to, goal: true }].map((end) => /** @type {const} */ ([`${end.at} ${geography.same(end.n)}`, end])))));
    return [...ends.values()].filter(({ at }) => !this.world || (at.lng >= this.world.getWest() && at.lng <= this.world.getEast())).map(({ at, n, goal }) => ({ goal, name: places.words.get(places.name[n] ?? 0), lat: at.lat, lon: at.lng, area: geography.shape[n] === AREA }));
  }

  /**
   * Names for movements that come in over the map's edge or from under its controls, or leave over the edge of the world,
   * with an arrow to where they began or end.
   * @param {import("./labels.js").Box[]} taken @returns {import("./labels.js").Label[]}
   */
  comers(taken) {
    const { map, arrows, events: { places } } = this;
    const corner = map.containerPointToLayerPoint([0, 0]);
    const far = map.containerPointToLayerPoint(map.getSize());
    const beyond = this.world && [map.latLngToLayerPoint(this.world.getNorthWest()), map.latLngToLayerPoint(this.world.getSouthEast())];
    const outer = beyond ? [{ left: -Infinity, top: -Infinity, right: beyond[0]?.x ?? 0, bottom: Infinity }, { left: beyond[1]?.x ?? 0, top: -Infinity, right: Infinity, bottom: Infinity }] : [];
    const covers = [...this.covers(), ...outer];
    /** @param {L.Point} at @param {number} x @param {number} y @param {import("./labels.js").Box[]} boxes */
    const free = (at, x, y, boxes) => {
      const box = { left: at.x - x, right: at.x + x, top: at.y - y, bottom: at.y + y };
      return box.left > corner.x && box.right < far.x && box.top > corner.y && box.bottom < far.y && !boxes.some((other) => overlaps(box, other));
    };
    /** @param {number} place @param {L.Point[]} line towards where that place is not seen @param {boolean} once whether the place is shown once only @returns {import("./labels.js").Label[]} */
    const pointer = (place, line, once) => {
      const name = places.words.get(places.name[place] ?? 0);
      const [a] = /** @type {[L.Point]} */ (line);
      if (free(a, 1, 1, covers)) return [];
      const half = widthOf(name, "origin") / 2 + EDGE;
      const at = line.find((point) => free(point, 1, 1, outer) && [EDGE, -EDGE].some((by) => free(point.subtract([0, by]), half, EDGE, taken)));
      if (!at) return [];
      const { lat, lng: lon } = map.layerPointToLatLng(at);
      const arrow = "→↘↓↙←↖↑↗"[Math.round((Math.atan2(a.y - at.y, a.x - at.x) * 4) / Math.PI + 8) % 8];
      return [{ text: `${arrow} ${name}`, kind: "origin", lat, lon, gap: 8, weight: 950, of: once ? name : undefined }];
    };
    return arrows.lines().flatMap(({ movement, line }) => {
      const fine = line.flatMap((point, n) => [point, point.add(line[n + 1] ?? point).divideBy(2)]);
      return [...pointer(movement.from, fine, !movement.turn), ...(movement.turn ? pointer(movement.to, [...fine].reverse(), false) : [])];
    });
  }

  /** Small rings at the ends of movements. */
  drawSpecks() {
    this.specks.clearLayers();
    for (const { lat, lon, area } of this.ends()) {
      L.circleMarker([lat, lon], { renderer: this.arrows.renderer, radius: 4, interactive: false, className: `speck-mark ${area ? "is-area" : ""}` }).addTo(this.specks);
    }
  }

  /** The part of the world for which marks are drawn, in pixels at this zoom. */
  view() {
    const { min, max } = this.map.getPixelBounds();
    const { x, y } = this.map.getSize().multiplyBy(MARGIN);
    return { left: /** @type {L.Point} */ (min).x - x, top: /** @type {L.Point} */ (min).y - y, right: /** @type {L.Point} */ (max).x + x, bottom: /** @type {L.Point} */ (max).y + y };
  }

  /** @param {boolean} [changing] what is shown may change again soon: of very many events, names wait for its end */
  drawMarks(changing = false) {
    const scale = 256 * 2 ** this.map.getZoom();
    const { geography, events, state } = this;
    const clusters = cluster(geography, state.fails, scale, this.view(), this.plotted ? NEAR_PLOTTED : NEAR, PLATES);
    const plotted = this.plot ? clusters.filter((one) => !one.area) : [];
    const selected = events.find(state.selected);
    this.clusters = clusters;
    const boxes = [...this.covers(), ...(this.plot?.draw(plotted, selected) ?? [])];
    const reached = new Set(this.arrows.shown.map(({ to }) => geography.same(to)));
    this.markers.draw(this.plot ? clusters.filter((one) => one.area) : clusters, selected, reached, boxes);
    this.taken = this.plot ? [...boxes, ...this.markers.boxes] : this.markers.boxes;
    if (this.plot && changing) this.labels.hide(this.later);
    else this.drawNames(this.taken);
  }

  /** @param {import("./clusters.js").Box[]} taken */
  drawNames(taken) {
    /** @type {import("./labels.js").Label[]} */
    const labels = [];
    const named = new Set();
    for (const one of (this.clusters ?? []).slice(0, NAMED)) {
      const names = this.plot && !one.area ? mainName(one).filter((name) => !named.has(name)) : namesOf(one);
      for (const name of names) named.add(name);
      if (one.area || !names.length) continue;
      const { lat, lng } = latLngOf(one);
      const text = names.length > 1 && !this.together(one) ? `${names[0]} +${names.length - 1}` : names[0];
      labels.push({ text: text ?? "", kind: "place", lat, lon: lng, gap: 20, weight: 1000 + Math.min(one.size, 1000) });
    }
    for (const label of this.comers(taken)) {
      if (!named.has(label.text)) labels.push(label);
      named.add(label.text);
      if (label.of) named.add(label.of);
    }
    for (const place of this.ends().sort((a, b) => Number(b.goal) - Number(a.goal))) {
      if (named.has(place.name)) continue;
      named.add(place.name);
      labels.push({ text: place.name, kind: "origin", lat: place.lat, lon: place.lon, gap: 8, weight: place.goal ? 960 : 900 });
    }
    const base = this.data.base ? baseLabels(this.data.base, this.map.getZoom()).filter((label) => !named.has(label.text)) : [];
    this.labels.draw([...labels, ...this.overlays.labels(), ...(window.mapgen?.names?.(base) ?? base)], taken, this.arrows.ways());
  }

  /** @param {number} n @param {boolean} on */
  showOverlay(n, on) {
    this.overlays.show(n, on);
    this.drawMarks();
  }

  /** Whether all places of a joined mark are in and around one town. @param {Cluster} one */
  together(one) {
    const { anchorX, anchorY } = this.geography;
    const at = latLngOf(one);
    return one.anchors.every((anchor) => this.map.distance(latLngOf({ x: anchorX[anchor] ?? 0, y: anchorY[anchor] ?? 0 }), at) < TOWN);
  }

  /** Look anew what lies over the map: controls, in pixels from its corner. */
  measure() {
    const corner = this.map.getContainer().getBoundingClientRect();
    this.controls = [...(this.map.getContainer().parentElement?.querySelectorAll(".legend, .zoom, .attribution") ?? [])].map((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { left: left - corner.left, top: top - corner.top, width, height };
    });
  }

  /** What lies over the map, in layer points. @returns {import("./labels.js").Box[]} */
  covers() {
    return this.controls.map(({ left, top, width, height }) => {
      const from = this.map.containerPointToLayerPoint([left, top]);
      return { left: from.x, top: from.y, right: from.x + width, bottom: from.y + height };
    });
  }

  /** @param {Cluster} one */
  open(one) {
    const numbers = one.size > LISTED ? [] : one.events;
    const { ids } = this.events;
    if (numbers.length === 1) return this.state.select(ids.get(numbers[0] ?? 0));
    const bounds = this.boundsOf(one);
    const spread = !bounds.getSouthWest().equals(bounds.getNorthEast());
    if (spread && one.size > LISTED && this.map.getZoom() < this.map.getMaxZoom() - 1) {
      const closer = Math.max(this.map.getBoundsZoom(bounds, false, L.point(80, 80)), this.map.getZoom() + 1);
      this.map.setView(bounds.getCenter(), Math.min(closer, this.map.getMaxZoom()));
      return undefined;
    }
    offer(this.map, one, this.words, this.margins().bottomRight.x, { choose: (id) => this.state.select(id), leave: () => this.markers.focus() });
    return undefined;
  }

  /** @param {Cluster} one */
  boundsOf(one) {
    const { anchorX, anchorY } = this.geography;
    const bounds = L.latLngBounds([]);
    for (const anchor of one.anchors) bounds.extend(latLngOf({ x: anchorX[anchor] ?? 0, y: anchorY[anchor] ?? 0 }));
    return bounds;
  }

  /** Where events are; null where none has a place. @param {ArrayLike<number>} numbers */
  boundsOfEvents(numbers) {
    return extentOf(this.events.places, Array.from(numbers, (n) => [...this.events.placesOf(n)]).flat());
  }

  /** The open event comes into view. */
  chosen() {
    this.drawMarks();
    this.arrows.choose(this.state.selected);
    const n = this.events.find(this.state.selected);
    if (n < 0) return;
    const places = this.events.placesOf(n);
    const bounds = extentOf(this.events.places, places);
    if (!bounds) return;
    const inner = this.map.getBounds().pad(-0.06);
    const points = places.length > 1 ? bounds : L.latLngBounds([bounds.getCenter()]);
    if (inner.contains(points)) return;
    if (places.length > 1) this.map.flyToBounds(bounds, { padding: [60, 60], maxZoom: Math.max(this.map.getZoom(), CLOSEST), duration: 0.5 });
    else this.map.panTo(bounds.getCenter());
  }
}

/** The name that most events of a joined mark share, by a sample of them, if there is one. @param {Cluster} one @returns {string[]} */
function mainName({ grid, cells }) {
  const { anchorPlace, places } = grid.geography;
  /** @type {Map<number, number>} */
  const counts = new Map();
  let seen = 0;
  for (const cell of cells) {
    for (let anchor = grid.last[cell] ?? -1; anchor >= 0 && seen < SAMPLE; anchor = grid.next[anchor] ?? -1, seen++) {
      const name = places.name[anchorPlace[anchor] ?? -1] ?? -1;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const [name = -1, count = 0] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [-1, 0]);
  return name < 0 || count * 2 < seen ? [] : [places.words.get(name)];
}
