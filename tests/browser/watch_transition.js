// Samples the level until the item has changed and a second more went by.
async () => {
  const { player } = refrain;
  const first = player.state().item_id;
  const levels = [];
  const start = performance.now();
  let changedAt = null;
  while (performance.now() - start < 12000) {
    const state = player.state();
    levels.push(player.level());
    if (changedAt === null && state.item_id !== first) changedAt = performance.now();
    if (changedAt !== null && performance.now() - changedAt > 1000) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { changed: changedAt !== null, quietest: Math.min(...levels), state: player.state() };
}
