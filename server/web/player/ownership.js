/** Who sounds: this page, or another one. The newest page to claim it does. */

import { store } from "../store.js";
import { output } from "./output.js";

export function startOwnership() {
  // Sound that plays although this engine is silent comes from somewhere else.
  const judge = () => {
    const { player } = store.state;
    const here = output.engine.status === "playing" || output.engine.status === "paused";
    if (here) store.set({ output: "here" });
    else if (player?.status === "playing" && player.item_id) store.set({ output: "elsewhere" });
  };
  store.watch(["player"], judge);
  output.addEventListener("change", judge);

  // The first click or key of a visit allows sound, whatever it was for.
  const unlock = () => {
    if (store.state.sound_blocked || output.engine.loaded) void output.unlock();
  };
  addEventListener("pointerdown", unlock, { capture: true });
  addEventListener("keydown", unlock, { capture: true });
}
