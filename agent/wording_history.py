"""How what was played, skipped and rated is recalled; what was heard is told elsewhere."""

from agent import wording_heard
from agent.phrases import called, listing
from agent.replies.manner import Manner
from agent.replies.message import Reply
from agent.replies.times import moment
from knowledge.models import PlayEvent
from tools.message import Say, Value
from tools.result import Found


def history(result: Found, _manner: Manner) -> Reply:
    """The answer of `recall_history`."""
    facts = result.facts
    if facts["kind"] == "heard":
        return wording_heard.history(result)
    kind, total = str(facts["kind"]), int(facts["count"])
    values: dict[str, Value] = {"kind": kind}
    if when := str(facts.get("when", "")):
        values["when"] = moment(when)
    ending = "-when" if when else ""
    if facts.get("order") == "most":
        values["names"] = listing(result.items, total=total)
        return Say(f"history-most{ending}", values)
    if total == 1:
        at = moment(str(facts["first_at"]))
        return Say("history-one", {"kind": kind, "track": called(result.items[0]), "when": at})
    different: dict[int, PlayEvent] = {}
    for item in result.items:
        if isinstance(item, PlayEvent):
            different.setdefault(item.track.id, item)
    shown = tuple(different.values())
    values["names"] = listing(shown, total=len(shown) if total <= len(result.items) else total)
    return Say(f"history{ending or '-last'}", values)
