/** Where sound comes out: this page, another page, or a player of the server such as mpv. */

import { PAGE_PLAYER, playHere } from "../actions.js";
import { get, page, post } from "../api.js";
import { store } from "../store.js";
import { openMenu } from "./menu.js";
import { roomEntries } from "./rooms.js";
import { toast } from "./toasts.js";

/** @param {HTMLElement} anchor */
export async function openOutputs(anchor) {
  const answer = await get("/api/players").catch(() => null);
  const players = answer?.players ?? page(answer).items;
  const active = answer?.active ?? store.state.player?.name;
  const pageIsActive = active === PAGE_PLAYER || !players.some((/** @type {any} */ player) => player.name === active);
  const here = pageIsActive && store.state.output === "here";
  /** @type {import("./menu.js").Entry[]} */
  const entries = [{ label: "This page", icon: "page", checked: here, action: () => void playHere() }];
  if (pageIsActive && store.state.output === "elsewhere") entries.push({ label: "Another page", icon: "page", checked: true, hint: "Choose “This page” to bring it here" });
  for (const player of players) {
    if (player.name === PAGE_PLAYER) continue;
    entries.push({ label: player.name, icon: "speaker", checked: player.name === active, hint: player.connected ? "" : "Not there", action: () => void select(player.name) });
  }
  entries.push(...(await roomEntries()));
  openMenu(anchor, entries, "Where to play");
}

/** @param {string} name */
async function select(name) {
  try {
    await post("/api/player/select", { name });
  } catch (error) {
    toast(error instanceof Error ? error.message : "That player cannot be used.", { kind: "error" });
  }
}
