/** One event in full, with where its words come from. */
import { h, link, refill } from "./dom.js";
import { mark } from "./icons.js";

/**
 * @typedef {import("./types.js").EventRecord} EventRecord
 *
 * @param {import("./types.js").PageData} data @param {import("./state.js").State} state
 * @param {import("./words.js").Words} words @param {() => string | null} address of this view, to be shared
 */
export function card(data, state, words, address) {
  const types = new Map(data.types.map((type) => [type.key, type]));
  const element = h("article", { class: "card", tabindex: "-1", hidden: true });

  /** @param {EventRecord} event */
  function fill(event) {
    const type = /** @type {import("./types.js").EventType} */ (types.get(event.event_type));
    const heading = h("h2", { dir: "auto", id: "card-title" }, event.title);
    element.setAttribute("aria-labelledby", "card-title");
    refill(element,
      h("div", { class: "card-bar" },
        h("button", { type: "button", class: "back", onclick: () => state.select(null) }, words.t("back")),
        step(-1), step(1)),
      h("p", { class: "card-type" }, mark(type, event.status), h("span", {}, words.typeLabel(type)),
        h("span", { class: `badge is-${event.status}` }, words.t(`status_${event.status}`))),
      heading,
      h("p", { class: "said" }, words.date(event), ...(event.attribution ? [" · ", words.t("told_by"), ": ", h("bdi", {}, event.attribution)] : [])),
      figures(event),
      quote(event.quote),
      h("dl", {}, ...facts(event)),
      claims(event),
      share());
  }

  /** @param {EventRecord} event */
  function figures(event) {
    const all = Object.entries(event.figures ?? {});
    if (!all.length) return null;
    return h("ul", { class: "figures" }, ...all.map(([key, figure]) => {
      const { amount, what } = words.figure(key, figure);
      return h("li", {}, h("b", { dir: "auto" }, amount), " ", what);
    }));
  }

  /** @param {string | null | undefined} text */
  const quote = (text) => (text ? h("blockquote", { dir: "auto" }, `“${text}”`) : null);

  /** @param {EventRecord} event */
  function facts(event) {
    /** @param {string} term @param {...import("./dom.js").Child} about */
    const fact = (term, ...about) => [h("dt", {}, words.t(term)), h("dd", {}, ...about)];
    const written = event.time_text && h("span", { class: "aside", dir: "auto" }, ` ${words.t("as_written", { text: event.time_text })}`);
    return [
      ...fact("when", words.date(event), written),
      ...fact("where", ...(event.places.length ? event.places.map(place) : [words.t("no_place")])),
      ...(event.actors?.length ? fact("actors", ...event.actors.flatMap((actor, n) => [n ? ", " : "", h("bdi", {}, actor)])) : []),
      ...(event.attribution ? fact("told_by", h("bdi", {}, event.attribution)) : []),
      ...(event.note ? fact("note", h("bdi", {}, event.note)) : []),
      ...(event.source ? fact("source", source(event.source)) : []),
    ];
  }

  /** @param {import("./types.js").Place} where */
  function place(where) {
    const role = where.role === "origin" || where.role === "contingent-origin" ? "from_place" : where.role === "destination" ? "to_place" : null;
    const inside = [...new Set([where.admin1, words.country(where.country)])].filter((name) => name && name !== where.name).join(", ");
    return h("div", { class: "where" }, h("bdi", {}, role ? words.t(role, { place: where.name }) : where.name),
      inside && h("span", { class: "aside" }, `, ${inside}`),
      h("span", { class: "aside where-words" }, `${words.precision(where)} · ${words.confidence(where)}`));
  }

  /** @param {import("./types.js").Source} from */
  function source(from) {
    const name = from.title || from.publisher || from.url || from.doc_id || "";
    const more = [name === from.publisher ? null : from.publisher, from.published && words.days(from.published, from.published)].filter(Boolean).join(", ");
    return h("span", {}, from.url ? link(from.url, name) : h("bdi", {}, name), more && h("span", { class: "aside" }, ` ${more}`));
  }

  /** What else is told of it: each telling's words, figures, who says so and when. @param {EventRecord} event */
  function claims(event) {
    if (!event.claims?.length) return null;
    return h("section", { class: "claims" }, h("h3", {}, words.sources(event) ?? words.t("also_told")), ...event.claims.map(claim));
  }

  /** @param {import("./types.js").Claim} told */
  function claim(told) {
    const counted = Object.entries(told.figures ?? {}).map(([key, figure]) => Object.values(words.figure(key, figure)).join(" "));
    const about = [counted.join(", "), told.attribution, words.t(`status_${told.status}`)].filter(Boolean);
    const from = told.source && (told.source.title || told.source.publisher || told.source.url) ? source(told.source) : null;
    return h("div", {}, quote(told.quote),
      h("p", { class: "aside" }, ...about.flatMap((text, n) => [n ? " · " : "", h("bdi", {}, text)]), from && " · ", from));
  }

  /** To the event before or after, in the list's order. @param {number} by */
  function step(by) {
    return h("button", { type: "button", class: by < 0 ? "step is-before" : "step", "aria-label": words.t(by < 0 ? "previous" : "next"),
      onclick: () => state.step(by) }, by < 0 ? "‹" : "›");
  }

  function share() {
    const url = address();
    if (!url) return null;
    const field = h("input", { type: "text", class: "address", readonly: true, hidden: true, "aria-label": words.t("link_is") });
    const button = h("button", { type: "button", class: "share", onclick: async () => {
      field.value = address() ?? "";
      try {
        await navigator.clipboard.writeText(field.value);
        button.textContent = words.t("copied");
      } catch {
        field.hidden = false;
        field.select();
      }
    } }, words.t("copy_link"));
    return h("p", { class: "share-line" }, button, field);
  }

  state.addEventListener("select", () => {
    const { event } = state;
    if (!event) return;
    fill(event);
    element.scrollTop = 0;
  });
  return element;
}
