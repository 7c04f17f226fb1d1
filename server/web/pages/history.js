import * as actions from "../actions.js";
import { get, page } from "../api.js";
import { h } from "../dom.js";
import { dayName, timeOfDay } from "../format.js";
import { trackRow } from "../components/track_row.js";
import { emptyPlace, historyTabs, pageHeader } from "./headers.js";

const SHOWN = 300;

/** What was played, day by day. @type {import("../components/page_view.js").Page} */
export async function historyPage({ signal }) {
  const { items } = page(await get(`/api/history?limit=${SHOWN}`, signal));
  const plays = items.filter((event) => event.kind === "play");
  if (!plays.length) return h("div", { class: "page" }, pageHeader("History", "", historyTabs("history")), emptyPlace("history", "Nothing played yet", "What you listen to is listed here by day. You can also ask: “What did I play yesterday evening?”"));
  /** @type {Map<string, any[]>} */
  const days = new Map();
  for (const event of plays) {
    const name = dayName(new Date(event.at));
    days.set(name, [...(days.get(name) ?? []), event]);
  }
  return h(
    "div",
    { class: "page" },
    pageHeader("History", "", historyTabs("history")),
    [...days].map(([name, events]) =>
      h("section", { class: "day" }, h("h2", {}, name), h("ol", { class: "tracks", "aria-label": name }, events.map((event) => h("li", {}, trackRow(event.track, { onplay: () => void actions.play({ track_ids: [event.track.id] }), trailing: timeOfDay(new Date(event.at)) }))))),
    ),
  );
}
