/** The page with all of Leaflet, for layers of folium and plugins of Leaflet. */
import "./policy.js";
import * as L from "leaflet";
import "./rich.js";
import "./index.js";

window.L = L;
