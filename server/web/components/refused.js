/** The files that could not be read, each with its reason. */

import { get, page } from "../api.js";
import { h } from "../dom.js";
import { openDialog } from "./dialogs.js";

export async function showRefused() {
  const { items } = page(await get("/api/index/refused").catch(() => []));
  await openDialog(
    "Files that were refused",
    () => [
      items.length
        ? h("ul", { class: "refused" }, items.map((file) => h("li", {}, h("code", { dir: "ltr" }, file.path), h("p", { class: "quiet small" }, file.reason))))
        : h("p", { class: "quiet" }, "Every file could be read."),
    ],
    { className: "wide" },
  );
}
