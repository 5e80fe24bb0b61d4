"""`navette findings export` and `import` as scripts and people meet them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desktop_app.cli import app
from desktop_app.core.bench import CellEdit
from desktop_app.core.extracts import open_extract
from desktop_app.core.flow import put_on_bench, resume
from desktop_app.core.mapping import draft_recipe
from desktop_app.core.workspace import Workspace, open_secrets
from tests.core.rounds_parts import Colleague
from validation_rules.contract import load_contract

TODAY = date(2026, 11, 22)
HEADER = (
    "numero_patient;numero_tumeur;nom_naissance;prenoms;sexe;date_naissance;commune_residence;date_incidence;"
    "topographie;morphologie;comportement;edition_cimo;base_diagnostic;lateralite;grade;statut_vital;"
    "date_dernieres_nouvelles;sources;finess_diagnostic"
)
ROW = (
    "{n};1;EXEMPLE;INVENTE;{sexe};1950-01-0{n};38185;2021-03-04;C50.9;8500;3;3.2;7;1;2;1;2024-01-02;ACP;"
    "380000034"
)
PASSPHRASE = "quatre mots sans lien"


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["findings", *map(str, arguments), "--today", "2026-11-22"])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one batch: rows 2 and 3 have a wrong sex."""
    monkeypatch.setenv("NAVETTE_LANG", "fr")
    monkeypatch.setenv("NAVETTE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("NAVETTE_WORKSPACE", str(tmp_path / "work"))
    file = tmp_path / "extrait.csv"
    rows = [ROW.format(n=n, sexe="7" if n in (2, 3) else "2") for n in range(1, 7)]
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    with opened(tmp_path / "work") as workspace:
        extract, contract = open_extract(file), load_contract()
        recipe = draft_recipe(extract, contract).recipe
        put_on_bench(workspace, extract, recipe, contract, TODAY, name="Novembre")
    return tmp_path / "work"


def opened(folder: Path) -> Workspace:
    return Workspace.open(folder, open_secrets(folder, lambda: PASSPHRASE))


def sexes(folder: Path) -> list[str]:
    with opened(folder) as workspace:
        bench = resume(workspace, workspace.batches.list()[0].id, TODAY).bench
        return bench.frame["sexe"].to_list()


def test_out_and_back(desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "constats.xlsx"
    code, out, err = run("export", "Novembre", "--output", path)
    assert (code, err) == (0, "") and "2 lignes" in out and "messagerie sécurisée" in out
    colleague = Colleague(path)
    colleague.write(2, "Sexe", "2")
    colleague.save()
    assert run("import", "Novembre", path, "--dry-run")[:2] == (
        0,
        "2 lignes\u00a0: 1 correction, 0 confirmation, 0 conflit. Rien n’a été changé.\n",
    )
    assert sexes(desk)[1] == "7"
    code, out, _ = run("import", "Novembre", path, "--json")
    assert code == 0 and json.loads(out)["corrections"] == 1 and json.loads(out)["taken"] is True
    assert sexes(desk) == ["2", "2", "7", "2", "2", "2"]


def test_a_conflict_stops_until_it_is_decided(desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "constats.xlsx"
    run("export", "Novembre", "--output", path)
    colleague = Colleague(path)
    for row in (2, 3):
        colleague.write(row, "Sexe", "2")
    colleague.save()
    with opened(desk) as workspace:
        resume(workspace, workspace.batches.list()[0].id, TODAY).bench.edit([CellEdit(2, "sexe", "1")])
    code, out, err = run("import", "Novembre", path)
    assert code == 1 and "1 conflit" in out and "ligne 2, sexe" in err and "--conflicts" in err
    assert sexes(desk)[1:3] == ["1", "7"]
    assert run("import", "Novembre", path, "--conflicts", "here")[0] == 0
    assert sexes(desk)[1:3] == ["1", "2"]
    assert run("import", "Novembre", path, "--conflicts", "back")[0] == 0
    assert sexes(desk)[1:3] == ["2", "2"]


def test_the_other_forms_and_what_is_refused(desk: Path, tmp_path: Path) -> None:
    for name in ("c.csv", "c.html"):
        assert run("export", "Novembre", "--output", tmp_path / name, "--rule", "COD-sexe")[0] == 0
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    own = tmp_path / "extrait.csv"
    before = own.read_bytes()
    for arguments in (
        ("export", "Novembre", "--output", own),
        ("export", "Novembre", "--output", tmp_path / "a.doc"),
        ("export", "Novembre", "--output", tmp_path / "a.csv", "--rule", "SEX-01"),
        ("export", "Novembre", "--output", tmp_path / "a.csv", "--identities", "some"),
        ("export", "Novembre", "--output", tmp_path / "none" / "a.csv"),
        ("import", "Novembre", own),
    ):
        code, out, err = run(*arguments)
        assert code == 2 and out == "" and err.endswith(".\n") and "Traceback" not in err, arguments
    assert own.read_bytes() == before
