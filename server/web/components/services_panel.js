/** Services such as MusicBrainz, Last.fm and Spotify: how they are, and one's own accounts there. */

import { get, page, post, remove } from "../api.js";
import { fill, h } from "../dom.js";
import { counted, dotted } from "../format.js";
import { icon } from "../icons.js";
import { href } from "../router.js";
import { complain } from "../taste.js";
import { confirmDialog, openDialog, promptDialog } from "./dialogs.js";

/**
 * @typedef {{name: string, title: string, state: string, knows: string, problem: string, next_step: string, done: number | null, total: number | null,
 *   account: {connected: boolean, user: string, waiting: number, sent: number, refused: number} | null}} Service
 */

const LOOK_AGAIN_MS = 4000;
const STATES = { off: "Off", untried: "On", answers: "On", busy: "Busy, waits", unreachable: "Away, waits", refuses: "Refuses" };

/** @param {() => void} close */
export function servicesPart(close) {
  const list = h("ul", { class: "service-list" });
  let shown = "";
  const show = (/** @type {any} */ answer) => {
    const news = JSON.stringify(answer);
    if (news === shown) return; // nothing is taken away under a pointer without need
    shown = news;
    fill(list, page(answer).items.map((one) => h("li", {}, serviceView(one, show, close))));
  };
  const look = () => get("/api/services").then(show).catch(() => ((shown = ""), fill(list, h("li", { class: "quiet small" }, "The services cannot be shown just now."))));
  void look();
  const timer = setInterval(() => (list.isConnected ? busy(list) || void look() : clearInterval(timer)), LOOK_AGAIN_MS);
  return h("fieldset", {}, h("legend", {}, "Services"), h("p", { class: "quiet small" }, "Nothing is asked over the network unless you switched it on in the configuration, or connected an account here."), list);
}

/** Whether somebody is about to press something that a redraw would take away. @param {HTMLElement} list */
function busy(list) {
  return list.contains(document.activeElement);
}

/** @param {Service} service @param {(answer: any) => void} show @param {() => void} close */
function serviceView(service, show, close) {
  const needsKey = service.account !== null && !service.account.connected && service.next_step.startsWith("Make an application");
  const working = service.total !== null && service.done !== null && service.done < service.total;
  return h(
    "div",
    { class: `service ${service.state}` },
    h(
      "div",
      { class: "service-words" },
      h("span", {}, h("strong", {}, service.title), h("span", { class: "service-state small" }, stateOf(service))),
      queueOf(service) && h("small", { class: "quiet" }, queueOf(service)),
      [service.knows, service.account && !service.account.connected && !needsKey ? "" : service.next_step].filter(Boolean).map((text) => h("small", { class: "quiet" }, text)),
      service.problem && h("small", { class: "service-problem" }, icon("alert"), h("span", {}, service.problem)),
    ),
    working && h("progress", { max: service.total, value: service.done, "aria-label": `${service.title}: ${service.done} of ${service.total} songs` }),
    service.account && !needsKey && h("div", { class: "service-buttons" }, service.name === "spotify" && service.account.connected && h("a", { class: "button", href: href("spotify"), onclick: close }, "Open"), accountButton(service, show)),
  );
}

/** @param {Service} service */
function stateOf(service) {
  const state = /** @type {any} */ (STATES)[service.state] ?? service.state;
  if (!service.account?.connected) return state;
  const on = service.state === "off" ? "On" : state;
  return service.account.user ? `${on}, as ${service.account.user}` : `${on}, connected`;
}

/** What was not told yet, and what was refused. @param {Service} service */
function queueOf(service) {
  const { waiting = 0, refused = 0 } = service.account ?? {};
  return dotted(waiting > 0 && `${counted(waiting, "listen")} waiting to be told`, refused > 0 && `${counted(refused, "listen")} refused`);
}

/** @param {Service} service @param {(answer: any) => void} show */
function accountButton(service, show) {
  const name = service.title;
  if (service.account?.connected) return h("button", { type: "button", class: "button", "aria-label": `Disconnect ${name}`, onclick: () => void disconnect(service, show) }, "Disconnect");
  return h("button", { type: "button", class: "button", "aria-label": `Connect ${name}`, onclick: () => void connect(service).then((answer) => answer && show(answer)).catch(complain) }, icon("link"), "Connect");
}

/** @param {Service} service */
async function connect(service) {
  if (service.name === "lastfm") return connectLastFm();
  if (service.name === "spotify") return connectSpotify();
  const token = await promptDialog("Connect ListenBrainz", { label: "Your user token, from listenbrainz.org/settings", verb: "Connect", type: "password" });
  return token ? post("/api/services/listenbrainz/account", { token: token.trim() }) : null;
}

async function connectLastFm() {
  const { token, url } = await post("/api/services/lastfm/login");
  window.open(url, "_blank", "noopener");
  const done = await confirmDialog("Connect Last.fm", "A page of Last.fm was opened. Let Refrain in there, then come back.", "I have let it in");
  return done ? post("/api/services/lastfm/account", { token }) : null;
}

/**
 * Spotify sends the other page back to this server, which ends the login there. Where that page cannot be reached, as
 * on a phone when the address is that of the server's own machine, its address is copied here.
 */
async function connectSpotify() {
  const { url } = await post("/api/spotify/login");
  window.open(url, "_blank", "noopener");
  let timer = 0;
  const address = await openDialog("Connect Spotify", (close) => {
    const field = h("input", { class: "field", type: "url", maxlength: 4000, required: true, autocomplete: "off", placeholder: "http://127.0.0.1:…/spotify/callback?code=…" });
    const submit = (/** @type {Event} */ event) => (event.preventDefault(), close(field.value.trim()));
    timer = setInterval(() => void get("/api/services").then((answer) => page(answer).items.find((one) => one.name === "spotify")?.account?.connected && close("")).catch(() => undefined), LOOK_AGAIN_MS);
    return [
      h("p", {}, "A page of Spotify was opened. Let Refrain in there; this goes on by itself."),
      h("p", { class: "spotify-again" }, h("a", { class: "link", href: url, target: "_blank", rel: "noopener" }, "Open it again")),
      h("form", { onsubmit: submit }, h("label", { class: "labelled" }, h("span", {}, "If the last page does not open, copy its address here"), field), h("footer", {}, h("button", { class: "button", type: "button", onclick: () => close() }, "Cancel"), h("button", { class: "button primary", type: "submit" }, "Connect"))),
    ];
  });
  clearInterval(timer);
  if (address === null) return null;
  if (address) await post("/api/spotify/account", { address });
  return get("/api/services");
}

/** @param {Service} service @param {(answer: any) => void} show */
async function disconnect(service, show) {
  const lost = service.name === "spotify" ? "Its key is forgotten here. At Spotify you can take the access back under your account, Apps." : "Its key is forgotten, and what was not told yet is not told any more.";
  if (!(await confirmDialog(`Disconnect ${service.title}?`, lost, "Disconnect"))) return;
  await remove(service.name === "spotify" ? "/api/spotify/account" : `/api/services/${service.name}/account`).catch(complain);
  show(await get("/api/services").catch(() => ({ items: [] })));
}
