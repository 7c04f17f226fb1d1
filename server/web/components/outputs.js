/** Where sound comes out: this page, another page, or a player of the server such as mpv. */

import * as actions from "../actions.js";
import { get, page, post } from "../api.js";
import { store } from "../store.js";
import { openMenu } from "./menu.js";
import { toast } from "./toasts.js";

/** The server's name of the player that is all open pages together. */
const PAGE_PLAYER = "this page";

/** @param {HTMLElement} anchor */
export async function openOutputs(anchor) {
  const answer = await get("/api/players").catch(() => null);
  const players = answer?.players ?? page(answer).items;
  const active = answer?.active ?? store.state.player?.name;
  const pageIsActive = active === PAGE_PLAYER || !players.some((/** @type {any} */ player) => player.name === active);
  const here = pageIsActive && store.state.output === "here";
  /** @type {import("./menu.js").Entry[]} */
  const entries = [{ label: "This page", icon: "page", checked: here, action: () => void playOnPage(active) }];
  if (pageIsActive && store.state.output === "elsewhere") entries.push({ label: "Another page", icon: "page", checked: true, hint: "Choose “This page” to bring it here" });
  for (const player of players) {
    if (player.name === PAGE_PLAYER) continue;
    entries.push({ label: player.name, icon: "speaker", checked: player.name === active, hint: player.connected ? "" : "Not there", action: () => void select(player.name) });
  }
  openMenu(anchor, entries, "Where to play");
}

/** @param {string | undefined} active */
async function playOnPage(active) {
  if (active && active !== PAGE_PLAYER) await select(PAGE_PLAYER);
  await actions.playHere();
}

/** @param {string} name */
async function select(name) {
  try {
    await post("/api/player/select", { name });
    if (name !== PAGE_PLAYER) store.set({ output: "elsewhere" });
  } catch (error) {
    toast(error instanceof Error ? error.message : "That player cannot be used.", { kind: "error" });
  }
}
