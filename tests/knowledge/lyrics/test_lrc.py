"""Reading lyrics as they come: with times, without, and with lies in them."""

import pytest

from knowledge.lyrics.beside import decoded
from knowledge.lyrics.language import language_of
from knowledge.lyrics.lrc import LyricLine, parse_lyrics, without_times, written
from knowledge.lyrics.models import lyrics_from


@pytest.mark.unit
def test_times_are_read_and_sorted() -> None:
    lines = parse_lyrics(
        "[ti:Song]\n[offset:+500]\n[00:20.00]second\n[00:10.50][01:00:25]chorus\nno time\n[00:30]"
    )
    assert lines == (
        LyricLine("chorus", 10.0),
        LyricLine("second", 19.5),
        LyricLine("", 29.5),
        LyricLine("chorus", 59.75),
    )
    assert written(lines).split("\n")[0] == "[00:10.00]chorus"
    assert parse_lyrics(written(lines)) == lines
    assert without_times(written(lines)) == "chorus\nsecond\n\nchorus"


@pytest.mark.unit
def test_plain_lyrics_keep_their_verses() -> None:
    lines = parse_lyrics("\r\n\r\nOne line\r\n\r\nanother   line\r\n\r\n")
    assert [line.text for line in lines] == ["One line", "", "another line"]
    assert lines[0].start_s is None


@pytest.mark.unit
@pytest.mark.parametrize(
    "raw",
    ["", "\x00\x00", "[00:10.00]", "[ti:x]\n[ar:y]", "♪ ♪ ♪", "[99:99.999]\n" * 50, "123 456"],
)
def test_what_has_no_words_is_no_lyrics(raw: str) -> None:
    assert lyrics_from(raw, "tag") is None


@pytest.mark.unit
def test_hostile_lyrics_are_bounded() -> None:
    found = lyrics_from("[00:01.00]" * 50_000 + "la la\n" + "\u202ereversed\x07 " * 90_000, "file")
    assert found is None or len(found.text) <= 64 * 1024
    huge = lyrics_from("so many words in one line " * 100_000, "tag")
    assert huge is not None
    assert len(huge.lines) == 1
    assert len(huge.lines[0].text) <= 400
    many = lyrics_from("word\n" * 100_000, "tag")
    assert many is not None
    assert len(many.lines) <= 4_000
    assert "\u202e" not in (lyrics_from("a\u202eb c", "tag") or many).text


@pytest.mark.unit
def test_word_times_are_left_out() -> None:
    assert parse_lyrics("[00:01.00]<00:01.00>Hello <00:01.50>there")[0].text == "Hello there"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Grüße aus der stillen Nacht", "utf-8-sig"),
        ("Grüße aus der stillen Nacht", "utf-16"),
        ("Il était une fois l'été, là-bas, à côté", "cp1252"),
        ("Ночь, улица, фонарь, аптека, бессмысленный и тусклый свет", "cp1251"),
        ("夜空の向こうには明日がもう待っている", "cp932"),
        ("그대를 사랑하는 밤하늘의 별", "euc_kr"),
        ("月亮代表我的心 你问我爱你有多深", "gb18030"),
    ],
)
def test_old_encodings_are_guessed(words: str, encoding: str) -> None:
    assert decoded(words.encode(encoding)) == words


@pytest.mark.unit
@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("I know that you are the one and I will wait for you in the rain", "en"),
        ("Ich weiß nicht was soll es bedeuten, dass ich so traurig bin und du nicht", "de"),
        ("Je ne veux pas que tu partes, je suis dans la nuit et c'est pour toi", "fr"),
        ("No quiero que me digas que te vas, yo no sé cuando tu amor se fue", "es"),
        ("Eu não quero mais ficar sem você, meu amor, e tudo que eu sei é que não", "pt"),
        ("Non ti voglio più, ma sei la sola che mi fa sognare e non so cosa", "it"),
        ("Ik wil niet dat je gaat, het is zo stil in mijn hart en jij bent er niet", "nl"),
        ("Jag vet att du är här och det är natt, men jag vill inte gå till dig", "sv"),
        ("Nie wiem czy to ty, ale ja już się nie boję i jest mi dobrze", "pl"),
        ("夜空の向こうには明日が待っている", "ja"),
        ("月亮代表我的心", "zh"),
        ("तुम ही हो अब तुम ही हो ज़िन्दगी", "hi"),
        ("Я помню чудное мгновенье, мы были вместе", "ru"),
        ("그대를 사랑하는 밤", "ko"),
        ("la la la la", ""),
        ("Veni veni Emmanuel captivum solve Israel qui gemit in exilio", ""),
    ],
)
def test_the_language_is_told_or_left_open(words: str, language: str) -> None:
    assert language_of(words) == language
