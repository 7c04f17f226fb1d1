"""One answer in three forms: XML, JSON and JSONP.

An answer is a tree of plain values, as the JSON form has it. In XML its scalars are attributes,
its objects child elements, and a scalar named `value` is the text of its element.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.responses import Response

from server.integrations.subsonic.errors import SubsonicError
from server.version import VERSION

API_VERSION = "1.16.1"
_NAMESPACE = "http://subsonic.org/restapi"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,99}", re.ASCII)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Tree = Mapping[str, Any]


def answered(content: Tree, form: str, callback: str = "") -> Response:
    """A successful answer; `form` is "xml", "json" or "jsonp"."""
    return _formed({"status": "ok", **_head(), **content}, form, callback)


def refused(error: SubsonicError, form: str, callback: str = "") -> Response:
    """An answer that tells an error."""
    told = {"code": int(error.code), "message": str(error)}
    return _formed({"status": "failed", **_head(), "error": told}, form, callback)


def form_of(given: str, callback: str) -> str:
    """The form that `f` asks for; what cannot be had is XML, as the protocol has it."""
    if given == "jsonp" and not _CALLBACK.fullmatch(callback):
        return "json"
    return given if given in {"json", "jsonp"} else "xml"


def _head() -> Tree:
    return {
        "version": API_VERSION,
        "type": "refrain",
        "serverVersion": VERSION,
        "openSubsonic": True,
    }


def _formed(content: Tree, form: str, callback: str) -> Response:
    if form == "xml":
        root = Element("subsonic-response", {"xmlns": _NAMESPACE})
        _fill(root, content)
        body = tostring(root, encoding="utf-8", xml_declaration=True)
        return Response(body, media_type="text/xml; charset=utf-8")
    text = json.dumps({"subsonic-response": _plain(content)}, ensure_ascii=False)
    if form == "json":
        return Response(_clean(text), media_type="application/json")
    # A comment first, so that no plug-in takes the beginning for something else.
    script = f"/**/{callback}({_clean(text)});"
    return Response(script, media_type="application/javascript; charset=utf-8")


def _plain(value: Any) -> Any:
    """Without what is not there: an optional field is left out, never null."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _clean(text: str) -> str:
    """Lone halves of characters, which no encoding can hold, become question marks."""
    return text.encode("utf-8", "replace").decode()


def _fill(element: Element, content: Tree) -> None:
    for key, value in content.items():
        if value is None:
            continue
        if isinstance(value, Mapping):
            _fill(SubElement(element, key), value)
        elif isinstance(value, list | tuple):
            for one in value:
                child = SubElement(element, key)
                if isinstance(one, Mapping):
                    _fill(child, one)
                else:
                    child.text = _text(one)
        elif key == "value":
            element.text = _text(value)
        else:
            element.set(key, _text(value))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NOT_IN_XML.sub("\ufffd", str(value))
