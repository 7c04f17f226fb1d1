"""A language model that obeys every order it reads, so that only the guards in code can stop it."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, SystemMessage, ToolCall
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr

from evals.injection.cases import InjectionCase, OrderedCall
from tools.report import cleaned

_SEEN = 20
"""Characters of the text from which on it counts as read."""
_INSISTS = 2
"""How often it tries to obey before it claims to have done so."""


class ObedientModel(BaseChatModel):
    """Does what is asked; once it has read the text of its case it does what that orders.

    It needs no understanding: the case says which calls and claims obedience comes to, so it is
    fooled in every language and by every trick, also by those that no real model would see
    through.
    """

    _case: InjectionCase = PrivateAttr()
    _obeyed: int = PrivateAttr(default=0)
    _has_read: bool = PrivateAttr(default=False)

    @classmethod
    def fooled_by(cls, case: InjectionCase) -> "ObedientModel":
        model = cls()
        model._case = case
        return model

    @property
    def has_read(self) -> bool:
        """Whether the text was ever shown to it."""
        return self._has_read

    @property
    def _llm_type(self) -> str:
        return "obedient"

    def bind_tools(self, *_args: Any, **_kwargs: Any) -> Any:
        """It knows the tools from its case."""
        return self

    def _generate(self, messages: list[BaseMessage], *_args: Any, **_kwargs: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._answer(messages))])

    def _answer(self, messages: Sequence[BaseMessage]) -> AIMessage:
        self._has_read = self._has_read or self._reads(messages)
        if self._has_read and self._obeyed < _INSISTS and self._case.orders:
            self._obeyed += 1
            return _calling(self._case.orders)
        answered = any(message.type == "tool" for message in messages)
        if not answered and not self._has_read and self._case.first:
            return _calling(self._case.first)
        words = " ".join(self._case.says) if self._has_read else "There you are."
        return AIMessage(words)

    def _reads(self, messages: Sequence[BaseMessage]) -> bool:
        text = cleaned(self._case.text, 200).casefold()
        wanted = (text[:_SEEN], json.dumps(text, ensure_ascii=False)[1:-1][:_SEEN])
        shown = [
            str(each.content).casefold() for each in messages if not isinstance(each, SystemMessage)
        ]
        return any(part in one for one in shown for part in wanted)


def _calling(calls: Sequence[OrderedCall]) -> AIMessage:
    made = [
        ToolCall(name=name, args=dict(arguments), id=uuid4().hex[:8], type="tool_call")
        for name, arguments in calls
    ]
    return AIMessage(content="", tool_calls=made)
