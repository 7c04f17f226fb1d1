/** Sending a request from anywhere on the page. */

import { conversation } from "./conversation.js";
import { output } from "./player/output.js";
import { voice } from "./player/voice.js";
import { currentRoute, go } from "./router.js";
import { store } from "./store.js";
import { speaksAlways } from "./talk/choices.js";
import { talking } from "./talk/talking.js";
import { toast } from "./components/toasts.js";

/**
 * @param {string} text
 * @returns {boolean} whether it went out
 */
export function ask(text) {
  // What is asked here plays here, unless music already plays somewhere else.
  if (!store.playing && store.state.output !== "here") output.claim();
  void output.unlock().catch(() => undefined);
  const aloud = speaksAlways();
  if (aloud) void voice.unlock();
  // Nobody listens to the last answer any more.
  if (voice.sounding) talking.stopAnswer();
  const sent = conversation.ask(text, { aloud });
  if (!sent) toast("There is no connection to Refrain.", { kind: "error", detail: "It is sent as soon as you try again once the connection is back." });
  else if (currentRoute().name !== "chat") go("chat");
  return sent;
}
