"""Notifications of a hospital: the draft of the mapping finds every column, the check what was planted."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desktop_app.cli import app
from desktop_app.demo.people import finess
from tests.site_parts import HEADER, Site, endpoint, recipe_of
from validation_rules.contract import load_contract

FOLDER = Path(__file__).parents[1] / "samples_notifications"


def test_an_invented_extract_gives_exactly_its_findings() -> None:
    asked = ["check", str(FOLDER / "notifications.csv"), "--contract", "rnc-notifications"]
    result = CliRunner().invoke(app, [*asked, "--today", "2026-11-22", "--format", "csv"])
    assert result.exit_code == 1 and "27 sur 27" in result.stderr
    found = {(line["row"], line["rule_id"]) for line in csv.DictReader(io.StringIO(result.stdout))}
    with (FOLDER / "truth.csv").open(encoding="utf-8") as stream:
        planted = {(line["row"], line["rule_id"]) for line in csv.DictReader(stream)}
    assert found == planted and len(planted) >= 30


def test_the_contract_can_be_read() -> None:
    shown = CliRunner().invoke(app, ["contracts", "show", "rnc-notifications"])
    assert shown.exit_code == 0 and "NOT-22" in shown.stdout and "numero_notification" in shown.stdout


@pytest.mark.slow  # two batches sealed, sent and received
def test_notifications_and_tumours_of_one_site_go_side_by_side(tmp_path: Path) -> None:
    """Same patient and record numbers: two records at the registry, no duplicate of each other."""
    site = Site(tmp_path / "site")
    rows = {
        "tumour": "P1;1;;;;Martin;;Zoé;2;1960-05-04;33063;33063;33000;2026-03-02;C50.4;8500;3;3.2;7;1;2;1;"
        "2026-03-06;ACP",
        "stay": "{key};PMSI;2026-03-02;2026-03-06;8;{finess};C50.4;DP;C50.4;8500;3;3.2",
        "board": "{key};RCP;2026-03-20;;;{finess};C50.4;;C50.4;8500;3;3.2",
    }
    header = (
        "numero_patient;numero_notification;nom_naissance;prenoms;sexe;date_naissance;commune_residence;"
        "type_source;date_evenement;date_sortie;mode_sortie;finess_etablissement;diagnostic_cim10;"
        "role_diagnostic;topographie;morphologie;comportement;edition_cimo"
    )
    key, number = "P1;{};Martin;Zoé;2;1960-05-04;33063", finess("33", 9933)
    events = [rows[n].format(key=key.format(i), finess=number) for i, n in enumerate(("stay", "board"), 1)]
    files = {"tumours": (HEADER, rows["tumour"]), "events": (header, *events)}
    for name, lines in files.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        recipe = json.loads(recipe_of(lines[0])) | {
            "contract": "rnc-tumeurs" if name == "tumours" else "rnc-notifications"
        }
        (tmp_path / f"{name}.json").write_text(json.dumps(recipe), encoding="utf-8")
    registry, offer = tmp_path / "registry", tmp_path / "offer.json"
    with endpoint(site, registry):
        site.run("serve", "--folder", registry, "--enrol-site", number, "S", "-o", offer)
        site.run("enrol", offer)
        for name in files:
            site.run("submit", tmp_path / f"{name}.csv", "--recipe", tmp_path / f"{name}.json")
        answers = site.run("feedback", "--json")
    with closing(sqlite3.connect(next(registry.rglob("warehouse.sqlite")))) as held:
        kept = [json.loads(fields) for (fields,) in held.execute("SELECT fields FROM tumour")]
        people = held.execute("SELECT COUNT(DISTINCT person_id) FROM tumour").fetchone()[0]
    assert (len(kept), people) == (3, 1)
    assert sorted(row.get("type_source", "") for row in kept) == ["", "PMSI", "RCP"]
    assert not {"numero_document", "nom_naissance", "numero_notification"} & {n for row in kept for n in row}
    assert b"_person" in answers and b"probable_duplicate" not in answers


def test_a_report_of_notifications_tells_no_tumour_figures(tmp_path: Path) -> None:
    contract, page = load_contract("rnc-notifications"), tmp_path / "report.html"
    (tmp_path / "one.csv").write_text(
        ";".join(contract.example) + "\n" + ";".join(contract.example.values()) + "\n", encoding="utf-8"
    )
    asked = ["report", str(tmp_path / "one.csv"), "--contract", contract.id, "--output", str(page)]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
