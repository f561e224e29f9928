/**
 * The offline basemap: land, borders, regions, lakes, rivers, drawn as SVG paths that the stylesheet colours.
 *
 * The payload, as `mapgen/exporters/basemap.py` writes it (all coordinates are integers, longitude first):
 *
 *     {
 *       "scale": 0.001,                     // degrees in one unit
 *       "box": [west, south, east, north],  // units; what the basemap covers: the reader cannot pan beyond it
 *       "countries": [{"id": "KZ", "name": "Kazakhstan", "label": [x, y], "rank": 1, "rings": [[x, y, dx, dy, …], …]}],
 *       "borders":   [{"disputed": false, "lines": [[x, y, dx, dy, …], …]}],   // between countries; not coasts
 *       "regions":   [{"name": "Orenburg Oblast", "label": [x, y], "lines": [[…], …]}],  // first-level borders
 *       "lakes":     [{"name": "Balkhash", "rings": [[…], …]}],
 *       "rivers":    [{"name": "Ural", "lines": [[…], …]}],
 *       "cities":    [{"name": "Almaty", "at": [x, y], "rank": 1}],             // 1 the largest … 4 small towns
 *       "attribution": ["Natural Earth", …]
 *     }
 *
 * A ring or line is a flat list: its first point, then the steps from point to point.  Rings are filled and never
 * stroked, so that edges cut at the box do not show; lines are stroked.  Longitudes may run beyond ±180, so that a
 * box across the antimeridian is one piece.  Every list may be missing or empty.
 */
