"""A file from outside is judged: altered marks, other batches, changed recipes, broken and hostile files."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.errors import AppError
from desktop_app.core.mapping import Recipe
from desktop_app.core.rounds import Wish, read_back, write_book, write_csv
from desktop_app.core.rounds import book as book_module
from desktop_app.core.rounds.values import same_key
from desktop_app.core.saving import own_files, refuse_own_file
from desktop_app.core.stages import Extract, ImportOptions, SourceFile
from desktop_app.core.workspace import Workspace
from tests.core.rounds_parts import Colleague, Site
from tests.one_tumour import RECIPE, TODAY
from validation_rules.contract import load_contract


@pytest.fixture
def site(workspace: Workspace) -> Site:
    return Site(workspace)


@pytest.fixture
def colleague(site: Site, tmp_path: Path) -> Colleague:
    path = tmp_path / "constats.xlsx"
    write_book(site.gather(), path)
    return Colleague(path)


def test_a_mark_on_another_record_is_left_out(site: Site, colleague: Colleague) -> None:
    for row in (2, 3):
        colleague.write(row, "Sexe", "2")
    mark = str(colleague.cell(2, "Repère Navette").value)
    colleague.write(2, "Repère Navette", mark.replace("-2-", "-4-"))
    returned = site.back(colleague.save())
    assert returned.changes["row_id"].to_list() == [3]
    assert [each.why for each in returned.aside] == ["mark"]


def _moved(colleague: Colleague, sheet: str) -> None:
    """All columns but the hidden first one turned upside down, as by sorting the visible ones."""
    page = colleague.sheet(sheet)
    body = [[cell.value for cell in line[1:]] for line in page.iter_rows(min_row=2)]
    for number, values in enumerate(reversed(body), 2):
        for column, value in enumerate(values, 2):
            page.cell(number, column).value = value


def test_rows_sorted_beside_their_marks_write_into_no_other_record(site: Site, colleague: Colleague) -> None:
    _moved(colleague, "À corriger")
    colleague.confirm(6, "GRA-04", "Confirmé par le clinicien")
    returned = site.back(colleague.save())
    assert returned.changes.is_empty() and returned.confirms["row_id"].to_list() == [6]
    assert [(each.line, each.why) for each in returned.aside] == [(line, "mark") for line in range(2, 8)]
    _moved(colleague, "Constats")
    assert site.back(colleague.save()).empty


def test_only_the_row_numbers_can_tell_where_no_identity_left(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "sans.xlsx"
    write_book(site.gather(Wish(identities="none")), path)
    colleague = Colleague(path)
    _moved(colleague, "À corriger")
    assert site.back(colleague.save()).empty


def test_a_list_sorted_beside_its_marks_writes_into_no_other_record(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "constats.csv"
    write_csv(site.gather(), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *body = csv.reader(file, delimiter=";")
    place = head.index("Nouvelle valeur")
    answered = [[*row[:place], "2", *row[place + 1 :]] for row in body]
    turned = [[row[0], *other[1:]] for row, other in zip(answered, reversed(answered), strict=True)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([head, *turned])
    returned = site.back(path)
    own = [row[1] == other[1] for row, other in zip(answered, reversed(answered), strict=True)]
    lines = [each.line for each in returned.aside if each.why == "mark"]
    assert lines == [line for line, same in enumerate(own, 2) if not same] != []


def test_a_changed_key_is_told_and_an_emptied_one_says_nothing(site: Site, colleague: Colleague) -> None:
    for row in (2, 3):
        colleague.write(row, "Sexe", "2")
    colleague.write(2, "Numéro de patient local", "P999")
    colleague.write(3, "Numéro de patient local", None)
    colleague.write(3, "Ligne", None)
    returned = site.back(colleague.save())
    assert returned.changes["row_id"].to_list() == [3]
    assert [(each.why, each.row) for each in returned.aside] == [("mark", 2)]


def test_a_row_without_a_mark_is_told(site: Site, colleague: Colleague, tmp_path: Path) -> None:
    page = colleague.sheet("À corriger")
    colleague.write(2, "Sexe", "2")
    colleague.write(2, "Repère Navette", None)
    page.insert_rows(3)
    page.cell(3, colleague.column("Sexe")).value = "1"
    page.insert_rows(4)
    page.cell(4, colleague.column("Sexe")).value = "  "
    returned = site.back(colleague.save())
    assert returned.empty and [(each.line, each.why) for each in returned.aside] == [(2, "mark"), (3, "mark")]
    path = tmp_path / "constats.csv"
    write_csv(site.gather(), path)
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text + ";2;P002\n" + ";" * 12 + "\n", encoding="utf-8")
    told = [(each.line, each.why) for each in site.back(path).aside]
    assert told == [(text.count("\n") + 1, "mark")]


@pytest.mark.parametrize("title", ["^($", "^.*$"])
def test_a_title_is_a_name_and_no_pattern(
    site: Site, colleague: Colleague, tmp_path: Path, title: str
) -> None:
    page = colleague.sheet("À corriger")
    page.cell(1, page.max_column + 1).value = title
    assert [each.about for each in site.back(colleague.save()).aside] == [title[1:]]
    path = tmp_path / "constats.csv"
    write_csv(site.gather(), path)
    head, *body = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([f"{title};{head}", *(f";{line}" for line in body), "; "]), encoding="utf-8")
    assert site.back(path).aside == ()


def test_a_file_without_any_mark_says_which_column_is_empty(site: Site, colleague: Colleague) -> None:
    for sheet in ("À corriger", "Constats"):
        for line in colleague.sheet(sheet).iter_rows(min_row=2, max_col=1):
            line[0].value = None
    with pytest.raises(AppError, match=r"rounds\.no_mark"):
        site.back(colleague.save())


@pytest.mark.parametrize(
    ("left", "back", "same"),
    [
        ("00123", "123", True),
        ("123", "0123", False),
        ("12.50", "12,5", True),
        ("380000034000123", "3,80000034E+14", True),
        ("1234567890123456789", "1234567890123450000", True),
        ("12-2021", "déc-21", True),
        ("P002", "p 002", False),
        ("P002", "", True),
        (None, "P002", False),
    ],
)
def test_an_identifier_that_a_spreadsheet_wrote_anew_is_known(
    left: str | None, back: str, same: bool
) -> None:
    assert same_key(back, left, load_contract().field("numero_patient")) == same


def test_the_same_row_twice_with_two_values_is_for_nobody_to_choose(site: Site, colleague: Colleague) -> None:
    page = colleague.sheet("À corriger")
    page.append([cell.value for cell in page[colleague.line(2)]])
    colleague.write(2, "Sexe", "2")
    page.cell(page.max_row, colleague.column("Sexe")).value = "1"
    returned = site.back(colleague.save())
    assert returned.empty and {each.why for each in returned.aside} == {"twice"}


def test_sorted_shortened_and_renamed_it_is_still_understood(site: Site, colleague: Colleague) -> None:
    page = colleague.sheet("À corriger")
    colleague.write(5, "Comportement", "3")
    page.delete_cols(colleague.column("Grade ou immunophénotype CIM-O"))
    page.delete_rows(colleague.line(2))
    page.title = "feuille"
    returned = site.back(colleague.save())
    assert returned.changes.select("row_id", "field", "back").rows() == [(5, "comportement", "3")]


def test_spreadsheet_errors_and_unknown_columns_are_told(site: Site, colleague: Colleague) -> None:
    colleague.write(2, "Sexe", "#REF!")
    page = colleague.sheet("À corriger")
    page.cell(1, page.max_column + 1).value = "Mon calcul"
    page.cell(2, page.max_column).value = "12"
    returned = site.back(colleague.save())
    assert returned.empty and [(each.why, each.about) for each in returned.aside] == [
        ("title", "Mon calcul"),
        ("computed", ""),
    ]


def test_a_formula_that_nobody_computed_empties_no_cell(site: Site, colleague: Colleague) -> None:
    colleague.write(2, "Sexe", "=1+1")
    colleague.write(3, "Sexe", "2")
    colleague.write(4, "Remarque", "=A1")
    colleague.write(7, "Numéro de patient local", "=B2")
    returned = site.back(colleague.save())
    assert returned.changes.select("row_id", "field", "back", "note").rows() == [(3, "sexe", "2", None)]
    assert [(each.line, each.why) for each in returned.aside] == [(2, "formula"), (7, "mark")]


def test_a_file_of_another_batch_or_workspace_says_so(
    site: Site, colleague: Colleague, workspace: Workspace
) -> None:
    other = Site(workspace)
    with pytest.raises(AppError, match=r"rounds\.other_batch"):
        other.back(colleague.path)
    workspace.secrets.put("workspace-key", bytes(32))
    try:
        with pytest.raises(AppError, match=r"rounds\.other_workspace"):
            other.back(colleague.path)
    finally:
        workspace.secrets.delete("workspace-key")


def test_after_a_change_of_the_recipe_every_difference_is_decided(site: Site, colleague: Colleague) -> None:
    colleague.write(2, "Sexe", "2")
    colleague.save()
    recipe = Recipe.model_validate_json(RECIPE.to_json().replace('"Sexe"', '"Genre"'))
    assert recipe != RECIPE
    frame = site.mapped.frame.with_columns(comportement=site.mapped.frame["comportement"].replace("3", "2"))
    mapped = replace(site.mapped, recipe=recipe, frame=frame)
    site.bench = Bench.start(site.workspace, site.batch, mapped, TODAY)
    returned = site.back(colleague.path)
    assert returned.changes.height and set(returned.changes["state"]) == {"conflict"}
    assert returned.changes.filter(field="sexe")["back"].to_list() == ["2"]


def test_a_confirmation_lapses_when_its_values_change(site: Site, colleague: Colleague) -> None:
    colleague.confirm(6, "GRA-04", "Confirmé par le clinicien")
    colleague.confirm(2, "COD-sexe", "Confirmé par le clinicien")
    colleague.save()
    site.bench.edit([CellEdit(6, "comportement", "2")])
    site.bench.edit([CellEdit(6, "comportement", "3"), CellEdit(6, "grade", "")])
    returned = site.back(colleague.path)
    assert returned.confirms.height == 1  # put back as it was
    assert [(each.why, each.about) for each in returned.aside] == [("rule", "COD-sexe")]
    site.bench.edit([CellEdit(6, "comportement", "2")])
    assert {each.why for each in site.back(colleague.path).aside} <= {"rule", "moved", "closed"}
    assert site.back(colleague.path).confirms.is_empty()


def test_the_value_that_left_is_rebuilt_after_undo(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    site.bench.edit([CellEdit(2, "sexe", "8")])
    write_book(site.gather(), path)
    site.bench.undo()
    assert site.back(path).empty  # nobody touched it: nothing to take, though it differs from what is here
    colleague = Colleague(path)
    colleague.write(2, "Sexe", "2")
    returned = site.back(colleague.save())
    assert returned.changes.select("left", "here", "back", "state").rows() == [("8", "7", "2", "conflict")]


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"PK\x03\x04 not a zip", b"\x00" * 4000])
def test_other_files_are_refused_in_a_sentence(site: Site, tmp_path: Path, content: bytes) -> None:
    for name in ("x.xlsx", "x.csv"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(AppError):
            read_back(tmp_path / name, site.bench.contract)


def test_a_bomb_is_refused(site: Site, colleague: Colleague, tmp_path: Path) -> None:
    bomb = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(colleague.path) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in source.namelist():
            content = source.read(entry)
            if entry.endswith("sheet2.xml"):
                content = content.replace(b"</sheetData>", b" " * (300 << 20) + b"</sheetData>")
            out.writestr(entry, content)
    with pytest.raises(AppError):
        read_back(bomb, site.bench.contract)


def test_what_leaves_holds_no_identity_that_was_not_asked_for(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "sans.xlsx"
    write_book(site.gather(Wish(identities="none")), path)
    with zipfile.ZipFile(path) as book:
        text = b"".join(book.read(name) for name in book.namelist())
    for secret in (b"P002", b"EXEMPLE", b"INVENTE", b"1950-01-02", site.batch.encode(), b"novembre"):
        assert secret not in text
    colleague = Colleague(path)
    colleague.write(2, "Sexe", "2")
    returned = site.back(colleague.save())
    assert returned.changes.select("row_id", "field", "back").rows() == [(2, "sexe", "2")]
    assert "2" not in repr(returned).replace("rows=", "").split("aside")[0]


def test_limits_and_own_files(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_module, "MOST_ROWS", 3)
    with pytest.raises(AppError, match=r"rounds\.too_many"):
        write_book(site.gather(), tmp_path / "a.xlsx")
    with pytest.raises(AppError, match=r"rounds\.nothing"):
        site.gather(Wish(rows=frozenset({1})))
    with pytest.raises(AppError, match=r"cannot_write"):
        write_csv(site.gather(), tmp_path)  # a folder: nothing is left beside it
    assert not [name for name in tmp_path.parent.iterdir() if name.name.startswith(".navette")]
    own = tmp_path / "extrait.csv"
    own.write_text("a", encoding="utf-8")
    extract = Extract(SourceFile(own, "", 1), ImportOptions("delimited"), (), site.bench.frame)
    with pytest.raises(AppError, match=r"save\.own_file"):
        refuse_own_file(tmp_path / "." / "extrait.csv", own_files(extract))


def test_a_withdrawn_record_takes_nothing(site: Site, colleague: Colleague) -> None:
    colleague.write(2, "Sexe", "2")
    colleague.save()
    site.bench.withdraw([2], "same_record")
    returned = site.back(colleague.path)
    assert returned.empty and [each.why for each in returned.aside] == ["gone"]
    assert 2 not in site.gather().frame["row_id"]
