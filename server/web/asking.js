/** Sending a request from anywhere on the page. */

import { conversation } from "./conversation.js";
import { output } from "./player/output.js";
import { currentRoute, go } from "./router.js";
import { store } from "./store.js";
import { toast } from "./components/toasts.js";

/**
 * @param {string} text
 * @returns {boolean} whether it went out
 */
export function ask(text) {
  // What is asked here plays here, unless music already plays somewhere else.
  if (!store.playing && store.state.output !== "here") output.claim();
  void output.unlock().catch(() => undefined);
  const sent = conversation.ask(text);
  if (!sent) toast("There is no connection to Refrain.", { kind: "error", detail: "It is sent as soon as you try again once the connection is back." });
  else if (currentRoute().name !== "chat") go("chat");
  return sent;
}
