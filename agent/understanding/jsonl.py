"""An understanding as one JSON object, for scripts and for "why did it do that?"."""

from typing import Any

from agent.understanding.request import Understanding


def as_json(understanding: Understanding) -> dict[str, Any]:
    """Public label, our finer intent, slots, confidence, the stage that decided, the language."""
    return {
        "intent": understanding.intent.public,
        "detail": understanding.intent.value,
        "slots": {name: list(values) for name, values in understanding.slots.items()},
        "confidence": round(understanding.confidence, 4),
        "source": understanding.source,
        "alternatives": [
            {"intent": intent.value, "confidence": round(chance, 4)}
            for intent, chance in understanding.alternatives
        ],
        "language": understanding.language,
        "english": understanding.english,
    }
