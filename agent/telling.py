"""From the stream of the graph to the events of a turn; words pass only once they are proven."""

from collections.abc import Iterator
from typing import Any

from langchain_core.messages import AIMessage, AIMessageChunk

from agent import reply, talk
from agent.events import AgentEvent, ReplyDelta, ResultsNumbered, ToolFinished, ToolStarted
from agent.grounding.grounds import has_read_order
from agent.honesty import first_lie
from agent.offline import OFFLINE
from agent.speech import SpeechGate
from agent.turn import Turn
from agent.watch import TOOL_NAMES, ModelFellBack


class Telling:
    """Reads the stream of one turn.

    The offline model's words come from results and pass at once. A language model's words wait in
    a gate until their sentence is complete and nothing in it is claimed without proof.
    """

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._gate = SpeechGate(self._lie, TOOL_NAMES)
        self._spoken = False
        self._offline_speaks = False

    def events(self, mode: str, item: Any) -> Iterator[AgentEvent]:
        """What one item of the stream tells."""
        if mode == "custom":
            if isinstance(item, ModelFellBack):
                self._gate.forget()
            elif isinstance(item, ToolStarted | ToolFinished | ResultsNumbered):
                yield item
        elif mode == "messages":
            words = _words_of_model(item)
            if words and self._turn.model == OFFLINE:
                yield self._offline(words)
            elif words:
                yield from self._proven(self._gate.feed(words))
        elif "model" in item and self._turn.model != OFFLINE:  # the message is complete
            yield from self._proven(self._gate.finish())

    def end(self) -> Iterator[AgentEvent]:
        """What is left to say when the graph has ended."""
        turn = self._turn
        if turn.model == OFFLINE or (self._spoken and not self._gate.caught):
            return
        honest = reply.word_turn(turn, turn.outcomes)
        yield self._delta(self._apart(honest or reply.say(turn, talk.NOTHING_DONE)))

    def _lie(self, sentence: str) -> str | None:
        if has_read_order(self._turn):
            return "after an order"  # the offline model words this reply
        return first_lie(sentence, self._turn.outcomes)

    def _proven(self, sentences: list[str]) -> Iterator[AgentEvent]:
        for sentence in sentences:
            yield self._delta(self._apart(sentence))

    def _delta(self, words: str) -> ReplyDelta:
        return ReplyDelta(words, reply.manner_of(self._turn).language)

    def _offline(self, words: str) -> ReplyDelta:
        if self._offline_speaks:
            return self._delta(words)
        self._offline_speaks = True
        return self._delta(self._apart(words))

    def _apart(self, words: str) -> str:
        """`words` with a space before them when something was said already."""
        before, self._spoken = self._spoken, True
        return f" {words}" if before and not words[:1].isspace() else words


def _words_of_model(item: Any) -> str:
    """The text of a streamed piece, if the model said it: tools stream their JSON, too."""
    message, metadata = item
    if metadata.get("langgraph_node") != "model":
        return ""
    return message.text if isinstance(message, AIMessageChunk | AIMessage) else ""
