/** The map: base, shaded areas, arrows, marks and names, drawn for what is shown. */
import * as L from "leaflet";
import { along, arrow, middleOf } from "./arrows.js";
import { offer } from "./choice.js";
import { baseLabels, coverage, decode, drawBase } from "./basemap.js";
import { h } from "./dom.js";
import { geography, placeKey, shapeOf } from "./geography.js";
import { Labels } from "./labels.js";
import { eventsOf, Markers, namesOf } from "./markers.js";

/**
 * @typedef {import("./types.js").EventRecord} EventRecord
 * @typedef {import("./types.js").Place} Place
 */

const CLOSEST = 9; // zoom: one town alone is not shown closer than this
const FAR_ORIGINS = 0.75; // zoom levels that may be lost to show where far movements begin
const TOWN = 30000; // metres
const WORLD = L.latLngBounds([-60, -180], [75, 180]);
const LISTED = 14; // events of a joined mark that are listed rather than zoomed into

export class EventMap {
  /**
   * @param {HTMLElement} container @param {import("./types.js").PageData} data
   * @param {import("./state.js").State} state @param {import("./words.js").Words} words
   */
  constructor(container, data, state, words) {
    this.data = data;
    this.state = state;
    this.words = words;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = L.map(container, {
      zoomControl: false, attributionControl: false, zoomSnap: data.tiles ? 1 : 0.25, zoomDelta: 1, minZoom: 1, maxZoom: 17, wheelPxPerZoomLevel: 100,
      zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still, worldCopyJump: false,
    });
    /** @type {{left: number, top: number, width: number, height: number}[]} */
    this.controls = [];
    this.types = new Map(data.types.map((type) => [type.key, type]));
    const found = geography(data.events);
    this.movements = found.movements;
    this.anchors = [...found.anchors, ...found.movements.filter((movement) => this.single(movement)).map((movement) => this.midway(movement))];
    if (data.tiles) L.tileLayer(data.tiles.url, { maxZoom: data.tiles.max_zoom, subdomains: data.tiles.subdomains ?? "abc" }).addTo(this.map);
    this.fit(false);
    if (data.base) drawBase(this.map, data.base);
    this.map.createPane("areas").setAttribute("aria-hidden", "true");
    this.map.createPane("arrows");
    this.areaLines = L.svg({ pane: "areas", padding: 0.5 });
    this.arrowLines = L.svg({ pane: "arrows", padding: 0.5 });
    this.areas = L.layerGroup().addTo(this.map);
    this.arrows = L.layerGroup().addTo(this.map);
    this.specks = L.layerGroup().addTo(this.map);
    this.labels = new Labels(this.map);
    this.markers = new Markers(this.map, this.types, words, (cluster, marker) => this.open(cluster, marker));
    state.addEventListener("change", () => this.draw());
    state.addEventListener("select", () => this.chosen());
    this.map.on("moveend", () => this.drawNames());
    this.map.on("zoomend", () => this.drawMarks());
  }

  /** @param {import("./geography.js").Movement} movement whether its event has no other */
  single(movement) {
    return this.movements.filter((other) => other.event === movement.event).length === 1;
  }

  /** @param {import("./geography.js").Movement} movement @returns {import("./geography.js").Anchor} */
  midway(movement) {
    const { lat, lng } = middleOf(movement);
    return { event: movement.event, place: null, shape: "dot", key: `way:${movement.event.event_id}`, lat, lon: lng };
  }

  /** Everything that is known of where, or what matters of it where single origins lie far off. @param {boolean} animate */
  fit(animate) {
    const { base, events, mentions } = this.data;
    const points = events.flatMap((event) => event.places);
    const { topLeft, bottomRight } = this.margins();
    const bounds = this.core(points.length ? points : mentions, topLeft.add(bottomRight));
    const limits = base && coverage(base);
    if (limits) this.map.setMaxBounds(limits);
    if (limits) this.map.setMinZoom(Math.max(1, Math.min(this.map.getBoundsZoom(limits, true), 5)));
    if (bounds) this.map.fitBounds(bounds, { paddingTopLeft: topLeft, paddingBottomRight: bottomRight, maxZoom: CLOSEST, animate });
    else this.map.setView([20, 10], 2, { animate });
  }

  /**
   * The places that matter: all but those origins known only as a country that lie so far off that the rest would
   * become small.  Their arrows then come in over the edge.
   * @param {Place[]} places @param {L.Point} margins
   */
  core(places, margins) {
    const far = places.filter((place) => place.granularity === "country" && /origin/.test(place.role ?? ""));
    const inner = places.filter((place) => !far.includes(place));
    if (!inner.length) return this.bounds(places);
    /** @param {Place[]} some */
    const zoom = (some) => this.map.getBoundsZoom(/** @type {L.LatLngBounds} */ (this.bounds(some) ?? WORLD), false, margins);
    const least = zoom(inner) - FAR_ORIGINS;
    for (const place of far.sort((a, b) => zoom([...inner, b]) - zoom([...inner, a]))) {
      if (zoom([...inner, place]) >= least) inner.push(place);
    }
    return this.bounds(inner);
  }

  /** What stands on the map's edges and must cover no event: pixels. */
  margins() {
    const wide = this.map.getSize().x > 700;
    const legend = wide && this.data.events.length ? 290 : wide ? 60 : 40;
    return { topLeft: L.point(wide ? 70 : 40, wide ? 60 : 46), bottomRight: L.point(legend, wide ? 50 : 36) };
  }

  /** @param {Place[]} places @returns {L.LatLngBounds | null} */
  bounds(places) {
    const found = L.latLngBounds([]);
    for (const place of places) {
      if (!Number.isFinite(place.lat) || !Number.isFinite(place.lon)) continue;
      found.extend([place.lat, place.lon]);
    }
    if (!found.isValid()) return null;
    const only = found.getSouthWest().equals(found.getNorthEast());
    const widest = Math.max(...places.map((place) => place.radius_km || 0));
    return only ? found.getCenter().toBounds(Math.min(Math.max(widest, 40), 1500) * 2000) : found;
  }

  draw() {
    const shown = new Set(this.state.shown);
    const movements = this.movements.filter((movement) => shown.has(movement.event));
    this.drawAreas(shown);
    this.arrows.clearLayers();
    for (const movement of movements) {
      const type = this.types.get(movement.event.event_type);
      if (!type) continue;
      const { group, target } = arrow(movement, type, this.arrowLines);
      target.on("click", () => this.state.select(movement.event.event_id));
      target.bindTooltip(h("span", { dir: "auto" }, movement.event.title), { sticky: true, opacity: 1 });
      this.arrows.addLayer(group);
    }
    this.shownMovements = movements;
    this.shownAnchors = this.anchors.filter((anchor) => shown.has(anchor.event));
    this.drawSpecks();
    this.drawMarks();
  }

  /** Regions, countries and surroundings, shaded once for all their events. @param {Set<EventRecord>} shown */
  drawAreas(shown) {
    this.areas.clearLayers();
    /** @type {Map<string, {place: Place, groups: Set<string>, origin: boolean}>} */
    const places = new Map();
    for (const event of shown) {
      for (const place of event.places) {
        if (!["area", "near"].includes(shapeOf(place)) || !Number.isFinite(place.lat)) continue;
        const one = places.get(placeKey(place)) ?? { place, groups: new Set(), origin: true };
        if (!/origin/.test(place.role ?? "")) {
          one.groups.add(event.event_group);
          one.origin = false;
        }
        places.set(placeKey(place), one);
      }
    }
    const colors = new Map(this.data.groups.map((group) => [group.key, group.color]));
    for (const { place, groups, origin } of places.values()) {
      const known = this.outline(place);
      if (!known && origin) continue; // its name and a dashed ring say enough
      const className = `area ${shapeOf(place) === "near" ? "is-near" : ""}`;
      const options = { renderer: this.areaLines, interactive: false, className };
      const layer = known
        ? L.polygon(known.rings.map((ring) => [decode(ring, known.scale)]), options)
        : L.circle([place.lat, place.lon], { ...options, radius: Math.min(Math.max(place.radius_km, 5), 900) * 1000 });
      layer.addTo(this.areas);
      const color = groups.size === 1 ? colors.get([...groups][0] ?? "") : null;
      if (color) /** @type {SVGElement | undefined} */ (layer.getElement())?.style.setProperty("--c", color);
    }
  }

  /** Where the shown movements begin and end; or, on a map without events, the places. */
  ends() {
    if (!this.data.events.length) return this.data.mentions;
    const ends = (this.shownMovements ?? []).flatMap((movement) => [movement.from, movement.to]);
    return [...new Map(ends.map((place) => [placeKey(place), place])).values()];
  }

  /** The outline of a region or country, where it is known. @param {Place} place */
  outline(place) {
    if (shapeOf(place) !== "area") return null;
    const id = place.gazetteer ?? "";
    return Object.hasOwn(this.data.areas, id) ? this.data.areas[id] ?? null : null;
  }

  /** Small rings at the ends of movements. */
  drawSpecks() {
    this.specks.clearLayers();
    for (const place of this.ends()) {
      L.circleMarker([place.lat, place.lon], { renderer: this.arrowLines, radius: 4, interactive: false, className: `speck-mark ${shapeOf(place) === "area" ? "is-area" : ""}` }).addTo(this.specks);
    }
  }

  drawMarks() {
    if (!this.shownAnchors) return;
    this.markers.draw(this.shownAnchors, this.state.selected, new Set(this.shownMovements?.map((movement) => placeKey(movement.to))), this.covers());
    this.drawNames();
  }

  drawNames() {
    if (!this.shownAnchors) return;
    /** @type {import("./labels.js").Label[]} */
    const labels = [];
    const named = new Set();
    for (const cluster of this.markers.clusters) {
      const names = namesOf(cluster);
      for (const name of names) named.add(name);
      if (cluster.area || !names.length) continue;
      const text = names.length > 1 && !this.together(cluster) ? `${names[0]} +${names.length - 1}` : names[0];
      labels.push({ text: text ?? "", kind: "place", lat: cluster.lat, lon: cluster.lon, gap: 20, weight: 1000 + cluster.anchors.length });
    }
    for (const place of this.ends()) {
      if (named.has(place.name)) continue;
      named.add(place.name);
      labels.push({ text: place.name, kind: "origin", lat: place.lat, lon: place.lon, gap: 8, weight: 900 });
    }
    const base = this.data.base ? baseLabels(this.data.base, this.map.getZoom()).filter((label) => !named.has(label.text)) : [];
    this.labels.draw([...labels, ...base], this.markers.boxes, this.ways());
  }

  /** Whether all places of a joined mark are in and around one town. @param {import("./markers.js").Cluster} cluster */
  together(cluster) {
    return cluster.anchors.every((anchor) => this.map.distance([anchor.lat, anchor.lon], [cluster.lat, cluster.lon]) < TOWN);
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

  /** Small boxes along the arrows, which names avoid if they can. */
  ways() {
    return (this.shownMovements ?? []).slice(0, 100).flatMap(({ from, to, bend }) => {
      const a = this.map.latLngToLayerPoint([from.lat, from.lon]);
      const b = this.map.latLngToLayerPoint([to.lat, to.lon]);
      return Array.from({ length: 25 }, (_, n) => along(a, b, bend, n / 24)).map(({ x, y }) => ({ left: x - 4, top: y - 4, right: x + 4, bottom: y + 4 }));
    });
  }

  /** @param {import("./markers.js").Cluster} cluster @param {L.Marker} marker */
  open(cluster, marker) {
    const events = eventsOf(cluster);
    if (events.length === 1) return this.state.select(/** @type {EventRecord} */ (events[0]).event_id);
    const places = new Set(cluster.anchors.map((anchor) => `${anchor.lat},${anchor.lon}`));
    const bounds = L.latLngBounds(cluster.anchors.map((anchor) => [anchor.lat, anchor.lon]));
    const closer = this.map.getBoundsZoom(bounds, false, L.point(80, 80));
    if (places.size > 1 && events.length > LISTED && this.map.getZoom() < this.map.getMaxZoom() - 1) {
      this.map.setView(bounds.getCenter(), Math.min(closer, this.map.getMaxZoom()));
      return undefined;
    }
    offer(this.map, cluster, marker, this.types, this.margins().bottomRight.x, (id) => this.state.select(id));
    return undefined;
  }

  /** The chosen event comes into view. */
  chosen() {
    this.drawMarks();
    const event = this.state.selected ? this.state.byId.get(this.state.selected) : null;
    for (const element of this.map.getPane("arrows")?.querySelectorAll("[data-event]") ?? []) {
      element.classList.toggle("is-chosen", element.getAttribute("data-event") === this.state.selected);
    }
    if (!event) return;
    const bounds = this.bounds(event.places);
    if (!bounds) return;
    const inner = this.map.getBounds().pad(-0.06);
    const points = event.places.length > 1 ? bounds : L.latLngBounds([bounds.getCenter()]);
    if (inner.contains(points)) return;
    if (event.places.length > 1) this.map.flyToBounds(bounds, { padding: [60, 60], maxZoom: Math.max(this.map.getZoom(), CLOSEST), duration: 0.5 });
    else this.map.panTo(bounds.getCenter());
  }
}
