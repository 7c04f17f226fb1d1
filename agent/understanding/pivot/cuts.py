"""Where a text may be cut: polite beginnings and endings off, requests apart."""

from collections.abc import Iterator, Sequence

from agent.understanding.pivot.language import PivotLanguage
from agent.understanding.tokens import Token


def candidates(language: PivotLanguage, words: Sequence[str]) -> list[int]:
    said = set(words)
    found = {place for word in said for place in language.by_word.get(word, ())}
    return sorted(
        place for place in found | set(language.always) if language.rules[place].may_match(said)
    )


def bare(
    language: PivotLanguage, tokens: Sequence[Token]
) -> Iterator[tuple[Sequence[Token], bool]]:
    """The request as it is, then without polite beginnings and endings, then without idle words.

    Each comes with whether words were taken from its middle.
    """
    yield tokens, False
    start, end = _skip_before(language, tokens), _skip_after(language, tokens)
    if start:
        yield tokens[start:], False
    if end < len(tokens):
        yield tokens[:end], False
        if 0 < start < end:
            yield tokens[start:end], False
    if start < end:
        thin = [token for token in tokens[start:end] if token.word not in language.idle]
        if 0 < len(thin) < end - start:
            yield thin, True


def _skip_before(language: PivotLanguage, tokens: Sequence[Token]) -> int:
    start, moved = 0, True
    while moved:
        moved = False
        for phrase in language.before:
            end = start + len(phrase)
            if end < len(tokens) and stands(tokens, start, phrase):
                start, moved = end, True
                break
    return start


def _skip_after(language: PivotLanguage, tokens: Sequence[Token]) -> int:
    end, moved = len(tokens), True
    while moved:
        moved = False
        for phrase in language.after:
            begin = end - len(phrase)
            if begin > 0 and stands(tokens, begin, phrase):
                end, moved = begin, True
                break
    return end


def joints(
    language: PivotLanguage, text: str, tokens: Sequence[Token]
) -> Iterator[tuple[int, int]]:
    """Where one request may end and the next begin: token places, ends not included."""
    for at in range(1, len(tokens)):
        for phrase in language.joints:
            after = at + len(phrase)
            if after < len(tokens) and stands(tokens, at, phrase):
                yield at, after
                break
        else:
            for phrase in language.seams:
                if at >= len(phrase) and stands(tokens, at - len(phrase), phrase):
                    yield at, at
                    break
            gap = text[tokens[at - 1].end : tokens[at].start]
            if any(sign in gap for sign in ",;.、，。।!?！？"):
                yield at, at


def stands(tokens: Sequence[Token], at: int, phrase: Sequence[str]) -> bool:
    return all(tokens[at + i].word == word for i, word in enumerate(phrase))
