import * as actions from "../actions.js";
import { get, page } from "../api.js";
import { h } from "../dom.js";
import { counted, dotted, lengthInWords } from "../format.js";
import { icon } from "../icons.js";
import { go, href } from "../router.js";
import { tile } from "../components/album_card.js";
import { cover } from "../components/cover.js";
import { confirmDialog, promptDialog } from "../components/dialogs.js";
import { moreButton } from "../components/track_menu.js";
import { emptyPage, emptyPlace, largeHeader, pageHeader, playAllButton, shuffleButton } from "./headers.js";
import { trackList } from "./tracks.js";

/** @type {import("../components/page_view.js").Page} */
export async function playlistsPage({ signal }) {
  const [answer, named] = await Promise.all([get("/api/playlists", signal), isNamed(signal)]);
  const { items } = page(answer);
  const create = () => h("button", { type: "button", class: "button", onclick: () => void createOne() }, icon("plus"), "New playlist");
  if (!items.length) return emptyPage("playlist", "No playlists yet", "Make one here, or say “make a playlist called Sunday”.", h("div", { class: "chips" }, create()));
  return h(
    "div",
    { class: "page" },
    pageHeader("Playlists", counted(items.length, "playlist"), create()),
    h(
      "ul",
      { class: "grid" },
      items.map((playlist) => h("li", {}, tile(href("playlists", playlist.id), cover(playlist, 256, { symbol: "playlist" }), playlist.name, dotted(counted(playlist.track_count, "song"), withWhom(playlist, named)), () => actions.play({ playlist_id: playlist.id }), `playlist ${playlist.name}`))),
    ),
  );
}

/**
 * Whether people are told apart here, so that lists belong to somebody.
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>}
 */
const isNamed = (signal) => get("/api/whoami", signal).then((who) => Boolean(who.name)).catch(() => false);

/** @param {{own: boolean, shared: boolean, changeable: boolean}} playlist @param {boolean} named */
function withWhom(playlist, named) {
  if (!playlist.own) return playlist.changeable ? "everybody’s" : "shared with you";
  return named && playlist.shared ? "shared with everybody here" : "";
}

async function createOne() {
  const name = await promptDialog("New playlist", { label: "Name", verb: "Create" });
  const made = name ? await actions.createPlaylist(name) : null;
  if (made) go("playlists", /** @type {any} */ (made).id);
}

/** @type {import("../components/page_view.js").Page} */
export async function playlistPage({ argument, signal, refresh }) {
  const [playlist, named] = await Promise.all([get(`/api/playlists/${encodeURIComponent(argument)}`, signal), isNamed(signal)]);
  /** @type {import("../store.js").Track[]} */
  const tracks = playlist.tracks ?? [];
  /** @type {number[]} */
  const places = playlist.item_ids ?? [];
  const change = async (/** @type {Record<string, unknown>} */ body) => {
    if (await actions.changePlaylist(playlist.id, body)) refresh();
  };
  const reorder = (/** @type {number} */ from, /** @type {number} */ to) => change({ move: { item_id: places[from], to } });
  const rename = async () => {
    const name = await promptDialog("Rename playlist", { label: "Name", value: playlist.name, verb: "Rename" });
    if (name) await change({ name });
  };
  const erase = async () => {
    const sure = await confirmDialog("Delete this playlist?", `“${playlist.name}” is deleted. Its songs stay in your library.`, "Delete");
    if (sure && (await actions.deletePlaylist(playlist.id))) go("playlists");
  };
  const share = async () => {
    if (await actions.sharePlaylist(playlist, !playlist.shared)) refresh();
  };
  const sharing = () => h("button", { type: "button", class: "button large", "aria-pressed": String(playlist.shared), onclick: () => void share() }, icon("people"), playlist.shared ? "Shared" : "Share");
  const extraOf = (/** @type {number} */ index) => [
    ...(index > 0 ? [{ label: "Move up", icon: "up", action: () => void reorder(index, index - 1) }] : []),
    ...(index < tracks.length - 1 ? [{ label: "Move down", icon: "down", action: () => void reorder(index, index + 1) }] : []),
    { label: "Remove from this playlist", icon: "trash", action: () => void change({ remove_items: [places[index]] }) },
  ];
  const selection = { playlist_id: playlist.id };
  return h(
    "div",
    { class: "page" },
    largeHeader({
      kind: "Playlist",
      title: playlist.name,
      art: cover({ title: playlist.name, cover_id: tracks.find((track) => track.cover_id)?.cover_id }, 512, { symbol: "playlist" }),
      lines: [dotted(tracks.length ? dotted(counted(tracks.length, "song"), lengthInWords(playlist.duration_s)) : "Empty", withWhom(playlist, named))],
      buttons: [
        tracks.length > 0 && playAllButton(() => actions.play(selection)),
        tracks.length > 0 && shuffleButton(tracks),
        named && playlist.own && sharing(),
        moreButton(playlist.name, () => [
          { label: "Add to queue", icon: "queue", action: () => actions.addToQueue(selection, playlist.name) },
          ...(playlist.changeable
            ? [
                { label: "Rename…", icon: "edit", action: () => void rename() },
                { label: "Delete…", icon: "trash", action: () => void erase() },
              ]
            : []),
        ]),
      ],
    }),
    tracks.length ? trackList(tracks, { extraOf: playlist.changeable ? extraOf : undefined }) : emptyPlace("song", "Nothing in it yet", "Choose “Add to playlist…” on any song."),
  );
}
