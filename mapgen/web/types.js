/**
 * The shapes of the page's data: design section 4, as `mapgen/exporters/page.py` writes it.
 *
 * @typedef {"site" | "area" | "origin" | "destination" | "contingent-origin"} Role
 * @typedef {{role?: Role | null, name: string, lat: number, lon: number, country?: string | null, admin1?: string | null,
 *   geo_precision: 1 | 2 | 3, granularity: "site" | "city" | "region" | "country", radius_km: number,
 *   confidence: number, gazetteer?: string | null}} Place
 * @typedef {{value?: number | null, min?: number | null, max?: number | null, qualifier: string, text?: string}} Figure
 * @typedef {{title?: string, url?: string, publisher?: string, published?: string, doc_id?: string}} Source
 * @typedef {{quote?: string, status: string, attribution?: string | null, source?: Source,
 *   figures?: Record<string, Figure>}} Claim
 * @typedef {{event_id: string, event_type: string, event_group: string, title: string,
 *   status: "confirmed" | "reported" | "planned" | "denied", attribution?: string | null,
 *   date_start?: string | null, date_end?: string | null, time_precision?: 1 | 2 | 3 | null, time_text?: string | null,
 *   actors?: string[], figures?: Record<string, Figure>, places: Place[], quote?: string | null, source?: Source,
 *   claims?: Claim[], review?: string, note?: string | null}} EventRecord
 * @typedef {{key: string, label: string, color: string, group: string, icon: string, own?: boolean}} EventType
 * @typedef {{key: string, label: string, color: string}} EventGroup
 *
 * A ring or line as packed integers: its first point, then the steps; longitude first (see basemap.js).
 * @typedef {string} Path
 * @typedef {{text: string[], at: string, rank: string}} NameColumns
 * @typedef {{scale: number, box: [number, number, number, number], land: Path[], borders: Path[], disputed: Path[],
 *   regions: Path[], lakes: Path[], rivers: Path[], names: Record<"country" | "region" | "city", NameColumns>,
 *   attribution: string[]}} Base
 * @typedef {{url: string, attribution: string, max_zoom: number, subdomains?: string}} Tiles
 *
 * A user's own GeoJSON; points and labels are paths of one point.
 * @typedef {{name: string, scale: number, areas: Path[][], lines: Path[], points: Path[], labels: [string, Path][]}} Overlay
 *
 * Presets and steps of a story: `mapgen/views.py`; what is not there is not narrowed.
 * @typedef {{title: string, text?: string, layers?: string[], status?: string[], actor?: string[], source?: string[],
 *   confidence?: string[], from?: string, to?: string, query?: string, view?: [number, number, number], event?: string}} View
 *   `view`: zoom, latitude, longitude
 * @typedef {{title: string, parts: string[][]}} Article its text in pieces, each with the ids of the events told in it
 *
 * @typedef {{title: string, lang: string, strings: Record<string, import("./words.js").Text>,
 *   events: import("./columns.js").Payload & {count: number}, types: EventType[], groups: EventGroup[],
 *   presets: View[], story: View[], articles: Article[], documents: Source[], mentions: Place[], base: Base | null, overlays: Overlay[], tiles: Tiles | null,
 *   areas: Record<string, {scale: number, rings: Path[]}>}} PageData
 *
 * What scripts of the host, and tests, may use.
 * @typedef {{ready: Promise<void>, count: number, visible: () => string[], setType: (type: string, on: boolean) => void,
 *   setTime: (from: string | null, to: string | null) => void, select: (id: string | null) => void,
 *   state: () => Record<string, unknown>, map: import("leaflet").Map,
 *   names?: (base: import("./labels.js").Label[]) => import("./labels.js").Label[]}} PageHooks `names`: what stands in place of the base's names
 */
export {};
