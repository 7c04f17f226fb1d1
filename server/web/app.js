/** Starts the page: first the parts that know, then the parts that show. */

import * as actions from "./actions.js";
import { startAccent } from "./accent.js";
import { conversation } from "./conversation.js";
import { startLive } from "./live.js";
import { ducking } from "./player/ducking.js";
import { startMediaSession } from "./player/media_session.js";
import { output } from "./player/output.js";
import { startOwnership } from "./player/ownership.js";
import { voice } from "./player/voice.js";
import { realtime } from "./realtime.js";
import { startRequests } from "./recognition/requests.js";
import { startRing } from "./recognition/ring.js";
import { store } from "./store.js";
import { saying } from "./talk/saying.js";
import { talking } from "./talk/talking.js";
import { turns } from "./talk/turns.js";
import { showTheme } from "./theme.js";
import { startShortcuts } from "./components/shortcuts.js";
import { startFileDrop } from "./components/file_drop.js";
import "./components/banner.js";
import "./components/chat_view.js";
import "./components/heart_button.js";
import "./components/navigation.js";
import "./components/now_playing.js";
import "./components/page_view.js";
import "./components/queue_panel.js";
import "./components/ring_bar.js";
import "./components/seek_bar.js";
import "./components/sheet.js";
import "./components/talk_strip.js";
import "./components/turn_panel.js";
import "./components/what_is_this.js";

showTheme();
conversation.start();
startLive();
output.start();
startOwnership();
startAccent();
startShortcuts();
startFileDrop();
startRing();
startRequests();
ducking.start();
saying.start();
talking.start();
turns.start();
startMediaSession({
  play: () => void actions.togglePlay(),
  pause: () => void actions.control("pause"),
  next: () => void actions.control("next"),
  previous: () => void actions.control("previous"),
  seek: (position) => void actions.seek(position),
  position: actions.positionNow,
});
realtime.start();

// Its address must not become a route.
document.querySelector(".skip-link")?.addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("main")?.focus();
});

/** For tests and the curious: what really leaves for the loudspeakers. */
Object.defineProperty(window, "refrain", {
  value: Object.freeze({
    player: Object.freeze({
      level: () => output.engine.level(),
      state: () => output.engine.state(),
      share: () => output.engine.share(),
    }),
    voice: Object.freeze({
      level: () => voice.loudness(),
      sounding: () => voice.sounding,
    }),
    talk: () => talking.state,
    speech: () => store.state.speech,
  }),
});
