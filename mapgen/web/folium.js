/**
 * What layers of folium take for granted in a page, without what folium would fetch for it: Leaflet's default marker as
 * data, coloured pins in place of AwesomeMarkers, and the one call of jQuery that folium makes, markup to element.
 * Only pages with such layers carry this script.
 */
import icon from "leaflet/dist/images/marker-icon.png";
import retina from "leaflet/dist/images/marker-icon-2x.png";
import shadow from "leaflet/dist/images/marker-shadow.png";

const L = /** @type {any} */ (window.L);
/** folium's names of marker colours, where CSS has none of the same name */
const COLORS = new Map(Object.entries({ lightred: "#ff8e7f", darkblue: "#00649f", darkgreen: "#728224", darkred: "#a23336", cadetblue: "#436978", lightgray: "#a3a3a3", lightgreen: "#bbf970", darkpurple: "#5b396b" }));

delete L.Icon.Default.prototype._getIconUrl;
L.Icon.Default.mergeOptions({ iconUrl: icon, iconRetinaUrl: retina, shadowUrl: shadow });

/** @param {{markerColor?: string, iconColor?: string}} options */
function pin({ markerColor = "blue", iconColor = "white" }) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ width: 28, height: 38, viewBox: "0 0 28 38" })) svg.setAttribute(name, String(value));
  for (const [d, color] of [["M14 37C10 29 2 23 2 14a12 12 0 0 1 24 0c0 9-8 15-12 23z", COLORS.get(markerColor) ?? markerColor], ["M14 18.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9z", iconColor]]) {
    const path = document.createElementNS(svg.namespaceURI, "path");
    path.setAttribute("d", d ?? "");
    path.setAttribute("fill", color ?? "");
    svg.append(path);
  }
  return L.divIcon({ html: svg, className: "folium-pin", iconSize: [28, 38], iconAnchor: [14, 37], popupAnchor: [0, -32] });
}
L.AwesomeMarkers ??= { icon: pin, Icon: { extend: () => L.Icon } };

/** @param {string} markup */
const element = (markup) => [Object.assign(document.createElement("template"), { innerHTML: String(markup).trim() }).content.firstElementChild];
/** @type {any} */ (window).$ ??= element;
