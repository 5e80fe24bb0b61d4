"""`navette corrections` and `navette check --carry`: the second month, from the command line."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site_parts import HEADER, Site, recipe_of

ROW = (
    "{patient};1;;;;Martin;;Zoé;{sex};1960-05-04;33063;33063;33000;2024-02-03;C50.4;8500;3;3.2;7;1;2;1;"
    "2026-01-02;ACP"
)
# A batch as the window makes it: read, mapped, checked, corrected.
WINDOW = """
import os, sys
from datetime import date
from pathlib import Path
from desktop_app.core.bench import CellEdit
from desktop_app.core.extracts import open_extract
from desktop_app.core.flow import put_on_bench
from desktop_app.core.mapping import import_options, load_recipe
from desktop_app.core.workspace import Workspace, open_secrets
from validation_rules.contract import load_contract
folder, file, recipe_file, name, *edits = sys.argv[1:]
place = Path(folder)
recipe = load_recipe(Path(recipe_file))
with Workspace.open(place, open_secrets(place, lambda: os.environ["NAVETTE_PASSPHRASE"])) as desk:
    extract = open_extract(Path(file), import_options(recipe, Path(file)))
    held = put_on_bench(desk, extract, recipe, load_contract("rnc-tumeurs"), date(2026, 11, 22), name=name)
    for edit in edits:
        row, field, new = edit.split(":")
        held.bench.edit([CellEdit(int(row), field, new)], why="dossier relu")
"""


class Months(Site):
    """A site with the extracts of two months."""

    def extract(self, name: str, *rows: tuple[str, str]) -> Path:
        path = self.root / f"{name}.csv"
        lines = (ROW.format(patient=patient, sex=sex) for patient, sex in rows)
        path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
        return path

    def window(self, extract: Path, name: str, *edits: str) -> None:
        workspace = self.environment["NAVETTE_WORKSPACE"]
        self.python("-c", WINDOW, workspace, extract, self.root / "recipe.json", name, *edits)

    def ask(self, *arguments: object) -> tuple[int, str, str]:
        """Exit code, standard output, error stream."""
        command = [sys.executable, "-m", "desktop_app", *map(str, arguments)]
        done = subprocess.run(
            command, env=self.environment, cwd=self.root / "out", capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Months:
    made = Months(tmp_path_factory.mktemp("months"))
    made.environment["NAVETTE_LANG"] = "en"
    (made.root / "recipe.json").write_text(recipe_of(HEADER), encoding="utf-8")
    october = made.extract("october", ("P1", "7"), ("P2", "7"), ("P3", "2"))
    made.window(october, "October", "1:sexe:2", "2:sexe:2")
    return made


@pytest.fixture(scope="module")
def november(site: Months) -> Path:
    return site.extract("november", ("P4", "2"), ("P2", "8"), ("P1", "7"))


@pytest.fixture(scope="module")
def taken_up(site: Months, november: Path) -> Path:
    """November on the bench after October, whichever of the tests a worker runs."""
    site.window(november, "November")
    return november


def test_a_check_with_what_is_known_writes_nothing(site: Months, november: Path) -> None:
    before = (site.root / "workspace/workspace.db").read_bytes()
    plain = site.ask("check", november, "--recipe", site.root / "recipe.json", "--format", "csv")
    code, out, said = site.ask(
        "check", november, "--recipe", site.root / "recipe.json", "--format", "csv", "--carry"
    )
    assert plain[1].count("COD-sexe") == 2 and out.count("COD-sexe") == 1 and code == 1
    assert "1 correction of earlier batches carried over." in said
    assert "For 1 correction the source now says something else: it wins." in said
    assert (site.root / "workspace/workspace.db").read_bytes() == before


def test_the_second_month(site: Months, taken_up: Path) -> None:
    code, out, _ = site.ask("corrections", "carried", "November", "--output", site.root / "carried.csv")
    assert (code, "1 correction of earlier batches carried over." in out) == (0, True)
    rows = list(csv.DictReader((site.root / "carried.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["Row"], row["The source now says"]) for row in rows] == [("2", "•••"), ("3", "•••")]
    page, table = site.root / "source.html", site.root / "source.csv"
    assert site.ask("corrections", "source", "--output", page, "--show-identities")[0] == 0
    assert "P1" in page.read_text(encoding="utf-8") and "dossier relu" in page.read_text(encoding="utf-8")
    assert site.ask("corrections", "source", "--output", table)[0] == 0
    assert "P1" not in table.read_text(encoding="utf-8")


def test_what_changed_since_october(site: Months, taken_up: Path) -> None:
    changes = site.root / "changes.csv"
    code, out, _ = site.ask("corrections", "compare", "November", "--output", changes, "--show-identities")
    assert (code, "Compared with the batch “October”" in out) == (0, True)
    assert "Records added: 1, changed: 1, gone: 1, the same: 1." in out
    rows = list(csv.reader(changes.read_text("utf-8-sig").splitlines()))[1:]
    assert [(row[0], row[3], row[6], row[7]) for row in rows] == [
        ("Added", "P4", "", ""), ("Changed", "P2", "2", "8"), ("Not in this batch", "P3", "", ""),
    ]  # fmt: skip


def test_a_file_that_moved_is_shown_where_it_is(site: Months, taken_up: Path) -> None:
    october, moved = site.root / "october.csv", site.root / "archive.csv"
    october.rename(moved)
    code, _, said = site.ask("corrections", "compare", "November")
    assert code == 2 and "no longer where it was opened" in said
    assert site.ask("corrections", "compare", "November", "--file", taken_up)[0] == 2
    assert site.ask("corrections", "compare", "November", "--file", moved)[0] == 0
    moved.rename(october)


def test_what_cannot_be_done_is_told(site: Months) -> None:
    for arguments in (
        ("compare", "October"),
        ("source", "Nothing", "--output", "x.csv"),
        ("source", "October", "--output", "x.pdf"),
        ("source", "October", "--output", site.root / "october.csv"),
    ):
        code, _, said = site.ask("corrections", *arguments)
        assert code == 2 and said.strip() and "Unexpected" not in said and "inattendue" not in said
