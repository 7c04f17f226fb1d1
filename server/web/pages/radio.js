/** Internet radio: the stations, adding one, and what they say they play. */

import * as actions from "../actions.js";
import { get, page, post, remove } from "../api.js";
import { fill, h } from "../dom.js";
import { counted } from "../format.js";
import { icon } from "../icons.js";
import { complain } from "../taste.js";
import { confirmDialog } from "../components/dialogs.js";
import { toast } from "../components/toasts.js";
import { pageHeader } from "./headers.js";

/** @typedef {{id: number, name: string, url: string, says: string}} Station */

const LOOK_AGAIN_MS = 10000;

/** @type {import("../components/page_view.js").Page} */
export async function radioPage({ signal }) {
  const list = h("ul", { class: "station-list" });
  const count = h("span", {});
  const show = (/** @type {Station[]} */ stations) => {
    count.textContent = stations.length ? counted(stations.length, "station") : "Add the first one: the address of a stream, or of a .pls or .m3u file.";
    fill(list, stations.map((station) => h("li", {}, stationRow(station, refresh))));
  };
  const refresh = () => get("/api/stations", signal).then((answer) => show(page(answer).items)).catch(() => undefined);
  show(page(await get("/api/stations", signal)).items);
  const timer = setInterval(() => !list.contains(document.activeElement) && void refresh(), LOOK_AGAIN_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
  return h("div", { class: "page radio-page" }, pageHeader("Radio", ""), h("p", { class: "quiet" }, count), adder(refresh), list);
}

/** @param {() => void} refresh */
function adder(refresh) {
  const url = h("input", { type: "url", class: "field", required: true, maxlength: 2048, placeholder: "https://…", "aria-label": "Address of the stream", autocomplete: "off" });
  const name = h("input", { type: "text", class: "field", maxlength: 120, placeholder: "Name (or as the station calls itself)", "aria-label": "Name of the station", autocomplete: "off", dir: "auto" });
  const button = h("button", { type: "submit", class: "button" }, icon("plus"), "Add");
  return h(
    "form",
    { class: "station-form", onsubmit: async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      button.disabled = true;
      await post("/api/stations", { url: url.value.trim(), name: name.value.trim() })
        .then((/** @type {Station} */ station) => {
          toast(`${station.name} was added`);
          url.value = name.value = "";
          refresh();
        })
        .catch(complain);
      button.disabled = false;
    } },
    url,
    name,
    button,
  );
}

/** @param {Station} station @param {() => void} refresh */
function stationRow(station, refresh) {
  const says = h("span", { class: "small quiet cut", dir: "auto", role: "status" }, station.says ? `The station says: ${station.says}` : "");
  const ask = async () => {
    says.textContent = "Listening…";
    const now = await get(`/api/stations/${station.id}/now`).catch(() => null);
    const own = now?.recognised ? `${now.certainty === "sure" ? "This is" : "This is probably"} ${now.recognised}` : "Not one of your recordings";
    says.textContent = now ? `${own}. ${now.says ? `The station says: ${now.says}` : "The station says nothing."}` : "Play it first.";
  };
  return h(
    "div",
    { class: "station" },
    h("button", { type: "button", class: "icon-button", "aria-label": `Play ${station.name}`, onclick: () => void actions.playStation(station.id) }, icon("play")),
    h("span", { class: "row-text" }, h("strong", { dir: "auto" }, station.name), says),
    h("button", { type: "button", class: "chip", "aria-label": `What is this on ${station.name}?`, onclick: () => void ask() }, "What is this?"),
    h("button", { type: "button", class: "icon-button small", "aria-label": `Remove ${station.name}`, title: "Remove", onclick: async () => {
      if (!(await confirmDialog(`Remove ${station.name}?`, "You can add it again with its address.", "Remove"))) return;
      await remove(`/api/stations/${station.id}`).then(refresh).catch(complain);
    } }, icon("trash")),
  );
}
