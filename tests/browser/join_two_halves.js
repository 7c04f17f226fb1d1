// One tone cut in two: played as two decks, it must come out as it was, sample by sample.
async () => {
  const { BufferDeck } = await import("/player/decks.js");
  const rate = 44100;
  const context = new OfflineAudioContext(1, rate * 2, rate);
  const graph = { context, now: 0, mix: context.createGain() };
  graph.mix.connect(context.destination);
  const wave = Float32Array.from({ length: rate }, (_, index) => 0.5 * Math.sin((2 * Math.PI * 440 * index) / rate));
  const cut = 17_321;
  const deck = (samples) => {
    const buffer = context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    return new BufferDeck(graph, { itemId: "x", gainDb: 0, track: {} }, buffer);
  };
  const [first, second] = [deck(wave.slice(0, cut)), deck(wave.slice(cut))];
  await first.start(0, 4410 / rate);
  await second.start(0, first.endTime);
  const heard = (await context.startRendering()).getChannelData(0);
  let worst = 0;
  for (let index = 0; index < wave.length; index += 1) worst = Math.max(worst, Math.abs(heard[4410 + index] - wave[index]));
  return worst;
}
