"""Where a setting comes from, and what is said about one that cannot be used."""

from pathlib import Path

import pytest

from server.errors import BadSettings
from server.settings import LanguageModelSettings, api_key, load_settings
from server.settings_voice import VoiceSettings, stt_api_key, tts_api_key

pytestmark = pytest.mark.unit


def write(folder: Path, toml: str) -> None:
    (folder / "config.toml").write_text(toml, "utf-8")


def test_defaults_listen_on_loopback_only(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert settings.server.host == "127.0.0.1"
    assert settings.server.token is None
    assert settings.model.provider == "offline"


def test_data_folder_holds_everything_of_one_installation(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    for path in (
        settings.database_path,
        settings.covers,
        settings.demo_library,
        settings.config_file,
        settings.token_file,
    ):
        assert path.is_relative_to(tmp_path)


def test_models_are_shared_unless_the_installation_has_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    monkeypatch.setenv("REFRAIN_MODELS", str(shared))
    one, other = load_settings(tmp_path / "one"), load_settings(tmp_path / "other")
    assert one.models == other.models == shared
    assert one.model_folders == (tmp_path / "one" / "models", shared)


def test_languages_in_the_environment_are_separated_by_commas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFRAIN_VOICE__LANGUAGES", "en, DE")
    assert load_settings(tmp_path).voice.languages == ("en", "de")
    monkeypatch.setenv("REFRAIN_VOICE__LANGUAGES", "english")
    with pytest.raises(BadSettings, match="language code"):
        load_settings(tmp_path)


def test_environment_beats_the_file_and_flags_beat_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, '[server]\nport = 1001\nhost = "127.0.0.2"\n[player]\ncrossfade_s = 3.5')
    assert load_settings(tmp_path).server.port == 1001
    monkeypatch.setenv("REFRAIN_SERVER__PORT", "1002")
    assert load_settings(tmp_path).server.port == 1002
    settings = load_settings(tmp_path, {"server": {"port": 1003}})
    assert settings.server.port == 1003
    assert settings.server.host == "127.0.0.2"
    assert settings.player.crossfade_s == 3.5


def test_music_folders_in_the_environment_are_written_like_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFRAIN_LIBRARY__ROOTS", "/music/a:/music/b")
    assert load_settings(tmp_path).library.roots == (Path("/music/a"), Path("/music/b"))


def test_data_folder_can_come_from_the_environment(tmp_path: Path) -> None:
    settings = load_settings(environment={"REFRAIN_DATA": str(tmp_path)})
    assert settings.data == tmp_path
    assert settings.config_file == tmp_path / "config.toml"


def test_a_bad_value_in_the_file_is_named_with_file_and_key(tmp_path: Path) -> None:
    write(tmp_path, "[player]\ncrossfade_s = 90")
    with pytest.raises(BadSettings) as caught:
        load_settings(tmp_path)
    said = str(caught.value)
    assert str(tmp_path / "config.toml") in said
    assert "player.crossfade_s" in said
    assert "12" in said


def test_a_bad_value_in_the_environment_is_named_by_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFRAIN_SERVER__PORT", "nine")
    with pytest.raises(BadSettings, match="REFRAIN_SERVER__PORT"):
        load_settings(tmp_path)


def test_an_unknown_key_is_an_error_not_ignored(tmp_path: Path) -> None:
    write(tmp_path, "[server]\nprot = 9000")
    with pytest.raises(BadSettings, match=r"server\.prot: no such setting"):
        load_settings(tmp_path)


def test_a_file_that_is_not_toml_is_named_with_the_place(tmp_path: Path) -> None:
    write(tmp_path, "[server\nport = 1")
    with pytest.raises(BadSettings, match="line 1"):
        load_settings(tmp_path)


def test_a_short_token_is_refused_without_being_shown(tmp_path: Path) -> None:
    write(tmp_path, '[server]\ntoken = "hunter2"')
    with pytest.raises(BadSettings) as caught:
        load_settings(tmp_path)
    assert "hunter2" not in str(caught.value)


def test_secrets_are_not_printed_with_the_settings(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {"model": {"api_key": "sk-very-secret"}})
    assert "sk-very-secret" not in repr(settings)


def test_the_key_file_must_be_private(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("sk-1234\n", "utf-8")
    key.chmod(0o644)
    with pytest.raises(BadSettings, match="read by other users"):
        api_key(LanguageModelSettings(api_key_file=key))
    key.chmod(0o600)
    read = api_key(LanguageModelSettings(api_key_file=key))
    assert read is not None
    assert read.get_secret_value() == "sk-1234"


def test_the_keys_of_speech_servers_are_kept_like_the_model_s(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("sk-voice\n", "utf-8")
    key.chmod(0o644)
    with pytest.raises(BadSettings, match=r"voice\.stt_api_key_file"):
        stt_api_key(VoiceSettings(stt_api_key_file=key))
    key.chmod(0o600)
    read = tts_api_key(VoiceSettings(tts_api_key_file=key))
    assert read is not None
    assert read.get_secret_value() == "sk-voice"
    assert stt_api_key(VoiceSettings()) is None


def test_a_missing_key_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as caught:
        api_key(LanguageModelSettings(api_key_file=tmp_path / "none"))
    assert "REFRAIN_MODEL__API_KEY" in caught.value.next_step


def test_every_setting_is_documented() -> None:
    documented = Path(__file__).parents[2].joinpath("docs", "configuration.md").read_text("utf-8")
    settings = load_settings(Path("/nowhere"))
    for section in ("server", "library", "player", "model", "recognition", "voice"):
        for name, field in type(getattr(settings, section)).model_fields.items():
            assert field.description, f"{section}.{name} has no docstring"
            assert f"`{name}`" in documented, f"{section}.{name} is not in docs/configuration.md"
