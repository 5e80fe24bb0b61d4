"""The workbook for a colleague: wrong cells coloured and commented, findings, instructions, codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.core.corrections import CONFIRMATION_REASONS
from desktop_app.core.progress import Progress, silent
from desktop_app.core.rounds import terms
from desktop_app.core.rounds.book_words import instructions
from desktop_app.core.rounds.book_zip import numbers_as_text
from desktop_app.core.rounds.outgoing import Outgoing
from desktop_app.core.saving import save_bytes
from validation_rules.text import Text

if TYPE_CHECKING:
    from validation_rules.contract import Field

MOST_ROWS = 20_000
"""Rows of one workbook: with more, its comments alone keep a spreadsheet program busy for minutes."""
_WRITING = Text("Écriture du classeur", "Writing the workbook")
_TELL_EVERY = 200
_MOST_COMMENT = 1_000
_MOST_PROMPT = 240  # Excel refuses a prompt of more than 255 characters
_WIDE, _NARROW = 60.0, 9.0
_FILLS = {"error": "FDECEA", "confirm": "FFF3D6", "info": "E3F1F5"}
_BARS = {"error": "B3261E", "confirm": "855400", "info": "2A6677"}
_TEXT = "@"
_FONT, _LINE = "Calibri", 15.0  # of openpyxl's plain style, and the height of one line in points


def write_book(outgoing: Outgoing, path: Path, progress: Progress = silent) -> int:
    """Writes the workbook whole, readable by the owner alone; the number of its rows.

    AppError when there are more than MOST_ROWS, or the folder does not take it.
    """
    rows = outgoing.frame.height
    if rows > MOST_ROWS:
        raise terms.too_many(rows, MOST_ROWS)
    book = _Book(outgoing)
    book.fill(progress)
    save_bytes(path, numbers_as_text(book.book))
    return rows


class _Book:
    """One workbook in the making."""

    def __init__(self, outgoing: Outgoing) -> None:
        self.out = outgoing
        self.book = Workbook()
        self.help = self.book.active if isinstance(self.book.active, Worksheet) else self.book.create_sheet()
        self.help.title = outgoing.say(terms.SHEET_HELP)
        self.rows, self.findings, self.codes = (
            self.book.create_sheet(outgoing.say(title))
            for title in (terms.SHEET_ROWS, terms.SHEET_FINDINGS, terms.SHEET_CODES)
        )
        self.book.properties.creator = "Navette"
        self.book.properties.title = None
        self._styles()

    def _styles(self) -> None:
        self.open = Protection(locked=False)
        self.top = Alignment(vertical="top")
        self.wrap = Alignment(vertical="top", wrap_text=True)
        self.bold = Font(name=_FONT, size=11, bold=True)
        self.grey = Font(name=_FONT, size=11, color="566273")
        self.head = PatternFill("solid", fgColor="E9EEF5")
        self.fills = {kind: PatternFill("solid", fgColor=colour) for kind, colour in _FILLS.items()}
        self.bars = {
            kind: Border(left=Side(style="thick", color=colour), bottom=Side(style="thin", color=colour))
            for kind, colour in _BARS.items()
        }

    def fill(self, progress: Progress) -> None:
        """All four sheets."""
        self._instructions()
        lists = self._code_lists()
        self._rows(lists, progress)
        self._findings(lists)
        for sheet in self.book.worksheets:
            _protect(sheet)
            _for_paper(sheet)

    def _put(self, sheet: Worksheet, row: int, column: int, value: str | None) -> Any:
        """A text that stays text: `=1+1` too, also when somebody opens the cell and presses Enter."""
        cell = sheet.cell(row, column)
        text = terms.cell_text(value)
        if text:
            cell.value = terms.escaped(text)
            cell.data_type = "s"
        cell.number_format = _TEXT
        cell.alignment = self.top
        if text[:1] in "=+-@'":
            cell.quotePrefix = bool(text)
        return cell

    def _titles(self, sheet: Worksheet, titles: list[tuple[str, float]]) -> None:
        for place, (title, width) in enumerate(titles, 1):
            cell = self._put(sheet, 1, place, title)
            cell.font, cell.fill, cell.alignment = self.bold, self.head, self.wrap
            sheet.column_dimensions[get_column_letter(place)].width = width
        most = max(_height(title, width) for title, width in titles)
        sheet.row_dimensions[1].height = most + 4

    # the four sheets

    def _instructions(self) -> None:
        sheet = self.help
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 90
        for number, (left, right) in enumerate(instructions(self.out), 1):
            self._put(sheet, number, 1, left).font = self.bold
            self._put(sheet, number, 2, right).alignment = self.wrap
            if left == self.out.say(terms.YOUR_NAME):
                cell = sheet.cell(number, 2)
                cell.protection, cell.fill = self.open, self.fills["confirm"]
            sheet.row_dimensions[number].height = _height(right, 90)

    def _code_lists(self) -> dict[str, str]:
        """The codes of each closed list of the sheet, with their words; field -> where its codes stand."""
        sheet, out, where, row = self.codes, self.out, {}, 2
        title, meaning = out.say(Text("Code", "Code")), out.say(Text("Libellé", "Meaning"))
        self._titles(sheet, [(out.say(terms.FIELD), 34), (title, 12), (meaning, _WIDE)])
        for name in out.fields:
            known = out.contract.field(name)
            for code in known.codes:
                label = known.code_labels.get(code)
                for place, text in enumerate((known.label, code, label), 1):
                    self._put(sheet, row, place, out.say(text) if isinstance(text, Text) else text)
                row += 1
            if known.codes and not known.separator and name not in out.keys:
                where[name] = self._range(row - len(known.codes), row - 1, 2)
        first = row
        for reason in CONFIRMATION_REASONS.values():
            self._put(sheet, row, 1, out.say(terms.REASON))
            self._put(sheet, row, 3, out.say(reason))
            row += 1
        return {**where, "": self._range(first, row - 1, 3)}

    def _range(self, first: int, last: int, column: int) -> str:
        letter = get_column_letter(column)
        return f"'{self.codes.title}'!${letter}${first}:${letter}${last}"

    def _rows(self, lists: Mapping[str, str], progress: Progress) -> None:
        sheet, out = self.rows, self.out
        fields = [out.contract.field(name) for name in out.fields]
        titles: list[tuple[str, float]] = [
            (out.say(title), _NARROW) for title in (terms.REFERENCE, terms.ROW)
        ]
        titles += [(out.say(f.label), _width(f, out.say(f.label))) for f in fields]
        self._titles(sheet, [*titles, (out.say(terms.NOTE), 30), (out.say(terms.SAID), _WIDE)])
        for place, known in enumerate(fields, 3):
            note = f"{out.say(known.definition)}\n{out.say(known.form)}"
            sheet.cell(1, place).comment = _comment(note.strip())
        said = self._said()
        for number, values in enumerate(out.frame.iter_rows(), 2):
            if number % _TELL_EVERY == 0:
                progress(number, out.frame.height, _WRITING)
            self._row(number, values, said[values[0]])
        self._choices(sheet, {p: lists[f.name] for p, f in enumerate(fields, 3) if f.name in lists}, fields)
        sheet.freeze_panes = sheet.cell(2, 3 + len(out.keys))
        last = get_column_letter(len(fields) + 4)
        sheet.auto_filter.ref = f"A1:{last}{out.frame.height + 1}"
        sheet.column_dimensions["A"].hidden = True

    def _said(self) -> dict[int, list[tuple[str, str, str, str]]]:
        """row_id -> (field, severity, what is wrong, what to do) of its findings."""
        said: dict[int, list[tuple[str, str, str, str]]] = defaultdict(list)
        for row_id, *words in self.out.cases.select("row_id", "field", "severity", "message", "fix").rows():
            said[row_id].append((words[0], words[1], words[2], words[3]))
        return said

    def _row(self, number: int, values: tuple[Any, ...], said: list[tuple[str, str, str, str]]) -> None:
        """One record: its mark, its number, its values, room for a remark, and its findings in words."""
        sheet, out = self.rows, self.out
        self._put(sheet, number, 1, out.references[number - 2]).font = self.grey
        self._put(sheet, number, 2, str(values[0])).font = self.grey
        for place, (name, value) in enumerate(zip(out.fields, values[1:], strict=True), 3):
            cell = self._put(sheet, number, place, value)
            if name not in out.keys:
                cell.protection = self.open
            self._mark(cell, [line for line in said if name in line[0].split("+")])
        last = len(out.fields) + 3
        self._put(sheet, number, last, None).protection = self.open
        words = "\n".join(f"{out.say(terms.SEVERITIES[kind])} – {wrong}" for _, kind, wrong, _ in said)
        self._put(sheet, number, last + 1, words).alignment = self.wrap
        sheet.row_dimensions[number].height = _height(words, _WIDE)

    def _mark(self, cell: Cell, said: list[tuple[str, str, str, str]]) -> None:
        """Colour, bar and comment of a wrong cell; errors come first in `said`."""
        if not said:
            return
        kind = said[0][1]
        cell.fill, cell.border = self.fills[kind], self.bars[kind]
        words = [
            f"{self.out.say(terms.SEVERITIES[severity])}\n{wrong}\n→ {fix}"
            for _, severity, wrong, fix in said
        ]
        cell.comment = _comment("\n\n".join(words))

    def _choices(self, sheet: Worksheet, places: Mapping[int, str], fields: list[Field]) -> None:
        for place, where in places.items():
            known = fields[place - 3]
            words = [f"{code} = {self.out.say(label)}" for code, label in known.code_labels.items()]
            self._choice(sheet, place, where, self.out.say(known.label), "\n".join(words))

    def _choice(self, sheet: Worksheet, place: int, where: str, title: str, prompt: str) -> None:
        """A drop-down list for a whole column; the rules say more of a value than a list can."""
        rule = DataValidation(type="list", formula1=where, allow_blank=True, errorStyle="warning")
        rule.promptTitle, rule.prompt = title[:32], prompt[:_MOST_PROMPT] or None
        rule.showInputMessage = bool(prompt)
        rule.showErrorMessage = True
        sheet.add_data_validation(rule)
        letter = get_column_letter(place)
        rule.add(f"{letter}2:{letter}{max(sheet.max_row, 2)}")

    def _findings(self, lists: Mapping[str, str]) -> None:
        sheet, out = self.findings, self.out
        keys = [out.say(out.contract.field(name).label) for name in out.keys]
        widths = [
            (out.say(terms.REFERENCE), _NARROW),
            (out.say(terms.ROW), _NARROW),
            *((k, 14.0) for k in keys),
        ]
        texts = ((terms.SEVERITY, 13), (terms.RULE, 18), (terms.FIELDS, 28), (terms.WRONG, _WIDE))
        more = ((terms.FIX, _WIDE), (terms.REASON, 34), (terms.DETAILS, 30))
        self._titles(sheet, [*widths, *((out.say(title), float(width)) for title, width in (*texts, *more))])
        at = {
            row[0]: (out.references[place], row[1 : 1 + len(keys)])
            for place, row in enumerate(out.frame.rows())
        }
        for number, (row_id, rule_id, place, kind, wrong, fix) in enumerate(out.cases.rows(), 2):
            labels = ", ".join(out.say(out.contract.field(name).label) for name in place.split("+"))
            severity = out.say(terms.SEVERITIES[kind])
            values = [at[row_id][0], str(row_id), *at[row_id][1], severity, rule_id, labels, wrong, fix]
            for column, text in enumerate(values, 1):
                self._put(sheet, number, column, text).alignment = self.wrap
            sheet.row_dimensions[number].height = max(_height(text, _WIDE) for text in (wrong, fix))
            self._finding_look(number, len(keys) + 3, kind)
        self._choice(sheet, len(keys) + 8, lists[""], out.say(terms.REASON)[:32], "")
        sheet.freeze_panes = sheet.cell(2, 3 + len(keys))
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(keys) + 9)}{out.cases.height + 1}"
        sheet.column_dimensions["A"].hidden = True

    def _finding_look(self, number: int, column: int, kind: str) -> None:
        """The severity in its colour; what can be confirmed is open for a reason."""
        cell = self.findings.cell(number, column)
        cell.fill, cell.border = self.fills[kind], self.bars[kind]
        if kind == "confirm":
            for place in (column + 5, column + 6):
                self._put(self.findings, number, place, None).protection = self.open


def _comment(text: str) -> Comment:
    words = terms.cell_text(text)
    short = words if len(words) <= _MOST_COMMENT else words[: _MOST_COMMENT - 1] + "…"
    lines = sum(1 + len(line) // 46 for line in short.split("\n"))
    return Comment(short, "Navette", height=min(24 + 18 * lines, 420), width=340)


def _width(known: Field, title: str) -> float:
    """In characters: for the values, and for the longest word of the title."""
    return max(float(known.width) + 3, 1.2 * max(map(len, title.split())) + 3, 11.0)


def _height(text: str, width: float) -> float:
    """Of a row that holds a wrapped text: not every program works it out when it opens the file."""
    lines = sum(1 + int(len(line) / (width * 1.05)) for line in text.split("\n"))
    return min(_LINE * lines, 400.0)


def _protect(sheet: Worksheet) -> None:
    """Keys cannot be overtyped by accident; who must can lift it, there is no password. Filters stay free."""
    sheet.protection.sheet = True
    for name in ("autoFilter", "formatColumns", "formatRows", "formatCells"):
        setattr(sheet.protection, name, False)


def _for_paper(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
