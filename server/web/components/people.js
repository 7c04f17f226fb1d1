/** People and devices: who one is here, what comes in for one, and for administrators who else there is. */

import { get, patch, post, put, remove } from "../api.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { complain } from "../taste.js";
import { confirmDialog, openDialog, promptDialog } from "./dialogs.js";
import { toast } from "./toasts.js";

/** @typedef {{name: string, is_admin: boolean, login_needed: boolean, has_password: boolean}} Who */
/** @typedef {{kind: "browsers" | "programs" | "app-passwords", id: number, name: string, detail: string, created_at: number, used_at: number | null}} Device */
/** @typedef {{id: number, name: string, is_admin: boolean, has_password: boolean}} Person */
/** @typedef {{id: number, at: number, who: string, action: string, what: string, address: string, client: string}} Entry */

const KINDS = { browsers: "Browser", programs: "Program", "app-passwords": "App password" };
const SYMBOLS = { browsers: "page", programs: "link", "app-passwords": "keyboard" };
const MOST_ENTRIES = 200;

export function peoplePart() {
  const part = h("fieldset", {}, h("legend", {}, "People and devices"));
  const said = h("p", { class: "quiet small" });
  const buttons = h("div", { class: "chips" });
  part.append(said, buttons);
  get("/api/whoami")
    .then((/** @type {Who} */ who) => {
      said.textContent = introduced(who);
      fill(buttons, [
        h("button", { type: "button", class: "button", onclick: () => void showPeople(who) }, icon("person"), who.is_admin ? "People and devices" : "Your devices"),
        who.has_password && h("button", { type: "button", class: "button", onclick: () => void changePassword() }, "Change password"),
        who.login_needed && h("form", { action: "/logout", method: "post" }, h("button", { type: "submit", class: "button" }, "Log out")),
      ]);
    })
    .catch(() => (said.textContent = "This cannot be shown just now."));
  return part;
}

/** @param {Who} who */
function introduced(who) {
  if (who.name) return `You are ${who.name}${who.is_admin ? ", and look after this Refrain" : ""}.`;
  return who.login_needed ? "You came in as the household, with the access token." : "Nobody logs in here: everything belongs to the household.";
}

/** @param {Who} who */
async function showPeople(who) {
  const devices = h("ul", { class: "people-list" });
  const people = h("ul", { class: "people-list" });
  const lookAtDevices = () => get("/api/devices").then((found) => showDevices(devices, found, lookAtDevices)).catch(complain);
  const lookAtPeople = () => get("/api/people").then((found) => showPersons(people, found, lookAtPeople)).catch(complain);
  void lookAtDevices();
  if (who.is_admin) void lookAtPeople();
  await openDialog(
    who.is_admin ? "People and devices" : "Your devices",
    () => [
      who.is_admin && h("section", { class: "people-part" }, h("h3", {}, "People"), people, h("div", { class: "chips" }, h("button", { type: "button", class: "button", onclick: () => void addPerson(who).then(lookAtPeople) }, icon("plus"), "Add somebody"), h("button", { type: "button", class: "button", onclick: () => void invite() }, icon("link"), "Invite by link"), h("button", { type: "button", class: "button", onclick: () => void showAudit() }, icon("history"), "What happened"))),
      h("section", { class: "people-part" }, h("h3", {}, who.name ? "What comes in for you" : "What comes in for the household"), devices, who.name && h("div", { class: "chips" }, h("button", { type: "button", class: "button", onclick: () => void makeAppPassword().then(lookAtDevices) }, icon("plus"), "Password for an app"))),
    ],
    { className: "people" },
  );
}

/** @param {HTMLElement} list @param {Device[]} found @param {() => void} again */
function showDevices(list, found, again) {
  fill(list, found.length ? found.map((one) => deviceRow(one, again)) : [h("li", { class: "quiet small" }, "Nothing yet.")]);
}

/** @param {Device} device @param {() => void} again */
function deviceRow(device, again) {
  const name = device.kind === "browsers" ? browserName(device.name) : device.name;
  const end = async () => {
    if (!(await confirmDialog(`End ${name}?`, "It is let in no more, from this moment on.", "End"))) return;
    await remove(`/api/devices/${device.kind}/${device.id}`).catch(complain);
    again();
  };
  const used = device.used_at === null ? "never used" : `last used ${dayOf(device.used_at)}`;
  return h(
    "li",
    { class: "people-row" },
    icon(SYMBOLS[device.kind]),
    h("div", {}, h("span", { dir: "auto" }, name), h("small", { class: "quiet" }, [KINDS[device.kind], device.detail, used].filter(Boolean).join(" · "))),
    h("button", { type: "button", class: "text-button", "aria-label": `End ${name}`, onclick: () => void end() }, "End"),
  );
}

/** @param {HTMLElement} list @param {Person[]} found @param {() => void} again */
function showPersons(list, found, again) {
  fill(list, found.length ? found.map((one) => personRow(one, again)) : [h("li", { class: "quiet small" }, "Nobody yet. As soon as somebody has a password, everybody has to log in.")]);
}

/** @param {Person} person @param {() => void} again */
function personRow(person, again) {
  const rights = [person.is_admin ? "looks after this Refrain" : "", person.has_password ? "" : "cannot log in"].filter(Boolean).join(", ");
  const choose = async () => {
    const what = await openDialog(person.name, (close) => [
      h(
        "div",
        { class: "choices" },
        h("button", { type: "button", class: "choice", onclick: () => close("link") }, icon("link"), person.has_password ? "Link for a new password" : "Link to choose a password"),
        h("button", { type: "button", class: "choice", onclick: () => close("rename") }, icon("edit"), "Rename"),
        h("button", { type: "button", class: "choice", onclick: () => close("rights") }, icon("settings"), person.is_admin ? "Look after this Refrain no more" : "Let them look after this Refrain, too"),
        h("button", { type: "button", class: "choice", onclick: () => close("remove") }, icon("trash"), "Remove, with everything of theirs"),
      ),
    ]);
    if (what) await changePerson(person, what).catch(complain);
    again();
  };
  return h("li", { class: "people-row" }, icon("person"), h("div", {}, h("span", { dir: "auto" }, person.name), rights && h("small", { class: "quiet" }, rights)), h("button", { type: "button", class: "icon-button", "aria-label": `Change ${person.name}`, onclick: () => void choose() }, icon("more")));
}

/** @param {Person} person @param {string} what */
async function changePerson(person, what) {
  const address = `/api/people/${person.id}`;
  if (what === "link") return showLink(`A new password for ${person.name}`, (await post(`${address}/invitation`)).url);
  if (what === "rights") return patch(address, { is_admin: !person.is_admin });
  if (what === "rename") {
    const name = await promptDialog("Rename", { label: "Name", value: person.name, verb: "Rename", maxlength: 60 });
    return name && patch(address, { name });
  }
  const sure = await confirmDialog(`Remove ${person.name}?`, "Their history, taste, playlists and conversations are erased with them, for good.", "Remove");
  return sure && remove(address);
}

/** @param {Who} who */
async function addPerson(who) {
  const given = await namedPassword("Add somebody", "Add");
  if (!given) return;
  try {
    await post("/api/people", given);
    if (!who.login_needed) location.assign("/login");
  } catch (error) {
    complain(/** @type {Error} */ (error));
  }
}

/** @param {string} title @param {string} verb @returns {Promise<{name: string, password: string} | null>} */
function namedPassword(title, verb) {
  return openDialog(title, (close) => {
    const name = h("input", { class: "field", required: true, maxlength: 60, autocomplete: "off", autofocus: true, dir: "auto" });
    const password = h("input", { class: "field", type: "password", required: true, minlength: 10, maxlength: 256, autocomplete: "new-password" });
    const submit = (/** @type {Event} */ event) => (event.preventDefault(), close({ name: name.value.trim(), password: password.value }));
    return [h("form", { onsubmit: submit }, h("label", { class: "labelled" }, h("span", {}, "Name"), name), h("label", { class: "labelled" }, h("span", {}, "Password, ten characters or more"), password), footer(close, verb))];
  });
}

async function changePassword() {
  const given = await openDialog("Change password", (close) => {
    const current = h("input", { class: "field", type: "password", required: true, autocomplete: "current-password", autofocus: true });
    const fresh = h("input", { class: "field", type: "password", required: true, minlength: 10, maxlength: 256, autocomplete: "new-password" });
    const submit = (/** @type {Event} */ event) => (event.preventDefault(), close({ current: current.value, new: fresh.value }));
    return [h("form", { onsubmit: submit }, h("label", { class: "labelled" }, h("span", {}, "Your password"), current), h("label", { class: "labelled" }, h("span", {}, "The new one, ten characters or more"), fresh), footer(close, "Change"))];
  });
  if (!given) return;
  await put("/api/me/password", given).then(() => toast("Your password was changed; other browsers were logged out."), complain);
}

async function makeAppPassword() {
  const name = await promptDialog("Password for an app", { label: "Which app?", verb: "Make one", maxlength: 60, placeholder: "Symfonium" });
  if (!name) return;
  const made = await post("/api/devices/app-passwords", { name }).catch(complain);
  if (!made) return;
  await openDialog(`For ${name}`, () => [
    h("p", { class: "quiet" }, "Type this into the app. It is shown only now; you can end it here at any time."),
    h("dl", { class: "people-secret" }, h("dt", {}, "Name"), h("dd", {}, made.username), h("dt", {}, "Password"), h("dd", {}, h("code", {}, made.password))),
  ]);
}

async function invite() {
  const name = await promptDialog("Invite by link", { label: "For whom?", verb: "Make the link", maxlength: 60 });
  if (!name) return;
  const made = await post("/api/invitations", { name }).catch(complain);
  if (made) await showLink(`For ${name}`, made.url);
}

/** @param {string} title @param {string} url */
function showLink(title, url) {
  const copy = () => navigator.clipboard?.writeText(url).then(() => toast("Copied."), () => toast("Copy it by hand, please."));
  return openDialog(title, () => [h("p", { class: "quiet" }, "Send them this link. It is good for a week, and once."), h("p", { class: "people-link" }, h("code", {}, url)), h("footer", {}, h("button", { type: "button", class: "button primary", onclick: () => void copy() }, "Copy"))]);
}

async function showAudit() {
  const list = h("ol", { class: "people-list" });
  get(`/api/audit?limit=${MOST_ENTRIES}`)
    .then((/** @type {Entry[]} */ found) => fill(list, found.map((one) => h("li", { class: "people-row" }, h("div", {}, h("span", { dir: "auto" }, `${one.who || "Household"}: ${one.action.replaceAll("_", " ")}${one.what ? `, ${one.what}` : ""}`), h("small", { class: "quiet" }, `${dayOf(one.at)} · ${one.address}`))))))
    .catch(complain);
  await openDialog("What happened", () => [list], { className: "people" });
}

/** @param {(answer?: any) => void} close @param {string} verb */
function footer(close, verb) {
  return h("footer", {}, h("button", { class: "button", type: "button", onclick: () => close() }, "Cancel"), h("button", { class: "button primary", type: "submit" }, verb));
}

/** @param {number} at  seconds since 1970 */
function dayOf(at) {
  return new Date(at * 1000).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}

/** What people call a browser. @param {string} agent */
function browserName(agent) {
  const browser = [["Edg", "Edge"], ["OPR", "Opera"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Safari", "Safari"]].find(([sign]) => agent.includes(sign))?.[1];
  const system = [["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Mac OS", "Mac"], ["Windows", "Windows"], ["Linux", "Linux"]].find(([sign]) => agent.includes(sign))?.[1];
  return browser ? [browser, system].filter(Boolean).join(" on ") : agent.slice(0, 40);
}
