"""The local model's plumbing with a pretended worker: loading, crashing, answering."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolCall
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field

from agent.errors import ModelMisbehaved, ModelUnavailable
from agent.local.chat import LocalChatModel, request_of
from agent.local.process import LocalProcess
from agent.local.schema import FIELDS, beginning, call_schema, read_call
from agent.loop import Agent
from agent.models import LOCAL, ModelSettings, open_model
from agent_library import open_home
from tools.players.player import PlaybackStatus
from tools.toolbox import TOOLBOX

pytestmark = pytest.mark.integration

_WORKER = """
import http.server, json, sys, threading
settings = json.loads(sys.stdin.readline())
class Answers(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = body["messages"][-1]["content"]
        if self.headers["Authorization"] != "Bearer " + settings["api_key"]:
            self.send_response(401); self.end_headers(); return
        if said == "crash":
            import os; os._exit(3)
        content = json.dumps({"choices": [{"message": {"content": said}}]}).encode()
        self.send_response(200); self.end_headers(); self.wfile.write(content)
    def log_message(self, *_):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(json.dumps({"address": f"http://127.0.0.1:{server.server_address[1]}"}), flush=True)
print(json.dumps({"warm": True}), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def process(tmp_path: Path) -> Iterator[LocalProcess]:
    opened = LocalProcess(
        tmp_path / "model.gguf", beginning(), command=(sys.executable, "-c", _WORKER)
    )
    yield opened
    opened.close()


def test_a_call_is_read_from_the_answer(process: LocalProcess) -> None:
    process.start()
    assert process.wait(20)
    model = LocalChatModel.asking(process, timeout_s=5)
    answer = model.invoke([HumanMessage('{"tool": "play_music", "artist": "Moby"}')])
    assert answer.tool_calls[0]["name"] == "play_music"
    assert answer.tool_calls[0]["args"] == {"artist": "Moby"}


class Eager(BaseChatModel):
    """Takes whatever it is asked for a wish to have silence."""

    asked: list[str] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "eager"

    def bind_tools(self, *_args: Any, **_kwargs: Any) -> Any:
        return self

    def _generate(self, messages: list[BaseMessage], *_args: Any, **_kwargs: Any) -> ChatResult:
        self.asked.append(messages[-1].text)
        call = ToolCall(name="control_playback", args={"action": "pause"}, id=str(len(self.asked)))
        made = AIMessage(content="", tool_calls=[call])
        return ChatResult(generations=[ChatGeneration(message=made)])


async def test_what_is_surely_no_music_is_not_asked_about(tmp_path: Path) -> None:
    model = Eager()
    async with open_home(tmp_path) as home:

        def status() -> PlaybackStatus:
            return home.services.playback.state.status

        await home.say("play Take Five")
        home.agent = Agent(
            home.services,
            sessions=home.sessions,
            model=ModelSettings(provider=LOCAL, model="eager"),
            chat_model=model,
        )
        pizza = await home.say("order me a pizza")
        assert (pizza.finished.model, model.asked) == ("offline", [])
        assert status() is PlaybackStatus.PLAYING
        await home.say("we all fancy a nap")
        assert model.asked == ["we all fancy a nap"]
        assert status() is PlaybackStatus.PAUSED


def test_while_it_loads_nobody_waits(process: LocalProcess) -> None:
    with pytest.raises(ModelUnavailable, match="loaded"):
        process.address()


def test_a_crash_takes_nothing_else_down_and_it_is_started_again(process: LocalProcess) -> None:
    process.start()
    assert process.wait(20)
    first, model = process.pid, LocalChatModel.asking(process, timeout_s=5)
    with pytest.raises(Exception, match=r"(?i)disconnected|closed|reset"):
        model.invoke([HumanMessage("crash")])
    for _ in range(500):  # until the end of the process is noticed
        if not process.is_warm:
            break
        time.sleep(0.01)
    process.start()
    assert process.wait(20)
    assert process.pid != first


def test_a_worker_that_keeps_ending_is_left_alone(tmp_path: Path) -> None:
    process = LocalProcess(tmp_path / "x", beginning(), command=(sys.executable, "-c", "pass"))
    for _ in range(3):
        process.start()
        assert process.wait(20) is False
    with pytest.raises(ModelUnavailable, match="too often"):
        process.start()
    process.close()


def test_it_ends_with_the_server(process: LocalProcess) -> None:
    process.start()
    assert process.wait(20)
    process.close()
    assert not process.is_warm


@pytest.mark.parametrize("text", ["no json", "[]", '{"tool": "launch_rocket"}', "{}", ""])
def test_what_is_no_call_is_refused(text: str) -> None:
    with pytest.raises(ModelMisbehaved):
        read_call(text)


def test_no_tool_is_an_answer_and_empty_arguments_are_none() -> None:
    assert read_call('{"tool": "none"}') is None
    assert read_call('{"tool": "play_music", "query": "", "numbers": []}') == ("play_music", {})


def test_every_field_of_the_schema_is_one_of_the_tool() -> None:
    tools = {tool.name: tool for tool in TOOLBOX}
    assert set(FIELDS) <= set(tools)
    for name, fields in FIELDS.items():
        assert set(fields) <= set(tools[name].arguments.model_fields), name
    assert len(call_schema()["oneOf"]) == len(FIELDS) + 1


def test_every_example_in_the_prompt_is_a_call() -> None:
    answers = [message["content"] for message in beginning() if message["role"] == "assistant"]
    tools = {tool.name: tool for tool in TOOLBOX}
    assert len(answers) >= 10
    for answer in answers:
        call = read_call(answer)
        if call is not None:
            tools[call[0]].arguments.model_validate(call[1])


def test_only_the_request_changes() -> None:
    one, other = request_of("play"), request_of("pause")
    assert one["messages"][:-1] == other["messages"][:-1]
    assert json.dumps(one["response_format"]) == json.dumps(other["response_format"])


def test_without_a_file_it_says_how_to_get_one() -> None:
    with pytest.raises(ModelUnavailable, match="refrain models add llm"):
        open_model(ModelSettings(provider=LOCAL))
