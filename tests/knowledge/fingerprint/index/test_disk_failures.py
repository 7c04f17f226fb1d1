"""A disk that refuses or forgets leaves the state before a change or the state after it."""

import random
from pathlib import Path

import pytest

from fingerprint_disks import FailingFiles, ForgetfulDisk, QuickFiles
from fingerprint_makers import make_fingerprint, same_fingerprint
from knowledge.errors import IndexUnwritable
from knowledge.fingerprint.index.files import Files
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.models import Fingerprint

SONGS = {number: make_fingerprint(number, seconds=1) for number in range(8)}
States = list[dict[str, Fingerprint]]


def open_on(folder: Path, files: Files) -> FingerprintIndex:
    return FingerprintIndex(folder, auto_merge=False, files=files)


def work(index: FingerprintIndex, states: States) -> None:
    """Change the index in every way; `states` gets each state before it is begun."""
    index.add({"a": SONGS[0], "b": SONGS[1]})
    for change in (
        {"b": SONGS[2], "c": SONGS[3]},
        {"d": SONGS[4]},
    ):
        states.append({**states[-1], **change})
        index.add(change)
    states.append({key: song for key, song in states[-1].items() if key != "a"})
    index.remove(["a"])
    states.append(states[-1])
    index.compact()
    states.append({**states[-1], "a": SONGS[5]})
    index.add({"a": SONGS[5]})


def holds(folder: Path, expected: dict[str, Fingerprint]) -> bool:
    with open_on(folder, QuickFiles()) as index:
        index.verify()
        found = dict(index.fingerprints(index.keys()))
    return found.keys() == expected.keys() and all(
        same_fingerprint(found[key], expected[key]) for key in found
    )


def operations_of_the_work(folder: Path) -> int:
    files = FailingFiles(fails_at=10**9)
    with open_on(folder, files) as index:
        work(index, [{}, {"a": SONGS[0], "b": SONGS[1]}])
    return files.count


@pytest.mark.integration
@pytest.mark.parametrize("for_good", [False, True], ids=["once", "from then on"])
def test_any_operation_may_fail(tmp_path: Path, *, for_good: bool) -> None:
    steps = operations_of_the_work(tmp_path / "whole")
    assert steps > 100
    refused = 0
    for step in range(1, steps + 1, 1 if for_good else 3):
        folder = tmp_path / str(step)
        states: States = [{}, {"a": SONGS[0], "b": SONGS[1]}]
        try:
            index = open_on(folder, FailingFiles(step, for_good=for_good))
        except IndexUnwritable:
            states = [{}]
            refused += 1
        else:
            try:
                work(index, states)
            except IndexUnwritable:
                refused += 1
            index.close()
        assert any(holds(folder, state) for state in states[-2:]), f"step {step}"
    assert refused > 10


@pytest.mark.unit
def test_after_a_failure_the_same_index_goes_on(tmp_path: Path) -> None:
    with open_on(tmp_path, files := FailingFiles(fails_at=10**9)) as index:
        index.add({"a": SONGS[0]})
        for step in range(1, 25):
            files._fails_at = files.count + step
            try:
                index.add({"b": SONGS[step % 8]})
            except IndexUnwritable:
                index.verify()
            index.add({"c": SONGS[step % 5]})
        assert index.keys() == {"a", "b", "c"}
        index.compact()
        index.remove(["a"])
        assert len([path for path in tmp_path.iterdir() if path.suffix == ".fps"]) <= 2


@pytest.mark.integration
def test_the_power_may_go_at_any_moment(tmp_path: Path) -> None:
    rng = random.Random(20261123)
    states: States = [{}, {"a": SONGS[0], "b": SONGS[1]}]
    checked = 0

    def cut(disk: ForgetfulDisk) -> None:
        nonlocal checked
        for found in disk.after_power_cuts(rng):
            folder = tmp_path / f"cut-{checked}"
            folder.mkdir()
            for name, content in found.items():
                (folder / name).write_bytes(content)
            assert any(holds(folder, state) for state in states[-2:]), sorted(found)
            checked += 1

    with open_on(tmp_path / "index", ForgetfulDisk(cut)) as index:
        work(index, states)
    assert checked > 400
