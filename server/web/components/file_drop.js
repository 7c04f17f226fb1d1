/** A recording dropped anywhere on the page is named; so is a file or a link that is pasted into the open sheet. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { listening } from "../recognition/listening.js";
import { currentRoute } from "../router.js";
import { store } from "../store.js";
import { dropped } from "./import_panel.js";
import { showListening } from "./listen_button.js";

const LEAVE_MS = 150;

export function startFileDrop() {
  const words = h("p", {});
  const veil = h("div", { class: "drop-veil", hidden: true, "aria-hidden": "true" }, h("div", {}, icon("file"), words));
  document.body.append(veil);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    veil.hidden = false;
    words.textContent = isHistory() ? "Drop an export of Spotify, ListenBrainz or Last.fm" : "Drop a recording, and I tell you what it is";
    clearTimeout(timer);
    timer = setTimeout(() => (veil.hidden = true), LEAVE_MS);
  });
  document.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    veil.hidden = true;
    if (isHistory()) dropped.dispatchEvent(new CustomEvent("file", { detail: file }));
    else identify(file);
  });
  document.addEventListener("paste", (event) => {
    if (!store.state.listen_open || document.querySelector("dialog[open]")) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text").trim() ?? "";
    if (file) identify(file);
    else if (/^https?:\/\//i.test(text)) void listening.identifyUrl(text);
    else return;
    event.preventDefault();
  });
}

/** On that page what is dropped is no music, but a listening history. */
function isHistory() {
  return currentRoute().name === "taste";
}

/** @param {File} file */
export function identify(file) {
  showListening();
  void listening.identifyFile(file);
}
