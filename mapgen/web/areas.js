/** Regions, countries and surroundings, shaded once for all their events. */
import * as L from "leaflet";
import { decode } from "./basemap.js";
import { isOrigin, SHAPES } from "./places.js";

const MOST = 400; // shaded at once: more would hide each other
const SEVERAL = -2; // the group of a place with events of several groups
const NONE = -1; // where movements only begin

export class Areas {
  /** @param {L.Map} map @param {import("./types.js").PageData} data @param {import("./geography.js").Geography} geography */
  constructor(map, data, geography) {
    map.createPane("areas").setAttribute("aria-hidden", "true");
    this.renderer = L.svg({ pane: "areas", padding: 0.5 });
    this.layers = L.layerGroup().addTo(map);
    this.geography = geography;
    this.groups = data.types.map((type) => data.groups.findIndex((group) => group.key === type.group));
    this.colors = data.groups.map((group) => group.color);
    /** @type {Map<number, L.Path>} what is drawn */
    this.drawn = new Map();
    const { events, shape } = geography;
    /** The events that name broad places, with these: only they matter here. */
    this.broad = [...function* () {
      for (let event = 0; event < events.length; event++) {
        const from = events.placesFrom[event] ?? 0;
        for (let n = from; n < (events.placesFrom[event + 1] ?? 0); n++) {
          const place = events.place[n] ?? 0;
          if ((shape[place] ?? 0) >= SHAPES.indexOf("near")) yield { event, place: geography.same(place), origin: isOrigin(events.role[n]) };
        }
      }
    }()];
  }

  /** @param {Uint8Array} fails not 0 at events that are hidden */
  draw(fails) {
    const { type } = this.geography.events;
    /** @type {Map<number, number>} */
    const shaded = new Map();
    for (const { event, place, origin } of this.broad) {
      if (fails[event]) continue;
      const group = origin ? NONE : this.groups[type[event] ?? 0] ?? NONE;
      const before = shaded.get(place) ?? NONE;
      shaded.set(place, before === NONE ? group : group === NONE || group === before ? before : SEVERAL);
    }
    const few = shaded.size <= MOST; // of more, surroundings are told by the marks' halos alone
    const kept = [...shaded].filter(([place]) => few || SHAPES[this.geography.shape[place] ?? 0] === "area").slice(0, MOST).filter(([place, group]) => group !== NONE || this.geography.outline(place)); // else a name and a ring say enough
    const wanted = new Map(kept);
    for (const [place, shade] of this.drawn) {
      if (wanted.has(place)) continue;
      shade.remove();
      this.drawn.delete(place);
    }
    for (const [place, group] of wanted) {
      const shade = this.drawn.get(place) ?? this.shade(place);
      const style = /** @type {SVGElement | undefined} */ (shade.getElement())?.style;
      const color = this.colors[group];
      if (color) style?.setProperty("--c", color);
      else style?.removeProperty("--c");
    }
  }

  /** @param {number} place @returns {L.Path} */
  shade(place) {
    const { places, shape } = this.geography;
    const near = SHAPES[shape[place] ?? 0] === "near";
    const known = this.geography.outline(place);
    const options = { renderer: this.renderer, interactive: false, className: `area ${near ? "is-near" : ""}` };
    const layer = known
      ? L.polygon(known.rings.map((ring) => [decode(ring, known.scale)]), options)
      : L.circle([places.lat[place] ?? 0, places.lon[place] ?? 0], { ...options, radius: Math.min(Math.max((places.radius[place] ?? 0) / 10, 5), 900) * 1000 });
    layer.addTo(this.layers);
    this.drawn.set(place, layer);
    return layer;
  }
}
