/** Files that the page makes itself. */

import { h } from "../dom.js";

/** @param {string} name @param {Blob | null} content */
export function save(name, content) {
  if (!content) return;
  const address = URL.createObjectURL(content);
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Rows as CSV; a cell that a spreadsheet would take for a formula is only text. @param {Array<Array<string | number | null>>} rows */
export function csv(rows) {
  const cell = (/** @type {string | number | null} */ value) => {
    if (typeof value === "number") return String(value);
    const text = String(value ?? "");
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return new Blob(["\ufeff", rows.map((row) => row.map(cell).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" });
}
