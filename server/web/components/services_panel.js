/** Services such as MusicBrainz and Last.fm: how they are, and one's own accounts there. */

import { get, page, post, remove } from "../api.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { complain } from "../taste.js";
import { confirmDialog, promptDialog } from "./dialogs.js";

/**
 * @typedef {{name: string, title: string, state: string, knows: string, problem: string, next_step: string, done: number | null, total: number | null,
 *   account: {connected: boolean, user: string, waiting: number, sent: number, refused: number} | null}} Service
 */

const LOOK_AGAIN_MS = 4000;
const STATES = { off: "Off", untried: "On", answers: "On", busy: "Busy, waits", unreachable: "Away, waits", refuses: "Refuses" };

export function servicesPart() {
  const list = h("ul", { class: "service-list" });
  const show = (/** @type {any} */ answer) => fill(list, page(answer).items.map((one) => h("li", {}, serviceView(one, show))));
  const look = () => get("/api/services").then(show).catch(() => fill(list, h("li", { class: "quiet small" }, "The services cannot be shown just now.")));
  void look();
  const timer = setInterval(() => (list.isConnected ? busy(list) || void look() : clearInterval(timer)), LOOK_AGAIN_MS);
  return h("fieldset", {}, h("legend", {}, "Services"), h("p", { class: "quiet small" }, "Nothing is asked over the network unless you switched it on in the configuration, or connected an account here."), list);
}

/** Whether somebody is about to press something that a redraw would take away. @param {HTMLElement} list */
function busy(list) {
  return list.contains(document.activeElement);
}

/** @param {Service} service @param {(answer: any) => void} show */
function serviceView(service, show) {
  const needsKey = service.account !== null && !service.account.connected && service.next_step.startsWith("Make an application");
  const working = service.total !== null && service.done !== null && service.done < service.total;
  const state = /** @type {any} */ (STATES)[service.state] ?? service.state;
  return h(
    "div",
    { class: `service ${service.state}` },
    h("div", { class: "service-words" }, h("span", {}, h("strong", {}, service.title), h("span", { class: "service-state small" }, service.account?.connected ? `${state === "Off" ? "On" : state}, as ${service.account.user}` : state)), [service.knows, service.problem, service.account && !needsKey ? "" : service.next_step].filter(Boolean).map((text) => h("small", { class: "quiet" }, text))),
    working && h("progress", { max: service.total, value: service.done, "aria-label": `${service.title}: ${service.done} of ${service.total} songs` }),
    service.account && !needsKey && accountButton(service, show),
  );
}

/** @param {Service} service @param {(answer: any) => void} show */
function accountButton(service, show) {
  if (service.account?.connected) return h("button", { type: "button", class: "button", onclick: () => void disconnect(service, show) }, "Disconnect");
  return h("button", { type: "button", class: "button", onclick: () => void connect(service).then((answer) => answer && show(answer)).catch(complain) }, icon("link"), "Connect");
}

/** @param {Service} service */
async function connect(service) {
  if (service.name === "lastfm") return connectLastFm();
  const token = await promptDialog("Connect ListenBrainz", { label: "Your user token, from listenbrainz.org/settings", verb: "Connect", type: "password" });
  return token ? post("/api/services/listenbrainz/account", { token: token.trim() }) : null;
}

async function connectLastFm() {
  const { token, url } = await post("/api/services/lastfm/login");
  window.open(url, "_blank", "noopener");
  const done = await confirmDialog("Connect Last.fm", "A page of Last.fm was opened. Let Refrain in there, then come back.", "I have let it in");
  return done ? post("/api/services/lastfm/account", { token }) : null;
}

/** @param {Service} service @param {(answer: any) => void} show */
async function disconnect(service, show) {
  if (!(await confirmDialog(`Disconnect ${service.title}?`, "Its key is forgotten, and what was not told yet is not told any more.", "Disconnect"))) return;
  await remove(`/api/services/${service.name}/account`).catch(complain);
  show(await get("/api/services").catch(() => ({ items: [] })));
}
