/** Chosen views, as an editor wrote them: presets of the layers and steps of a story, put on the map. */
import * as L from "leaflet";
import { FACETS } from "./state.js";

/** @typedef {import("./types.js").View} View */

/**
 * Show what a view asks for, and everything where it asks for nothing.
 * @param {View} view @param {import("./types.js").PageData} data @param {import("./state.js").State} state
 */
export function choose(view, data, state) {
  const wanted = new Set(view.layers);
  state.off = new Set(wanted.size ? data.types.filter((type) => !wanted.has(type.key) && !wanted.has(type.group)).map((type) => type.key) : []);
  state.only = new Map(FACETS.flatMap((facet) => (view[facet]?.length ? [[facet, new Set(view[facet])]] : [])));
  state.query = view.query ?? "";
  state.undated = true;
  state.setTime(view.from ?? null, view.to ?? null);
}

/**
 * Move the map to where a step looks: its view, or all that it shows.
 * @param {View} view @param {import("./map.js").EventMap} map @param {import("./state.js").State} state
 */
export function look(view, map, state) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const event = view.event ? state.byId.get(view.event) : undefined;
  const places = (event ? [event] : state.shown).flatMap((one) => one.places);
  const bounds = map.bounds(places);
  if (view.view) {
    const [zoom, lat, lon] = view.view;
    map.map.flyTo(L.latLng(lat, lon), zoom, { animate: !still, duration: 1.2 });
  } else if (bounds) {
    const { topLeft, bottomRight } = map.margins();
    map.map.flyToBounds(bounds, { paddingTopLeft: topLeft, paddingBottomRight: bottomRight, maxZoom: 9, animate: !still, duration: 1.2 });
  }
}
