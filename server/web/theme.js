/** Light, dark, or as the system says. */

import { remembered } from "./store.js";

/** @typedef {"system" | "light" | "dark"} Theme */

/** @returns {Theme} */
export function theme() {
  const value = remembered("theme");
  return value === "light" || value === "dark" ? value : "system";
}

/** @param {Theme} value */
export function setTheme(value) {
  remembered("theme", value === "system" ? null : value);
  showTheme();
}

export function showTheme() {
  const value = theme();
  if (value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
}
