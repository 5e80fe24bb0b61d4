"""`navette check` as scripts rely on it: verdicts, exit codes, formats, masking."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desktop_app.cli import app
from desktop_app.cli.findings_output import MASK
from validation_rules.contract import load_contract

SAMPLES = {
    "registre": "extrait.csv",
    "classeur": "extrait.xlsx",
    "largeur_fixe": "extrait.txt",
    "desordre": "extract.tsv",
}
DAY = ("--today", "2026-11-22")

CLEAN = {
    "numero_patient": "P1", "numero_tumeur": "1", "nom_naissance": "Martin", "prenoms": "Zoé", "sexe": "2",
    "date_naissance": "1960-05-04", "commune_residence": "33063", "date_incidence": "2024-02-03",
    "topographie": "C50.4", "morphologie": "8500", "comportement": "3", "edition_cimo": "3.2",
    "base_diagnostic": "7", "statut_vital": "1", "date_dernieres_nouvelles": "2026-01-02", "sources": "ACP",
    "grade": "2", "lateralite": "1",
}  # fmt: skip


def write(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(CLEAN), delimiter=";")
        writer.writeheader()
        writer.writerows(CLEAN | row for row in rows)
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["check", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def truth(shared: Path, sample: str) -> Counter[tuple[int, str]]:
    """The sample's expected findings of the rules that the contract holds."""
    held = {rule.id for rule in load_contract().rules}
    with (shared / "samples" / sample / "truth.csv").open(encoding="utf-8") as stream:
        lines = list(csv.DictReader(stream))
    return Counter((int(line["row"]), line["rule_id"]) for line in lines if line["rule_id"] in held)


@pytest.mark.parametrize("sample", SAMPLES)
def test_samples_give_exactly_their_findings(shared: Path, sample: str) -> None:
    folder = shared / "samples" / sample
    code, out, _ = run(
        folder / SAMPLES[sample], "--recipe", folder / "mapping.json", *DAY, "--format", "json"
    )
    told = json.loads(out)
    expected = truth(shared, sample)
    assert Counter((line["row"], line["rule_id"]) for line in told["findings"]) == expected
    assert told["counts"] == Counter(rule for _, rule in expected.elements())
    assert told["rows"] > 0
    assert code == 1


def test_samples_without_a_recipe_give_the_same_findings(shared: Path) -> None:
    path = shared / "samples" / "registre" / "extrait.csv"
    _, out, err = run(path, *DAY, "--format", "json")
    found = Counter((line["row"], line["rule_id"]) for line in json.loads(out)["findings"])
    assert found == truth(shared, "registre")
    assert "Observations" in err


def test_a_clean_file_is_fine(tmp_path: Path) -> None:
    code, out, _ = run(write(tmp_path / "a.csv", {}), *DAY, "--format", "json")
    assert (code, json.loads(out)["findings"]) == (0, [])


def test_findings_to_confirm_fail_only_when_strict(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", {"date_naissance": "1910-05-04"})
    assert run(path, *DAY)[0] == 0
    assert run(path, *DAY, "--strict")[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("missing.csv",),
        ("a.csv", "--today", "22/11/2026"),
        ("a.csv", "--format", "xml"),
        ("a.csv", "--contract", "unknown"),
        ("a.csv", "--recipe", "missing.json"),
        ("a.csv", "--output", "a.csv"),
        ("a.csv", "--output", "nowhere/b.csv"),
    ],
)
def test_what_cannot_run_says_why_and_exits_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = write(tmp_path / "a.csv", {}).read_bytes()
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err
    assert (tmp_path / "a.csv").read_bytes() == before


@pytest.mark.parametrize("form", ["table", "json", "csv", "sarif"])
def test_identities_are_masked_in_every_format(tmp_path: Path, form: str) -> None:
    canary = {"nom_naissance": "Zzcanari=1", "numero_patient": "Zzcanari77", "sexe": "1", "prenoms": ""}
    path = write(tmp_path / "a.csv", canary)
    _, out, err = run(path, *DAY, "--format", form)
    assert "Zzcanari" not in out + err
    assert MASK in out
    _, shown, _ = run(path, *DAY, "--format", form, "--show-identities")
    assert "Zzcanari" in shown


def test_a_mixed_finding_keeps_its_clinical_part(tmp_path: Path) -> None:
    _, out, _ = run(
        write(tmp_path / "b.csv", {"sexe": "1", "topographie": "C53.9"}), *DAY, "--format", "json"
    )
    [finding] = [line for line in json.loads(out)["findings"] if line["rule_id"] == "SEX-01"]
    assert (finding["row"], finding["severity"], finding["value"]) == (1, "error", f"{MASK} / C53.9")


def test_csv_and_sarif_hold_what_json_holds(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", {"grade": "X"}, {"numero_patient": "P2", "base_diagnostic": "Q"})
    told = json.loads(run(path, *DAY, "--format", "json")[1])["findings"]
    lines = list(csv.DictReader(io.StringIO(run(path, *DAY, "--format", "csv")[1])))
    assert [(int(line["row"]), line["rule_id"]) for line in lines] == [(f["row"], f["rule_id"]) for f in told]
    sarif = json.loads(run(path, *DAY, "--format", "sarif")[1])
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == [f["rule_id"] for f in told]


def test_output_goes_to_a_file_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", {"grade": "X"})
    code, out, _ = run(path, *DAY, "--format", "json", "--output", tmp_path / "b.json")
    assert (code, out) == (1, "")
    assert json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["file"] == "a.csv"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.csv", "b.json"]


def test_a_formula_in_a_value_is_disarmed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", {"grade": "=1+1"})
    [line] = csv.DictReader(io.StringIO(run(path, *DAY, "--format", "csv")[1]))
    assert line["value"].startswith("'=")


def test_every_file_beside_the_extract_stays_as_it_was(shared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(shared / "samples" / "largeur_fixe", folder)
    before = {item: item.read_bytes() for item in folder.iterdir()}
    run(folder / "extrait.txt", "--recipe", folder / "mapping.json", *DAY)
    assert {item: item.read_bytes() for item in folder.iterdir()} == before


def test_a_finding_over_several_records_tells_with_which_rows(tmp_path: Path) -> None:
    from validation_rules.contract import load_contract

    record = dict(load_contract().example)
    rows = [record, record | {"numero_tumeur": "2", "topographie": "C50.9"}]
    path = tmp_path / "extrait.csv"
    path.write_text("\n".join([",".join(record), *(",".join(row.values()) for row in rows)]) + "\n")
    told = json.loads(run(path, *DAY, "--format", "json")[1])["findings"]
    details = {(finding["row"], finding["rule_id"]): finding["detail"] for finding in told}
    assert "1" in details[2, "MPT-01"] and "MP-3" in details[2, "MPT-01"]
    assert "C50.9 8500/3" in details[1, "MPT-01"] and "IARC/IACR 2004" in details[1, "MPT-01"]
    assert not any(record["numero_patient"] in detail for detail in details.values())
