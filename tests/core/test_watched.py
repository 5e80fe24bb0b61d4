"""The watched folder: what is new is proposed once, when it is written to the end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_app.core.errors import AppError
from desktop_app.core.watched import arrived, known, look, note, watch, watched
from desktop_app.core.workspace import Workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "Exports"
    place.mkdir()
    return place


def put(folder: Path, name: str, text: str = "a;b\n1;2\n") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_only_extracts_are_seen(folder: Path) -> None:
    for name in ("a.csv", "B.XLSX", "~$B.xlsx", ".c.csv", "d.csv.part", "e.pdf", "f"):
        put(folder, name)
    put(folder, "vide.csv", "")
    (folder / "dossier.csv").mkdir()
    (folder / "lien.csv").symlink_to(folder / "a.csv")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "tuyau.csv")
    assert sorted(look(folder)) == ["B.XLSX", "a.csv"]


def test_a_file_is_new_once_two_looks_saw_it_alike(folder: Path) -> None:
    first = look(folder)
    path = put(folder, "a.csv")
    second = look(folder)
    assert arrived(second, first, {}) == []
    path.write_text("a;b\n1;2\n3;4\n", encoding="utf-8")
    third = look(folder)
    assert arrived(third, second, {}) == []
    assert arrived(look(folder), third, {}) == ["a.csv"]


def test_what_is_there_when_watching_begins_is_not_new(folder: Path, workspace: Workspace) -> None:
    put(folder, "ancien.csv")
    watch(workspace, folder)
    assert watched(workspace) == folder
    put(folder, "nouveau.csv")
    now = look(folder)
    assert arrived(now, now, known(workspace)) == ["nouveau.csv"]


def test_what_was_proposed_is_proposed_again_only_when_it_changes(folder: Path, workspace: Workspace) -> None:
    watch(workspace, folder)
    path = put(folder, "a.csv")
    now = look(folder)
    note(workspace, now, ["a.csv"])
    assert arrived(now, now, known(workspace)) == []
    path.write_text("a;b\n9;9\n8;8\n", encoding="utf-8")
    now = look(folder)
    assert arrived(now, now, known(workspace)) == ["a.csv"]
    path.unlink()
    note(workspace, look(folder), [])
    assert known(workspace) == {}


def test_no_folder_is_watched_until_someone_says_so(folder: Path, workspace: Workspace) -> None:
    assert watched(workspace) is None
    watch(workspace, folder)
    watch(workspace, None)
    assert watched(workspace) is None and known(workspace) == {}


def test_a_folder_that_is_gone_is_told_and_nothing_changes(folder: Path, workspace: Workspace) -> None:
    watch(workspace, folder)
    with pytest.raises(AppError, match="watched-unreachable"):
        watch(workspace, folder / "absent")
    assert watched(workspace) == folder
