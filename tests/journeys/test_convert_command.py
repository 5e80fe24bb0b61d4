"""`navette convert` as a registry uses it for the European call."""

from __future__ import annotations

import csv
import os
import stat
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desktop_app.cli import app
from tests.journeys.test_check_command import CLEAN, SAMPLES, write

DAY = ("--today", "2026-11-22")


def run(command: str, *arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [command, *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def convert(file: Path, output: Path, *arguments: object) -> tuple[int, str, str]:
    return run("convert", file, "--to", "encr-incidence", "--output", output, *DAY, *arguments)


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVETTE_LANG", "en")


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_becomes_a_file_that_the_check_finds_free_of_errors(
    shared: Path, tmp_path: Path, sample: str
) -> None:
    folder, output = shared / "samples" / sample, tmp_path / "incidence.csv"
    extract, recipe = folder / SAMPLES[sample], folder / "mapping.json"
    before = extract.read_bytes()
    code, out, _ = convert(extract, output, "--recipe", recipe)
    assert code == 1 and "Nothing is written" in out and not output.exists()
    lists = tmp_path / "left.csv"
    code, out, _ = convert(extract, output, "--recipe", recipe, "--leave-out-errors", "--left-out", lists)
    assert code == 0
    code, out, said = run("check", output, "--contract", "encr-incidence", *DAY)
    assert code == 0 and "0 errors" in out
    assert "39 of 39" in said and "please check" not in said and "fixed order" not in said
    left = {int(row["row"]) for row in cells(lists)}
    with (folder / "canonical.csv").open(encoding="utf-8") as stream:
        total = sum(1 for _ in csv.DictReader(stream))
    assert len(cells(output)) == total - len(left)
    assert extract.read_bytes() == before


def test_samples_lose_only_records_that_are_wrong(shared: Path, tmp_path: Path) -> None:
    """Every row set aside has an error in the sample's truth, or is one that the call does not want."""
    folder, lists = shared / "samples" / "registre", tmp_path / "left.csv"
    code, _, _ = convert(
        folder / "extrait.csv", tmp_path / "a.csv", "--recipe", folder / "mapping.json", "--leave-out-errors",
        "--left-out", lists,
    )  # fmt: skip
    assert code == 0
    with (folder / "truth.csv").open(encoding="utf-8") as stream:
        wrong = {row["row"] for row in csv.DictReader(stream) if row["severity"] == "error"}
    assert {row["row"] for row in cells(lists) if row["rule_id"]} <= wrong


def test_keyed_pseudonyms_stay_and_the_table_leads_back(tmp_path: Path) -> None:
    extract = write(tmp_path / "a.csv", {}, {"numero_tumeur": "2", "topographie": "C34.1", "lateralite": "2"})
    key = tmp_path / "key.bin"
    key.write_bytes(os.urandom(32))
    table = tmp_path / "table.csv"
    code, _, said = convert(extract, tmp_path / "1.csv", "--key", key, "--pseudonym-table", table)
    assert code == 0 and "this file only" not in said
    assert convert(extract, tmp_path / "2.csv", "--key", key)[0] == 0
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()
    code, _, said = convert(extract, tmp_path / "3.csv")
    assert code == 0 and "this file only" in said
    assert cells(tmp_path / "3.csv")[0]["PAT"] != cells(tmp_path / "1.csv")[0]["PAT"]
    back = {(row["pat"], row["tum"]): row["numero_tumeur"] for row in cells(table)}
    assert [back[row["PAT"], row["TUM"]] for row in cells(tmp_path / "1.csv")] == ["1", "2"]
    if sys.platform != "win32":
        assert stat.S_IMODE(table.stat().st_mode) == 0o600


def test_nothing_that_exists_is_replaced(tmp_path: Path) -> None:
    extract, there = write(tmp_path / "a.csv", {}), tmp_path / "there.csv"
    there.write_text("mine", encoding="utf-8")
    for output in (there, extract):
        before = output.read_bytes()
        assert convert(extract, output)[0] == 2
        assert output.read_bytes() == before
    fresh = tmp_path / "b.csv"
    assert convert(extract, fresh, "--left-out", fresh)[0] == 2 and not fresh.exists()
    assert convert(extract, tmp_path / "no" / "b.csv")[0] == 2


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    extract = write(tmp_path / "a.csv", {})
    code, _, said = run("convert", extract, "--to", "encr-lifetable", "--output", tmp_path / "b.csv")
    assert code == 2 and "encr-incidence" in said
    code, _, said = convert(extract, tmp_path / "b.csv", "--contract", "encr-incidence")
    assert code == 2 and "rnc-tumeurs" in said
    code, _, said = convert(extract, tmp_path / "b.csv", "--nuts-table", extract)
    assert code == 2 and "territory" in said
    benign = write(tmp_path / "benign.csv", {"comportement": "0", "grade": ""})
    code, _, said = convert(benign, tmp_path / "b.csv")
    assert code == 2 and "No record" in said and "benign" in said
    assert not (tmp_path / "b.csv").exists()


def test_no_identity_in_what_is_said_or_written(tmp_path: Path) -> None:
    canary = {"numero_patient": "ZZCANARI7", "nom_naissance": "Zzcanari", "sexe": "1", "topographie": "C53.9"}
    extract, output, lists = write(tmp_path / "a.csv", {}, canary), tmp_path / "b.csv", tmp_path / "left.csv"
    code, out, said = convert(extract, output, "--leave-out-errors", "--left-out", lists)
    assert code == 0
    text = out + said + output.read_text(encoding="utf-8") + lists.read_text(encoding="utf-8")
    assert "anari" not in text.lower() and CLEAN["nom_naissance"] not in text


def test_a_file_whose_columns_are_in_another_order_is_told(tmp_path: Path) -> None:
    extract, output = write(tmp_path / "a.csv", {}), tmp_path / "b.csv"
    assert convert(extract, output)[0] == 0
    rows = [line.split(";") for line in output.read_text(encoding="utf-8").splitlines()]
    swapped = tmp_path / "c.csv"
    swapped.write_text("\n".join(",".join([r[1], r[0], *r[2:]]) for r in rows), encoding="utf-8")
    code, _, said = run("check", swapped, "--contract", "encr-incidence", *DAY)
    assert code == 0 and "fixed order" in said and "separator" in said


FILES = {
    "encr-mortality": (
        "Calendar year;Sex;Age unit;Cause of death;Number of deaths\n"
        "2020;1;50;C34;12\n2020;2;50;C61;3\n2020;1;55;C34;-2\n",
        {"EM-03": 1, "EM-05": 1},
    ),
    "encr-population": (
        "Calendar year;Sex;Age Unit;Number of residents\n"
        "2020;1;0;512\n2020;1;1;498\n2020;2;0;480\n2020;2;0;480\n",
        {"EP-01": 2, "EP-05": 1},
    ),
    "encr-lifetable": (
        "Calendar year;Sex;Age_Unit;All causes death probability\n"
        "2020;1;0;0.0035\n2020;1;1;2e-04\n2020;2;0;3.1\n2020;2;1;1.5e-04\n",
        {"EL-03": 1},
    ),
}


@pytest.mark.parametrize("contract", FILES)
def test_the_other_files_of_the_call_are_checked_without_a_recipe(tmp_path: Path, contract: str) -> None:
    import json

    content, expected = FILES[contract]
    path = tmp_path / "file.csv"
    path.write_text(content, encoding="utf-8")
    code, out, said = run("check", path, "--contract", contract, "--format", "json", *DAY)
    assert code == 1 and json.loads(out)["counts"] == expected
    assert "please check" not in said and "fixed order" not in said
