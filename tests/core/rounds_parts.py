"""What the tests of the round trip share: a batch with known findings, and a colleague who fills in files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.core.bench import Bench
from desktop_app.core.rounds import Outgoing, Returned, Wish, compare, gather, read_back, steps
from desktop_app.core.stages import Mapped
from desktop_app.core.workspace import Workspace
from tests.one_tumour import GOOD, RECIPE, SOURCE, TODAY
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise
from validation_rules.text import Language

# 2, 3: COD-sexe. 4: a date after the last news. 5: REQ-comportement. 6: GRA-04, to confirm. 7: a bad name.
WRONG: dict[int, dict[str, str | None]] = {
    2: {"sexe": "7"},
    3: {"sexe": "7"},
    4: {"date_incidence": "2025-03-04"},
    5: {"comportement": None, "grade": "9", "finess_diagnostic": None},
    6: {"grade": None},
    7: {"nom_naissance": "=1+1"},
}
ROWS = 8
LABELS = {"sexe": "Sexe", "comportement": "Comportement", "date": "Date d’incidence"}


class Site:
    """One batch on the bench of a workspace."""

    def __init__(self, workspace: Workspace, wrong: Mapping[int, Mapping[str, str | None]] = WRONG) -> None:
        contract = load_contract()
        rows = [
            {
                **GOOD,
                "numero_patient": f"P{n:03}",
                "date_naissance": f"1950-01-{n:02}",
                "finess_diagnostic": "380000034",
                **wrong.get(n, {}),
            }
            for n in range(1, ROWS + 1)
        ]
        schema = dict.fromkeys(["numero_patient", *GOOD], pl.String)
        self.mapped = Mapped(SOURCE, RECIPE, contract, normalise(pl.DataFrame(rows, schema=schema), contract))
        self.workspace = workspace
        self.batch = workspace.batches.create(SOURCE, "rnc-tumeurs", "1.0.0", RECIPE.to_json()).id
        self.bench = Bench.start(workspace, self.batch, self.mapped, TODAY)

    def gather(self, wish: Wish | None = None, language: Language = "fr") -> Outgoing:
        return gather(self.bench, self.workspace, self.batch, wish or Wish(), language)

    def back(self, path: Path) -> Returned:
        return compare(read_back(path, self.bench.contract), self.bench, self.workspace, self.batch)

    def take(self, returned: Returned, **choice: Any) -> None:
        for step in steps(returned, "fr", **choice):
            step.run(self.bench)

    def value(self, row_id: int, field: str) -> str | None:
        found: str | None = self.bench.frame.filter(pl.col("row_id") == row_id)[field].item()
        return found

    def found(self) -> set[tuple[int, str, str]]:
        rows = self.bench.findings.select("row_id", pl.col("rule_id").cast(pl.String), "state").rows()
        return set(rows)


class Colleague:
    """Fills in a workbook with openpyxl, as a person does with a spreadsheet program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def sheet(self, title: str) -> Worksheet:
        sheet = self.book[title]
        assert isinstance(sheet, Worksheet)
        return sheet

    def column(self, title: str, sheet: str = "À corriger") -> int:
        return next(cell.column for cell in self.sheet(sheet)[1] if cell.value == title)

    def line(self, row_id: int, sheet: str = "À corriger", rule: str | None = None) -> int:
        page = self.sheet(sheet)
        at = self.column("Ligne", sheet)
        for number in range(2, page.max_row + 1):
            fits = rule is None or page.cell(number, self.column("Règle", sheet)).value == rule
            if page.cell(number, at).value == str(row_id) and fits:
                return number
        raise AssertionError(row_id)

    def cell(self, row_id: int, title: str) -> Any:
        return self.sheet("À corriger").cell(self.line(row_id), self.column(title))

    def write(self, row_id: int, title: str, value: object) -> None:
        self.cell(row_id, title).value = value

    def confirm(self, row_id: int, rule: str, reason: str, details: str = "") -> None:
        page, line = self.sheet("Constats"), self.line(row_id, "Constats", rule)
        page.cell(line, self.column("Juste tel quel\u00a0: motif", "Constats")).value = reason
        page.cell(line, self.column("Précision", "Constats")).value = details

    def sign(self, name: str) -> None:
        page = self.sheet("Mode d’emploi")
        line = next(row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == "Votre nom")
        page.cell(line, 2).value = name

    def save(self, path: Path | None = None) -> Path:
        self.book.save(path or self.path)
        return path or self.path
