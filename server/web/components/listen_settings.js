/** Where this device stands, and whether the last minutes are kept. */

import { get } from "../api.js";
import { h } from "../dom.js";
import { counted } from "../format.js";
import { MAX_PLACE, placeName, setPlaceName } from "../recognition/device.js";
import { offer } from "../recognition/requests.js";
import { keepRing, wipeRing } from "../recognition/ring.js";
import { store } from "../store.js";

export function recognitionPart() {
  const place = h("input", { class: "field place-field", type: "text", maxlength: MAX_PLACE, value: placeName(), placeholder: "kitchen", autocomplete: "off", dir: "auto", onchange: () => rename(place) });
  return h(
    "fieldset",
    {},
    h("legend", {}, "What is this?"),
    h("label", { class: "setting" }, h("div", {}, h("span", {}, "Where this device stands"), h("small", { class: "quiet" }, "Kept with what is heard here, so that you can ask for it later")), place),
    ringSwitch(),
    tunes(),
  );
}

/** How many songs can be hummed by now. */
function tunes() {
  const line = h("p", { class: "quiet small", hidden: true });
  get("/api/melodies")
    .then(({ indexed, waiting }) => {
      line.hidden = !indexed && !waiting;
      line.textContent = `${counted(indexed, "tune")} can be hummed${waiting ? `; ${counted(waiting, "song")} still to be learned` : ""}.`;
    })
    .catch(() => undefined);
  return line;
}

/** The switch of the kept minutes, off until somebody wants it. */
export function ringSwitch() {
  const box = h("input", { type: "checkbox", class: "switch", role: "switch", checked: store.state.ring !== null });
  // Not disabled meanwhile: a disabled control swallows the keys that are pressed on it, Escape too.
  let asking = false;
  box.addEventListener("change", async () => {
    if (!box.checked) return void wipeRing();
    asking = true;
    const kept = await keepRing();
    asking = false;
    box.checked = kept && box.checked;
    return undefined;
  });
  const stop = store.watch(["ring"], () => {
    if (!box.isConnected) return stop();
    if (!asking) box.checked = store.state.ring !== null;
    return undefined;
  });
  return h("label", { class: "setting" }, h("div", {}, h("span", {}, "Keep the last minutes"), h("small", { class: "quiet" }, "To answer “what was that?” afterwards. Only in memory, never written down; a bar at the top shows it on every page")), box);
}

/** @param {HTMLInputElement} field */
function rename(field) {
  field.value = setPlaceName(field.value);
  offer();
}
