/** What services say of a recording, beside one's own tags; each of it can be refused. */

import { get, page, post, put } from "../api.js";
import { fill, h } from "../dom.js";
import { complain } from "../taste.js";

/** @typedef {{source: string, field: string, value: string, own: string, agrees: boolean, in_use: boolean, refused: boolean}} Fact */

const SOURCES = { musicbrainz: "MusicBrainz", coverart: "Cover Art Archive", acoustid: "AcoustID", discogs: "Discogs" };
/** Field and its name; ids and what only programs read are left out. @type {Record<string, string>} */
const FIELDS = { title: "Title", artist: "Artist", album: "Album", album_artist: "Album artist", year: "First released", released: "This release", country: "Country", track_no: "Track", genres: "Called", label: "Label", styles: "Styles", format: "Format", cover: "Cover" };

/** @param {{id: number}} track @param {AbortSignal} signal */
export async function songFacts(track, signal) {
  const path = `/api/tracks/${track.id}/facts`;
  const slot = h("section", { class: "song-facts" });
  const show = (/** @type {Fact[]} */ facts) => fill(slot, facts.length > 0 && view(facts, refuse));
  const refuse = (/** @type {Fact} */ fact) =>
    put(`${path}/${encodeURIComponent(fact.source)}/${encodeURIComponent(fact.field)}`, { refused: !fact.refused })
      .then((answer) => show(shown(answer)))
      .catch(complain);
  const [answer, services] = await Promise.all([get(path, signal).catch(() => null), get("/api/services", signal).catch(() => null)]);
  show(shown(answer));
  const discogs = page(services).items.some((one) => one.name === "discogs" && one.state !== "off");
  if (!discogs) return slot;
  const ask = h("button", { type: "button", class: "chip", onclick: async () => {
    ask.disabled = true;
    await post(`${path}/discogs`).then((found) => (show(shown(found)), slot.querySelector("details")?.setAttribute("open", ""))).catch(complain);
    ask.disabled = false;
  } }, "Ask Discogs about this release");
  return h("div", {}, slot, ask);
}

/** @param {any} answer @returns {Fact[]} */
function shown(answer) {
  return page(answer).items.filter((fact) => fact.field in FIELDS);
}

/** @param {Fact[]} facts @param {(fact: Fact) => void} refuse */
function view(facts, refuse) {
  return h(
    "details",
    {},
    h("summary", {}, h("h2", {}, "What services say"), h("span", { class: "small quiet" }, `${[...new Set(facts.map((fact) => sourceName(fact)))].join(", ")}; your tags stay as they are`)),
    h("ul", { class: "fact-list" }, facts.map((fact) => h("li", { class: fact.refused ? "refused" : "" }, row(fact), button(fact, refuse)))),
  );
}

/** @param {Fact} fact */
function row(fact) {
  const value = fact.field === "cover" ? h("img", { src: `/api/covers/${encodeURIComponent(fact.value)}?size=96`, alt: "The cover that was found", width: 48, height: 48 }) : h("span", { class: "fact-value", dir: "auto" }, fact.value);
  return h("div", { class: "fact" }, h("span", { class: "small quiet" }, FIELDS[fact.field]), value, h("span", { class: "small quiet" }, `${sourceName(fact)}${note(fact)}`));
}

/** @param {Fact} fact */
function note(fact) {
  if (fact.refused) return ", not used";
  if (fact.in_use) return ", shown because your file does not say it";
  if (fact.agrees) return ", as in your tags";
  return fact.own && fact.field !== "cover" ? `, your tag says ${fact.own}` : "";
}

/** @param {Fact} fact @param {(fact: Fact) => void} refuse */
function button(fact, refuse) {
  const label = fact.refused ? "Use it after all" : "Not right";
  return h("button", { type: "button", class: "chip", "aria-label": `${label}: ${FIELDS[fact.field]} of ${sourceName(fact)}`, onclick: () => refuse(fact) }, label);
}

/** @param {Fact} fact */
function sourceName(fact) {
  return /** @type {any} */ (SOURCES)[fact.source] ?? fact.source;
}
