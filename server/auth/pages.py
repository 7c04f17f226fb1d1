"""The few pages outside the page: login, invitation, consent, devices. HTML without any script."""

from collections.abc import Iterable
from html import escape
from typing import Final

from starlette.responses import HTMLResponse

from server.auth.identity import Permission
from server.auth.oauth.clients import Client
from server.auth.scopes import MEANINGS
from server.auth.security_headers import SECURITY_HEADERS

_MARK: Final = '<img class="mark" src="/icons/refrain.svg" alt="" width="52" height="52">'
_HEAD: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="dark light">
<meta name="robots" content="noindex">
<title>{title} · Refrain</title>
<link rel="icon" href="/icons/refrain.svg" type="image/svg+xml">
<link rel="stylesheet" href="/styles/tokens.css">
<link rel="stylesheet" href="/styles/door.css">
</head>
<body>
<main class="door">
"""


def answer(
    html: str, status: int = 200, *, sends_to: str = "", cookie: str | None = None
) -> HTMLResponse:
    """A page as an answer; nothing of it is kept anywhere.

    Args:
        html: the page.
        status: HTTP's.
        sends_to: origin to which its form may lead in the end, beside our own.
        cookie: value of a Set-Cookie header.
    """
    policy = SECURITY_HEADERS["content-security-policy"]
    if sends_to:
        policy = policy.replace("form-action 'self'", f"form-action 'self' {sends_to}")
    headers = {
        "cache-control": "no-store",
        "content-security-policy": policy,
        # With "no-referrer" a browser names no origin when it sends a form.
        "referrer-policy": "same-origin",
    }
    response = HTMLResponse(html, status, headers)
    if cookie is not None:
        response.headers.append("set-cookie", cookie)
    return response


def page(title: str, body: str, *, foot: str = "") -> str:
    """A page with the mark above and a line below. `body` and `foot` are HTML."""
    below = f'<p class="foot">{foot}</p>' if foot else ""
    return (
        _HEAD.format(title=escape(title))
        + f"{_MARK}\n<h1>{escape(title)}</h1>\n{body}\n</main>\n{below}</body>\n</html>\n"
    )


def message_page(title: str, said: str, *, link: tuple[str, str] | None = None) -> str:
    """A page that only says something."""
    button = (
        f'<p class="actions"><a class="button" href="{escape(link[0])}">{escape(link[1])}</a></p>'
        if link
        else ""
    )
    return page(title, f'<p class="said">{escape(said)}</p>{button}')


def token_page(*, there: str = "/", error: str = "") -> str:
    """Asks for the installation's token; leads to `there`."""
    return page(
        "This Refrain is locked",
        '<p class="said">It asks for its access token. <code>refrain serve</code> showed it when '
        "it started for the first time; it is kept in the file <code>token</code> of the data "
        f'folder.</p>{_problem(error)}<form action="/login" method="post">'
        f'<input type="hidden" name="next" value="{escape(there)}">'
        + _field("Access token", "token", kind="password", autocomplete="off")
        + '<button class="button primary">Open</button></form>',
    )


def login_page(*, there: str, name: str = "", error: str = "") -> str:
    """Asks for name and password; leads to `there`."""
    return page(
        "Log in",
        _problem(error) + '<form action="/login" method="post">'
        f'<input type="hidden" name="next" value="{escape(there)}">'
        + _field("Name", "name", value=name, autocomplete="username", focus=not name)
        + _field(
            "Password",
            "password",
            kind="password",
            autocomplete="current-password",
            focus=bool(name),
        )
        + '<button class="button primary">Log in</button></form>',
        foot="Forgotten it? Somebody who looks after this Refrain can send you a new link.",
    )


def invitation_page(*, secret: str, name: str, known: bool, error: str = "") -> str:
    """Lets somebody choose a name and a password; `known` is who has a name already."""
    if known:
        title, said = "Choose a new password", f"You are {name} here."
    elif name:
        title, said = f"Welcome, {name}", "Choose a password, and this Refrain is yours, too."
    else:
        title, said = "Welcome", "Choose a name and a password, and this Refrain is yours, too."
    fields = "" if name else _field("Name", "name", autocomplete="username", focus=True)
    who = (
        f'<input type="hidden" name="username" value="{escape(name)}" autocomplete="username">'
        if name
        else ""
    )
    return page(
        title,
        f'<p class="said">{escape(said)}</p>{_problem(error)}'
        '<form action="/invitation" method="post">'
        f'<input type="hidden" name="token" value="{escape(secret)}">{who}{fields}'
        + _field(
            "Password", "password", kind="password", autocomplete="new-password", focus=bool(name)
        )
        + _field("The same again", "again", kind="password", autocomplete="new-password")
        + '<p class="hint">Ten characters or more. A few words are easier to remember than signs.'
        '</p><button class="button primary">Go in</button></form>',
    )


def consent_page(
    client: Client,
    permissions: Iterable[Permission],
    *,
    action: str,
    hidden: dict[str, str],
    who: str,
    leads_to: str,
) -> str:
    """Asks whether a program may have these permissions; each can be left out."""
    rows = "".join(
        f'<li><label><input type="checkbox" name="allow" value="{one.value}" checked>'
        f"<span>{escape(MEANINGS[one])}</span></label></li>"
        for one in Permission
        if one in frozenset(permissions)
    )
    fields = "".join(
        f'<input type="hidden" name="{escape(key)}" value="{escape(value)}">'
        for key, value in hidden.items()
    )
    unknown = (
        '<p class="hint">This program registered itself. Allow it only if you have just '
        "connected it.</p>"
        if client.registered
        else ""
    )
    person = f"as <strong>{escape(who)}</strong>" if who else "for the household"
    return page(
        f"Allow {client.name}?",
        f'<p class="said"><strong>{escape(client.name)}</strong> wants to use this Refrain '
        f"{person}:</p>"
        f'<form action="{escape(action)}" method="post">{fields}<ul class="wishes">{rows}</ul>'
        f'{unknown}<p class="hint">{escape(leads_to)}</p>'
        '<p class="actions"><button class="button" name="decision" value="refuse">Refuse</button>'
        '<button class="button primary" name="decision" value="allow">Allow</button></p></form>',
        foot="You can take this back at any time under People and devices.",
    )


def device_page(*, code: str = "", error: str = "") -> str:
    """Asks for the code that a device shows."""
    return page(
        "Connect a device",
        '<p class="said">Type the code that the device shows or says.</p>'
        + _problem(error)
        + '<form action="/device" method="get">'
        + _field(
            "Code",
            "user_code",
            value=code,
            autocomplete="off",
            focus=True,
            extra=' class="code" maxlength="20" autocapitalize="characters" spellcheck="false"'
            ' placeholder="BCDF-GHJK"',
        )
        + '<button class="button primary">Go on</button></form>',
    )


def _field(
    label: str,
    name: str,
    *,
    kind: str = "text",
    value: str = "",
    autocomplete: str = "",
    focus: bool = False,
    extra: str = "",
) -> str:
    focused = " autofocus" if focus else ""
    return (
        f'<label class="field"><span>{escape(label)}</span><input type="{kind}" name="{name}" '
        f'value="{escape(value)}" autocomplete="{autocomplete}" required{focused}{extra}></label>'
    )


def _problem(error: str) -> str:
    return f'<p class="problem" role="alert">{escape(error)}</p>' if error else ""
