"""What a real renderer did, told as JSON; runs inside a network namespace of its own.

Started by test_dlna.py as `python dlna_inside.py FOLDER`. The namespace has the address
10.77.0.1; gmediarender refuses the loopback device.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from player_rigs import LONG, Rig  # noqa: E402
from player_rigs import SHORT as BRIEF  # noqa: E402
from player_sound_server import sound_server  # noqa: E402
from player_sounds import write_junk, write_tone  # noqa: E402
from tools.errors import ToolError  # noqa: E402
from tools.players.dlna import DlnaPlayer, find_renderers  # noqa: E402
from tools.players.player import PlayerEventKind  # noqa: E402

ADDRESS = "10.77.0.1"
SINK = ("--port", "49494", "--gstout-audiopipe", "fakesink sync=true")
"""In real time; other sinks run unthrottled, or do not go on to what follows."""
_NOTES: dict[str, Any] = {}


def renderer(log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as file:
        return subprocess.Popen(
            ["gmediarender", "-f", "TestRenderer", "-I", "d0", *SINK],
            stdout=file,
            stderr=file,
        )


async def found(timeout_s: float = 40.0) -> str:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        answers = await find_renderers(timeout_s=1, source=ADDRESS)
        if answers:
            _NOTES["found"] = answers[0].name
            return answers[0].location
    raise AssertionError("no renderer answered")


async def main(folder: Path) -> None:
    write_tone(folder / "1.wav", 20.0)
    write_tone(folder / "2.wav", 4.0)
    write_junk(folder / "4.wav")
    device = await asyncio.to_thread(renderer, folder / "gmediarender.log")
    try:
        location = await found()
        async with sound_server(lambda one: folder / f"{one}.wav", ADDRESS) as served:
            player = DlnaPlayer(served, location=location, name="parlour")
            rig = Rig(player)
            player.listen(rig.events.append)
            player.start()
            await rig.until(lambda: player.connected)
            await session(rig, player)
            device.kill()
            device.wait()
            lost = await rig.heard(PlayerEventKind.DISCONNECTED)
            _NOTES["lost"] = [lost.state.item_id, player.connected]
            device = await asyncio.to_thread(renderer, folder / "gmediarender.log")
            await rig.until(lambda: player.connected, 40.0)
            _NOTES["returned"] = (await player.play(LONG, timeout_s=6.0)).status
            await player.close()
    finally:
        device.kill()
        device.wait()


async def session(rig: Rig, player: DlnaPlayer) -> None:
    await noted("played", lambda: player.play(LONG, timeout_s=6.0))
    await noted("paused", player.pause)
    held = player.state.position_s
    await asyncio.sleep(0.5)
    _NOTES["held"] = abs(player.state.position_s - held) < 0.1
    await noted("resumed", player.resume)
    await noted("sought", lambda: player.seek(12.0))
    await noted("volume", lambda: player.set_volume(35))
    player.duck(True)
    await asyncio.sleep(0.5)
    _NOTES["ducked"] = player.state.volume
    player.duck(False)
    await asyncio.sleep(0.3)
    await noted("next", lambda: player.play(BRIEF, timeout_s=6.0))
    await player.prepare(LONG)
    advanced = await rig.heard(PlayerEventKind.ADVANCED)
    _NOTES["advanced"] = advanced.state.item_id
    try:
        await player.play(rig.broken, timeout_s=6.0)
    except ToolError as error:
        _NOTES["broken"] = error.code
    await noted("again", lambda: player.play(LONG, timeout_s=6.0))


async def noted(name: str, command: Callable[[], Any]) -> None:
    state = await command()
    _NOTES[name] = [state.status, state.item_id, round(state.position_s, 1), state.volume]


if __name__ == "__main__":
    try:
        asyncio.run(main(Path(sys.argv[1])))
    finally:
        (Path(sys.argv[1]) / "notes.json").write_text(json.dumps(_NOTES))
