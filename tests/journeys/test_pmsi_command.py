"""The files that a hospital has each month: checked, sealed and received, and taken up again."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desktop_app.cli import app
from desktop_app.core.errors import AppError
from desktop_app.core.extracts import open_extract
from desktop_app.core.extracts.preview import detect
from desktop_app.core.flow import put_on_bench, resume
from desktop_app.core.mapping import draft_recipe
from desktop_app.core.workspace import Workspace
from desktop_app.demo.people import finess
from tests.memory_secrets import MemorySecrets
from tests.pmsi_parts import rum, vid, write
from tests.site_parts import Site, endpoint
from validation_rules.contract import load_contract

BODY = "2570733063123"
INS = f"{BODY}{97 - int(BODY) % 97:02}"
PATIENTS = "IPP;Nom de naissance;Prénoms;Commune de résidence\nP1;Martin;Zoé;33063\nP2;Roy;Lou;33063\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """RSS, VID-HOSP, patients: two patients, three stays, one of them without a tumour."""
    hospital = finess("33", 9933)
    rums = [
        rum("122", "26000001", "01062026-05062026", "C341 - C773", FINESS=hospital, NUM="0010", MSUM="6"),
        rum("122", "26000001", "05062026-09062026", "Z511 C341", FINESS=hospital, NUM="0020"),
        rum("122", "26000002", "02062026-02062026", "Z511 C504", FINESS=hospital, NBSE="1"),
        rum("122", "26000003", "02062026-03062026", "I10", FINESS=hospital),
    ]
    lines = [vid(f"2600000{place}", ipp, INS=INS if ipp == "P1" else "", FINESS=hospital)
             for place, ipp in enumerate(("P1", "P2", "P1"), 1)]  # fmt: skip
    (tmp_path / "patients.csv").write_text(PATIENTS, encoding="utf-8")
    return write(tmp_path / "rss.txt", rums), write(tmp_path / "vh.txt", lines), tmp_path / "patients.csv"


def checked(*arguments: object) -> tuple[int, set[tuple[str, str]], str]:
    """Exit code, row and rule of each finding, and what was said."""
    asked = ["check", *map(str, arguments), "--today", "2026-11-22", "--format", "csv"]
    result = CliRunner().invoke(app, asked)
    lines = csv.DictReader(io.StringIO(result.stdout))
    return result.exit_code, {(line["row"], line["rule_id"]) for line in lines}, result.stderr


def test_check_takes_the_files_together_in_any_order(files: tuple[Path, Path, Path]) -> None:
    rss, vidhosp, patients = files
    for order in ((vidhosp, rss, patients), (patients, vidhosp, rss)):
        code, found, said = checked(*order)
        assert (code, found) == (0, set())
        assert "2 séjours avec une tumeur à notifier, soit 3 notifications" in said


def test_without_names_each_row_says_what_lacks(files: tuple[Path, Path, Path]) -> None:
    code, found, _ = checked(files[1], files[0])
    lacking = {"REQ-nom_naissance", "REQ-prenoms", "REQ-commune_residence"}
    assert code == 1 and found == {(str(row), rule) for row in (1, 2, 3) for rule in lacking}


def test_one_file_alone_or_strangers_are_told(files: tuple[Path, Path, Path]) -> None:
    files[1].unlink()
    code, _, said = checked(files[0])
    assert code == 2 and "Donnez aussi le VID-HOSP" in said
    code, _, said = checked(files[2], files[2])
    assert code == 2 and "même contenu" in said


def recipe_for(files: tuple[Path, Path, Path], target: Path) -> Path:
    options = detect(files[0], {"companion": str(files[1]), "identities": str(files[2])}).options
    extract = open_extract(files[0], options)
    target.write_text(
        draft_recipe(extract, load_contract("rnc-notifications")).recipe.to_json(), encoding="utf-8"
    )
    return target


def test_a_batch_of_stays_is_sealed_and_received(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    site, offer = Site(tmp_path / "site"), tmp_path / "offer.json"
    recipe = recipe_for(files, tmp_path / "recipe.json")
    with endpoint(site, tmp_path / "registry"):
        site.run(
            "serve", "--folder", tmp_path / "registry", "--enrol-site", finess("33", 9933), "S", "-o", offer
        )
        site.run("enrol", offer)
        site.run("submit", *files, "--recipe", recipe, "--today", "2026-11-22")
    warehouse = next((tmp_path / "registry").rglob("warehouse.sqlite"))
    with closing(sqlite3.connect(warehouse)) as held:
        kept = [json.loads(fields) for (fields,) in held.execute("SELECT fields FROM tumour")]
        people = held.execute("SELECT COUNT(DISTINCT person_id) FROM tumour").fetchone()[0]
    told = sorted((row["diagnostic_cim10"], row["role_diagnostic"], row["date_sortie"]) for row in kept)
    assert told == [
        ("C34.1", "DP", "2026-06-09"),
        ("C50.4", "DR", "2026-06-02"),
        ("C77.3", "DAS", "2026-06-09"),
    ]
    assert people == 2 and not {"numero_document", "nom_naissance"} & {name for row in kept for name in row}
    assert not [path for path, content in site.written() if b"Martin" in content or INS.encode() in content]


def test_the_batch_is_taken_up_again_with_both_files(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    options = detect(files[0], {"companion": str(files[1]), "identities": str(files[2])}).options
    extract = open_extract(files[0], options)
    contract, day = load_contract("rnc-notifications"), date(2026, 11, 22)
    with Workspace.open(tmp_path / "workspace", MemorySecrets()) as desk:
        row = put_on_bench(
            desk, extract, draft_recipe(extract, contract).recipe, contract, day, name="Juin"
        ).row
        again = resume(desk, row.id, day)
        assert again.extract is not None
        assert again.extract.frame.equals(extract.frame) and again.row.options == extract.options
        files[1].write_bytes(files[1].read_bytes().replace(b"P2  ", b"P3  "))
        with pytest.raises(AppError, match="has changed"):
            resume(desk, row.id, day)
        files[1].unlink()
        with pytest.raises(AppError, match=r"vh\.txt.*cannot be found"):
            resume(desk, row.id, day)


def test_the_recipe_of_stays_is_drafted_and_fits_next_month(
    files: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    run, target = CliRunner(), tmp_path / "recipe.json"
    drafted = run.invoke(app, ["recipe", "draft", *map(str, files), "--output", str(target)])
    assert drafted.exit_code == 0 and json.loads(target.read_text("utf-8"))["contract"] == "rnc-notifications"
    assert json.loads(target.read_text("utf-8"))["format"] == "pmsi-mco"
    fits = run.invoke(app, ["recipe", "check", str(target), *map(str, files)])
    assert fits.exit_code == 0, fits.stdout
    lacks = run.invoke(app, ["recipe", "check", str(target), str(files[0])])
    assert lacks.exit_code == 1 and "Prénoms" in lacks.stdout
