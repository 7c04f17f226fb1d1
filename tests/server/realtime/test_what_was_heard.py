"""What a recogniser made of a turn is told, so that the page can show it."""

import pytest

from realtime_client import Heard, connected, speak
from realtime_talking import Talking
from voice.audio import HEARING_RATE_HZ
from voice_speech import with_silences

pytestmark = pytest.mark.integration


async def test_how_sure_the_recogniser_is_comes_before_the_answer(talking: Talking) -> None:
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        await speak(connection, with_silences(0.0, 0.3, 1.2, 2.5), HEARING_RATE_HZ)
        told = await heard.until("refrain.turn.heard")
        await heard.until("response.created")
        assert (told.text, told.heard) == ("Play something calm.", "")
        assert (told.confidence, told.language) == (0.9, "en")
        assert told.item_id == heard.first("input_audio_buffer.committed").item_id
