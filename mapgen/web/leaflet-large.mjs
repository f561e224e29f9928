/** The parts of Leaflet that pages with tiles or very many events use; those with layers of folium carry all of it. */
export * from "./leaflet.mjs";
export { GridLayer } from "leaflet/src/layer/tile/GridLayer.js";
export { TileLayer, tileLayer } from "leaflet/src/layer/tile/TileLayer.js";
