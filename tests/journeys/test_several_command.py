"""`navette check` and `submit` on several files of one shape: the same findings as on one file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desktop_app.cli import app

DAY = ("--today", "2026-11-22")


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["check", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def halves(shared: Path, tmp_path: Path) -> list[Path]:
    """The rows of a sample in three files."""
    head, *rows = (shared / "samples/registre/extrait.csv").read_bytes().splitlines(keepends=True)
    paths = [tmp_path / name for name in ("un.csv", "deux.csv", "trois.csv")]
    for place, path in enumerate(paths):
        path.write_bytes(head + b"".join(rows[place * 4000 : (place + 1) * 4000]))
    return paths


def findings(text: str) -> list[tuple[str, ...]]:
    return sorted((line["row"], line["rule_id"]) for line in csv.DictReader(io.StringIO(text)))


def test_parts_of_a_file_give_the_findings_of_the_whole(shared: Path, halves: list[Path]) -> None:
    recipe = shared / "samples/registre/mapping.json"
    whole = run(shared / "samples/registre/extrait.csv", "--recipe", recipe, *DAY, "--format", "csv")
    code, out, told = run(*halves, "--recipe", recipe, *DAY, "--format", "csv")
    assert code == whole[0] == 1
    assert findings(out) == findings(whole[1])
    lines = told.replace("\u202f", "").replace(",", "").splitlines()
    assert [line for line in lines if "deux.csv" in line and "4001" in line and "8000" in line]


def test_without_a_recipe_too_and_the_files_are_named(halves: list[Path]) -> None:
    code, out, _ = run(*halves[:2], *DAY, "--format", "json")
    assert code in (0, 1)
    told = json.loads(out)
    assert told["file"].startswith("un.csv") and told["file"] != "un.csv"


def test_another_shape_is_told(halves: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "autre.csv"
    other.write_text("Genre;Nom\n1;X\n2;Y\n", encoding="utf-8")
    code, out, told = run(halves[0], other, *DAY)
    assert code == 2 and out == "" and "autre.csv" in told and "Genre" in told


def test_none_of_the_files_is_overwritten(halves: list[Path]) -> None:
    before = halves[1].read_bytes()
    code, _, _ = run(*halves, *DAY, "--output", halves[1])
    assert code == 2 and halves[1].read_bytes() == before
