/** The parts of Leaflet that every page uses; see also leaflet-large.mjs. */
export { CRS, LatLng, LatLngBounds, latLng, latLngBounds } from "leaflet/src/geo/index.js";
export { Bounds, Point, bounds, point } from "leaflet/src/geometry/index.js";
export * as DomUtil from "leaflet/src/dom/DomUtil.js";
export * as DomEvent from "leaflet/src/dom/DomEvent.js";
export * as Util from "leaflet/src/core/Util.js";
export * as Browser from "leaflet/src/core/Browser.js";
export { Class } from "leaflet/src/core/Class.js";
export { Map, map } from "leaflet/src/map/index.js";
export { Layer } from "leaflet/src/layer/Layer.js";
export { LayerGroup, layerGroup } from "leaflet/src/layer/LayerGroup.js";
export { DivIcon, divIcon } from "leaflet/src/layer/marker/DivIcon.js";
export { Icon } from "leaflet/src/layer/marker/Icon.js";
export { Marker, marker } from "leaflet/src/layer/marker/Marker.js";
export { Popup, popup } from "leaflet/src/layer/Popup.js";
export { Tooltip, tooltip } from "leaflet/src/layer/Tooltip.js";
export { Circle, CircleMarker, Path, Polygon, Polyline, Renderer, SVG, circle, circleMarker, polygon, polyline, svg } from "leaflet/src/layer/vector/index.js";
