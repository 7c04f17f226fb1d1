// A crossfade of two constant signals: the squared gains of both, read from left and right.
async () => {
  const { fade } = await import("/player/fades.js");
  const rate = 8000;
  const context = new OfflineAudioContext(2, rate * 3, rate);
  const merger = context.createChannelMerger(2);
  merger.connect(context.destination);
  ["out", "in"].forEach((direction, channel) => {
    const source = context.createConstantSource();
    const gain = context.createGain();
    fade(gain.gain, direction, 1, 1);
    source.connect(gain).connect(merger, 0, channel);
    source.start();
  });
  const heard = await context.startRendering();
  const [out, into] = [heard.getChannelData(0), heard.getChannelData(1)];
  const at = (seconds) => [out[seconds * rate], into[seconds * rate]].map((gain) => Math.round(gain * 1000) / 1000);
  let least = 2;
  let most = 0;
  for (let index = 0; index < out.length; index += 1) {
    const power = out[index] ** 2 + into[index] ** 2;
    least = Math.min(least, power);
    most = Math.max(most, power);
  }
  return { before: at(0.5), middle: at(1.5), after: at(2.5), least, most };
}
