"""`navette workspace`: backup, restore, check, purge, as a person or a nightly job runs them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from desktop_app.cli import app
from desktop_app.core.workspace import Workspace, open_secrets
from desktop_app.core.workspace.retention import purged
from tests.core.bench_parts import SOURCE

PHRASE, OTHER = "quatre mots sans lien", "la phrase de la sauvegarde"


def run(*arguments: str | Path) -> Result:
    """What the command answers."""
    return CliRunner().invoke(app, ["workspace", *map(str, arguments)])


@pytest.fixture(autouse=True)
def passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVETTE_PASSPHRASE", PHRASE)
    monkeypatch.setenv("NAVETTE_BACKUP_PASSPHRASE", OTHER)
    monkeypatch.setenv("NAVETTE_LANG", "fr")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with an old batch."""
    place = tmp_path / "work"
    with Workspace.open(place, open_secrets(place, lambda: PHRASE, keyring=False)) as workspace:
        workspace.batches.create(SOURCE, "rnc-tumeurs", "1.0.0", "{}", name="Lot ancien")
        with workspace.database.write() as write:
            write("UPDATE batch SET created = '2020-01-01T00:00:00+00:00', changed = created")
            write("UPDATE batch SET changed = created")
    return place


def test_there_and_back(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = run("backup", tmp_path / "b.navette-backup", "--workspace", folder)
    assert saved.exit_code == 0 and "Sauvegarde écrite" in saved.stdout
    back = run("restore", tmp_path / "b.navette-backup", "--workspace", tmp_path / "new")
    assert back.exit_code == 0 and "phrase secrète de la sauvegarde" in back.stdout
    monkeypatch.setenv("NAVETTE_PASSPHRASE", OTHER)
    facts = json.loads(run("check", "--json", "--workspace", tmp_path / "new").stdout)
    assert (facts["batches"], facts["due_for_purge"], facts["notices"]) == (1, 1, [])


def test_another_passphrase_for_the_same_keys(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = open_secrets(folder, lambda: PHRASE)
    held = {name: before.get(name) for name in before.names()}
    monkeypatch.setenv("NAVETTE_NEW_PASSPHRASE", "court")
    assert run("passphrase", "--workspace", folder).exit_code == 2
    with Workspace.open(folder, open_secrets(folder, lambda: PHRASE)):
        monkeypatch.setenv("NAVETTE_NEW_PASSPHRASE", OTHER)
        assert "déjà ouvert" in run("passphrase", "--workspace", folder).stderr
    changed = run("passphrase", "--workspace", folder)
    assert changed.exit_code == 0 and "nouvelle phrase secrète" in changed.stdout
    after = open_secrets(folder, lambda: OTHER)
    assert held and {name: after.get(name) for name in after.names()} == held
    refused = run("passphrase", "--workspace", folder)  # the present one is no longer that of the environment
    assert refused.exit_code == 2 and "phrase secrète n’est pas la bonne" in refused.stderr
    nowhere = run("passphrase", "--workspace", folder / "nowhere")
    assert nowhere.exit_code == 2 and not (folder / "nowhere").exists()


def test_a_window_that_is_open_does_not_stop_a_backup(folder: Path, tmp_path: Path) -> None:
    with Workspace.open(folder, open_secrets(folder, lambda: PHRASE)):
        assert run("backup", tmp_path / "b", "--workspace", folder).exit_code == 0
        busy = run("purge", "--yes", "--workspace", folder)
        assert busy.exit_code == 2 and "déjà ouvert" in busy.stderr


def test_a_check_that_had_to_repair_says_so(folder: Path) -> None:
    path = folder / "workspace.db"
    path.write_bytes(path.read_bytes()[:6000])
    repaired = run("check", "--workspace", folder)
    assert repaired.exit_code == 1 and "endommagée" in repaired.stderr
    assert run("check", "--workspace", folder).exit_code == 0


def test_a_purge_needs_an_agreement(folder: Path) -> None:
    asked = run("purge", "--workspace", folder)
    assert asked.exit_code == 2 and "--yes" in asked.stderr and "Lot ancien" in asked.stdout
    assert run("purge", "--older-than", "1200", "--workspace", folder).stdout == (
        "Aucun lot n’est assez ancien.\n"
    )
    done = run("purge", "--yes", "--workspace", folder)
    assert done.exit_code == 0 and "détruites" in done.stdout
    with Workspace.open(folder, open_secrets(folder, lambda: PHRASE)) as workspace:
        (when,) = purged(workspace).values()
        assert (datetime.now(UTC) - when).total_seconds() < 60
    assert run("purge", "--yes", "--workspace", folder).stdout == "Aucun lot n’est assez ancien.\n"


def test_a_bad_backup_gets_a_sentence(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("bonjour")
    bad = run("restore", tmp_path / "b", "--workspace", folder)
    assert bad.exit_code == 2 and "pas une sauvegarde" in bad.stderr
    assert run("check", "--workspace", folder).exit_code == 0
