/** What can be done with one song, album, artist or playlist besides playing it. */

import * as actions from "../actions.js";
import { get, page } from "../api.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { go } from "../router.js";
import { store } from "../store.js";
import { openDialog, promptDialog } from "./dialogs.js";
import { openMenu } from "./menu.js";
import { openWhy } from "./why.js";
import { tell } from "../taste.js";

/** @typedef {import("./menu.js").Entry} Entry */
/** @typedef {import("../store.js").Track} Track */

/**
 * The "…" button of an item.
 * @param {string} title
 * @param {() => Entry[] | Promise<Entry[]>} entries
 */
export function moreButton(title, entries) {
  /** @type {HTMLButtonElement} */
  const button = h(
    "button",
    {
      type: "button",
      class: "icon-button more",
      "aria-label": `More for ${title}`,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: async (/** @type {Event} */ event) => {
        event.stopPropagation();
        event.preventDefault();
        openMenu(button, await entries(), title);
      },
    },
    icon("more"),
  );
  return button;
}

/**
 * @param {Track} track
 * @param {Entry[]} [extra]  entries of the list that it stands in
 * @returns {Entry[]}
 */
export function trackEntries(track, extra = []) {
  const liked = store.liked(track) === true;
  const one = { track_ids: [track.id] };
  return [
    { label: "Play next", icon: "playnext", action: () => actions.playNext(one, track.title) },
    { label: "Add to queue", icon: "queue", action: () => actions.addToQueue(one, track.title) },
    { label: "Add to playlist…", icon: "playlist", action: () => choosePlaylist([track.id]) },
    { label: liked ? "Remove from liked" : "Like", icon: liked ? "hearted" : "heart", action: () => actions.toggleLike(track) },
    "line",
    { label: "About this song", icon: "about", action: () => go("tracks", track.id) },
    { label: "Why this?", icon: "why", action: () => openWhy(track) },
    { label: "More like this", icon: "more_like", action: () => tell(track, "more") },
    { label: "Less like this", icon: "less_like", action: () => tell(track, "less") },
    "line",
    ...(track.album_id ? [{ label: "Go to album", icon: "album", action: () => go("albums", track.album_id ?? 0) }] : []),
    { label: "Go to artist", icon: "artist", action: () => actions.openArtist(track.artists[0] ?? track.artist) },
    ...(extra.length ? /** @type {Entry[]} */ (["line", ...extra]) : []),
  ];
}

/**
 * @param {import("../actions.js").Selection} selection
 * @param {string} title
 * @param {Entry[]} [extra]
 * @returns {Entry[]}
 */
export function collectionEntries(selection, title, extra = []) {
  return [
    { label: "Play", icon: "play", action: () => actions.play(selection) },
    { label: "Play next", icon: "playnext", action: () => actions.playNext(selection, title) },
    { label: "Add to queue", icon: "queue", action: () => actions.addToQueue(selection, title) },
    ...extra,
  ];
}

/** @param {number[]} trackIds */
export async function choosePlaylist(trackIds) {
  const { items } = page(await get("/api/playlists").catch(() => []));
  const choice = await openDialog("Add to playlist", (close) => [
    h(
      "div",
      { class: "choices" },
      h("button", { type: "button", class: "choice", onclick: () => close("new") }, icon("plus"), h("span", {}, "New playlist…")),
      items.filter((playlist) => playlist.changeable).map((playlist) => h("button", { type: "button", class: "choice", onclick: () => close(playlist) }, icon("playlist"), h("span", { dir: "auto" }, playlist.name))),
    ),
  ]);
  if (choice === "new") {
    const name = await promptDialog("New playlist", { label: "Name", verb: "Create" });
    if (name) await actions.createPlaylist(name, trackIds);
  } else if (choice) await actions.addToPlaylist(choice.id, trackIds, choice.name);
}
