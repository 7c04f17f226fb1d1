import { h } from "../dom.js";
import { counted, lengthInWords } from "../format.js";
import { icon } from "../icons.js";
import { store } from "../store.js";
import { libraryPlaces } from "../components/navigation.js";
import { openSettings } from "../components/settings.js";
import { pageHeader } from "./headers.js";

/** The phone's way into the library. @type {import("../components/page_view.js").Page} */
export async function libraryPage() {
  const library = store.state.library;
  const size = library ? `${counted(library.tracks, "song")}, ${lengthInWords(library.duration_s)}` : "";
  return h("div", { class: "page" }, pageHeader("Library", size, h("button", { type: "button", class: "icon-button", "aria-label": "Settings", onclick: () => void openSettings() }, icon("settings"))), libraryPlaces());
}
