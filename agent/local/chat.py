"""The local model as a LangChain chat model: a request in, one tool call out."""

from typing import Any
from uuid import uuid4

import httpx
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolCall
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr

from agent.errors import ModelMisbehaved
from agent.local.process import LocalProcess
from agent.local.schema import NO_TOOL, beginning, call_schema, read_call

MAX_TOKENS = 120


class LocalChatModel(BaseChatModel):
    """Asks the worker process for the tool call of the last message; it never words a reply."""

    _process: LocalProcess = PrivateAttr()
    _timeout_s: float = PrivateAttr(default=15.0)
    _temperature: float = PrivateAttr(default=0.0)
    _seed: int = PrivateAttr(default=0)

    @classmethod
    def asking(
        cls, process: LocalProcess, *, timeout_s: float, temperature: float = 0.0, seed: int = 0
    ) -> "LocalChatModel":
        """A model that asks `process`; with a `temperature` its answers vary with the `seed`."""
        model = cls()
        model._process, model._timeout_s = process, timeout_s
        model._temperature, model._seed = temperature, seed
        return model

    @property
    def process(self) -> LocalProcess:
        return self._process

    @property
    def _llm_type(self) -> str:
        return "refrain-local"

    def bind_tools(self, *_args: Any, **_kwargs: Any) -> Any:
        """The tools stand in the prompt: models this small print calls and make none."""
        return self

    def _body(self, messages: list[BaseMessage]) -> dict[str, Any]:
        return request_of(messages[-1].text, temperature=self._temperature, seed=self._seed)

    def _generate(self, messages: list[BaseMessage], *_args: Any, **_kwargs: Any) -> ChatResult:
        address = self._process.address()
        with httpx.Client(timeout=self._timeout_s, trust_env=False) as client:
            answer = client.post(
                f"{address.url}/v1/chat/completions",
                headers={"Authorization": f"Bearer {address.api_key}"},
                json=self._body(messages),
            )
        return _result(answer)

    async def _agenerate(
        self, messages: list[BaseMessage], *_args: Any, **_kwargs: Any
    ) -> ChatResult:
        address = self._process.address()
        async with httpx.AsyncClient(timeout=self._timeout_s, trust_env=False) as client:
            answer = await client.post(
                f"{address.url}/v1/chat/completions",
                headers={"Authorization": f"Bearer {address.api_key}"},
                json=self._body(messages),
            )
        return _result(answer)


def request_of(text: str, *, temperature: float = 0.0, seed: int = 0) -> dict[str, Any]:
    """The body of a request; all but the last message is the same every time."""
    return {
        "messages": [*beginning(), {"role": "user", "content": text}],
        "temperature": temperature,
        "seed": seed,
        "max_tokens": MAX_TOKENS,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "call", "schema": call_schema()},
        },
    }


def _result(answer: httpx.Response) -> ChatResult:
    """The tool call in an answer.

    Raises:
        ModelMisbehaved: it holds none that can be read, or says that no tool fits.
    """
    if answer.status_code != httpx.codes.OK:
        raise ModelMisbehaved(f"the local model answered with status {answer.status_code}")
    text = str(answer.json()["choices"][0]["message"]["content"])
    found = read_call(text)
    if found is None:
        raise ModelMisbehaved(f"the local model sees no request for music ({NO_TOOL})")
    name, arguments = found
    call = ToolCall(name=name, args=arguments, id=uuid4().hex[:12], type="tool_call")
    made = AIMessage(content="", tool_calls=[call])
    return ChatResult(generations=[ChatGeneration(message=made)])
