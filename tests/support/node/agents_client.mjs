// Talks to a server with @openai/agents-realtime as its users do, and tells what it was told.
//
// Arguments: the server's address, a file of PCM16 sound at 24 kHz, and what to do: "turn", "tool"
// or "interrupt". Prints one JSON object a line; ends with {"end": …}.

import { readFileSync } from "node:fs";
import { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool } from "@openai/agents-realtime";
import { z } from "zod";

const [url, file, scenario] = process.argv.slice(2);
const PIECE = 4800;
const tell = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const weather = tool({
  name: "get_weather",
  description: "Get the current weather in a city.",
  parameters: z.object({ city: z.string() }),
  execute: async ({ city }) => {
    tell({ tool: city });
    return `It rains in ${city}`;
  },
});
const agent = new RealtimeAgent({ name: "Music", instructions: "Play music.", tools: scenario === "tool" ? [weather] : [] });
const transport = new OpenAIRealtimeWebSocket({ url });
const session = new RealtimeSession(agent, { transport, model: "refrain", tracingDisabled: true });

let bytes = 0;
let done = 0;
session.on("audio", (event) => (bytes += event.data.byteLength));
session.on("error", (event) => tell({ error: String(event.error?.message ?? JSON.stringify(event.error)) }));
session.on("audio_interrupted", () => tell({ interrupted: true }));
session.on("transport_event", (event) => {
  if (!["response.output_audio.delta", "response.output_audio_transcript.delta"].includes(event.type)) tell({ event: event.type });
  if (event.type === "response.done") done += 1;
});

async function until(what, condition) {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await pause(10);
  }
}

function history() {
  return session.history.map((item) => ({ type: item.type, role: item.role, status: item.status, text: item.content?.[0]?.transcript ?? item.output ?? null }));
}

await session.connect({ apiKey: "any" });
const sound = readFileSync(file);
for (let first = 0; first < sound.length; first += PIECE) {
  const piece = sound.subarray(first, first + PIECE);
  session.sendAudio(piece.buffer.slice(piece.byteOffset, piece.byteOffset + piece.byteLength));
}
if (scenario === "interrupt") {
  await until("sound", () => bytes > 0);
  await pause(900);
  session.interrupt();
  await until("the end", () => done === 1);
} else {
  await until("the answer", () => done === (scenario === "tool" ? 2 : 1));
}
await pause(300); // for the items it reads back
tell({ end: { seconds: bytes / 48_000, history: history() } });
session.close();
process.exit(0);
