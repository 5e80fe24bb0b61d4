"""`navette recipe` as scripts and people meet it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from desktop_app.cli import app
from desktop_app.core.mapping import load_recipe
from desktop_app.core.workspace import Workspace, open_secrets

KEPT: dict[str, Any] = {
    "contract": "rnc-tumeurs",
    "file": "DUPONT Jean.csv",
    "note": "de la part de DUPONT",
    "columns": [
        {"header": "Nom", "field": "nom_naissance", "recode": {"DUPONT": "MARTIN"}},
        {"header": "Sexe", "field": "sexe", "recode": {"H": "1", "F": "2"}},
    ],
    "defaults": {"numero_patient": "DUPONT1", "edition_cimo": "3.2"},
}


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["recipe", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(autouse=True)
def in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVETTE_LANG", "fr")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two versions of one recipe."""
    monkeypatch.setenv("NAVETTE_PASSPHRASE", "quatre mots sans lien")
    folder = tmp_path / "work"
    with Workspace.open(folder, open_secrets(folder, lambda: "quatre mots sans lien")) as workspace:
        workspace.recipes.save("3fa9c2d17e", json.dumps({**KEPT, "columns": KEPT["columns"][:1]}))
        workspace.recipes.save("3fa9c2d17e", json.dumps(KEPT))
    return folder


def test_the_draft_is_a_recipe_that_fits_its_file(shared: Path, tmp_path: Path) -> None:
    file, output = shared / "samples" / "desordre" / "extract.tsv", tmp_path / "r.json"
    code, out, err = run("draft", file, "--output", output)
    assert (code, out) == (0, "") and "non utilisée Free text -> -" in err
    assert "female -> 2" in err
    assert run("check", output, file) == (0, "La recette convient à ce fichier.\n", "")
    assert run("draft", file)[1] == output.read_text(encoding="utf-8")


def test_what_the_draft_is_not_sure_of_is_noted(tmp_path: Path) -> None:
    file, output = tmp_path / "a.csv", tmp_path / "r.json"
    file.write_text("Nom;Date d'incidence\n" + "Martin;01/02/2020\nRoy;03/04/2021\n" * 20, encoding="utf-8")
    code, _, err = run("draft", file, "--output", output)
    assert code == 0 and "à choisir" in err and "avant le mois" in err and "numero_patient" in err
    note = load_recipe(output).note
    assert note is not None and "Date d'incidence -> date_incidence" in note


def test_a_drifted_file_is_told_and_the_recipe_that_follows_is_written(shared: Path, tmp_path: Path) -> None:
    folder, output = shared / "samples", tmp_path / "new.json"
    file = folder / "classeur" / "extrait.xlsx"
    code, out, _ = run("check", folder / "registre" / "mapping.json", file, "--output", output)
    assert code == 1
    assert "format xlsx au lieu de delimited" in out and "Morpho CIM-O" in out and "«\u00a0CP\u00a0»" in out
    followed = {column.header: column for column in load_recipe(output).columns if column.targets}
    intended = load_recipe(folder / "classeur" / "mapping.json").columns
    assert {name: column.targets for name, column in followed.items()} == {
        column.header: column.targets for column in intended
    }
    assert followed["CP"].number_pad == 5
    assert run("check", output, file)[0] == 0


def test_drift_for_a_program(tmp_path: Path) -> None:
    recipe, file = tmp_path / "r.json", tmp_path / "a.csv"
    columns = [{"header": "S", "field": "sexe"}, {"header": "Nom", "field": "nom_naissance"}]
    recipe.write_text(json.dumps({"contract": "rnc-tumeurs", "columns": columns}), encoding="utf-8")
    file.write_text("S;Nom\n" + "Homme;LEMOINE\nFemme;ROY\n" * 9, encoding="utf-8")
    code, out, _ = run("check", recipe, file, "--json")
    (one,) = json.loads(out)
    assert code == 1 and (one["kind"], one["field"], one["rows"], one["proposed"]) == (
        "recoded",
        "sexe",
        18,
        True,
    )
    assert sorted(one["values"]) == ["Femme", "Homme"] and "LEMOINE" not in out
    assert "Homme -> 1" in run("check", recipe, file)[1]


def test_the_file_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("S;T\n1;C50\n", encoding="utf-8")
    code, _, err = run("draft", file, "--output", file)
    assert code == 2 and "jamais modifiés" in err


@pytest.mark.parametrize("text", ["{", '{"contract": "rnc-tumeurs", "columns": [], "run": "rm"}', "\0" * 100])
def test_an_untrusted_recipe_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    recipe, file = tmp_path / "r.json", tmp_path / "a.csv"
    recipe.write_text(text, encoding="utf-8")
    file.write_text("S;T\n1;C50\n", encoding="utf-8")
    for command in (("check", recipe, file), ("show", recipe)):
        code, out, err = run(*command)
        assert (code, out) == (2, "") and "La recette «\u00a0r.json\u00a0» ne convient pas" in err


def test_a_header_does_not_steer_the_terminal(tmp_path: Path) -> None:
    recipe = tmp_path / "r.json"
    column = {"header": "\x1b]0;x\x07\u202eS", "field": "sexe"}
    recipe.write_text(json.dumps({"contract": "rnc-tumeurs", "columns": [column]}), encoding="utf-8")
    code, out, _ = run("show", recipe)
    assert code == 0 and not set("\x1b\x07\u202e") & set(out)


def test_recipes_of_the_workspace(desk: Path) -> None:
    where = ("--workspace", desk)
    code, out, _ = run("list", *where)
    assert code == 0 and out.startswith("3fa9c2d17e") and "2 version(s)" in out
    code, out, _ = run("show", "3fa", *where)
    assert code == 0 and "Sexe -> sexe  (2 valeurs recodées)" in out
    assert "DUPONT" not in out
    assert "+ Sexe" in run("history", "3fa", *where)[1].splitlines()[0]
    assert run("restore", "3fa", "1", *where)[0] == 0
    lines = run("history", "3fa", *where)[1].splitlines()
    assert len(lines) == 3 and "version 1 remise en vigueur" in lines[0]
    assert run("show", "zzz", *where)[0] == run("show", "3fa", "--version", "9", *where)[0] == 2


def test_a_recipe_given_away_holds_no_patient(desk: Path, tmp_path: Path) -> None:
    output = tmp_path / "given.json"
    code, _, err = run("export", "3fa", "--workspace", desk, "--output", output)
    assert code == 0 and "pourraient être d’un patient" in err
    text = output.read_text(encoding="utf-8")
    given = load_recipe(output)
    assert "DUPONT" not in text + err and "MARTIN" not in text
    assert given.defaults == {"edition_cimo": "3.2"} and given.columns[1].recode == {"H": "1", "F": "2"}
