"""How a conversation looks in a terminal."""

import secrets

from server.conversations import TurnRecord

TERMINAL_SESSION = "terminal"
"""`ask` and `chat` go on with this conversation, so that "the second one" works between them."""


def fresh_session() -> str:
    return f"terminal-{secrets.token_hex(6)}"


def print_results(record: TurnRecord) -> None:
    """Print the numbered list that came with the reply."""
    for result in record.results:
        about = " · ".join(part for part in (result["subtitle"], result["note"]) if part)
        print(f"  {result['number']}. {result['title']}" + (f" — {about}" if about else ""))
