"""The table of the page Map: one line a contract field, with its column, how sure that is, and examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.ui import theme
from desktop_app.ui.mapping.edits import column_for, default_for
from desktop_app.ui.mapping.trial import ColumnTrial, Outcome, sources_of
from desktop_app.ui.plain import tool_tip
from desktop_app.ui.widgets.table import TitledModel

if TYPE_CHECKING:
    from desktop_app.core.mapping import Draft, Recipe
    from desktop_app.ui.session import Session
    from validation_rules.contract import Contract, Field

Index = QModelIndex | QPersistentModelIndex
Confidence = Literal["kept", "sure", "likely", "choose", "gone", "fixed", "none"]
_NOWHERE = QModelIndex()
SURE, LIKELY = 0.9, 0.6
DOUBT = 0.01  # below this share, values that do not fit are left to the station Fix
FIELD, SOURCE, CONFIDENCE, SAMPLES = range(4)
_ICONS = {
    "kept": ("done", "done"),
    "sure": ("done", "done"),
    "fixed": ("done", "done"),
    "likely": ("confirm", "confirm"),
    "choose": ("error", "error"),
    "gone": ("error", "error"),
}
_TO_LOOK_AT = ("likely", "choose", "gone")


@dataclass(frozen=True, slots=True)
class Line:
    """A contract field as the person sees it. `sources` are the columns of the file, `evidence` why they are.

    `outcome` is None while nothing was tried: without a column, or with one that the file lacks.
    """

    field: Field
    sources: tuple[str, ...]
    fixed: str
    confidence: Confidence
    evidence: str
    outcome: Outcome | None

    @property
    def source(self) -> str:
        """The columns, or the value of every row, as one line; empty when nothing fills the field."""
        return " + ".join(self.sources) or self.fixed

    @property
    def samples(self) -> tuple[str, ...]:
        """The most frequent values."""
        values = self.outcome.values if self.outcome is not None else ()
        return tuple(value.local for value in sorted(values, key=lambda value: -value.rows)[:4])

    @property
    def unfit(self) -> int:
        """Rows whose value the contract does not know."""
        return self.outcome.unfit if self.outcome is not None else 0

    @property
    def filled(self) -> int:
        """Rows that hold something."""
        return self.outcome.filled if self.outcome is not None else 0

    @property
    def doubtful(self) -> bool:
        """Whether so many values do not fit that the mapping, not the data, is likely to be wrong."""
        return self.unfit > DOUBT * self.filled

    @property
    def missing(self) -> bool:
        """Whether the contract requires the field and nothing fills it."""
        return self.field.required == "yes" and not self.source

    @property
    def to_look_at(self) -> bool:
        """Whether a person should look before going on."""
        return self.confidence in _TO_LOOK_AT or self.doubtful


def lines(
    contract: Contract,
    recipe: Recipe,
    draft: Draft | None,
    tried: Mapping[str, ColumnTrial],
    chosen: frozenset[str],
    headers: Sequence[str],
    language: Literal["fr", "en"],
) -> list[Line]:
    """One line a field in the order of the contract; `chosen` are the fields that the person set by hand.

    `tried` is by field; `headers` are the columns of the file.
    """
    guesses = {guess.source: guess for guess in draft.columns} if draft is not None else {}
    made = []
    for field in contract.fields:
        column = column_for(recipe, field.name)
        sources = sources_of(column, headers) if column is not None else ()
        gone = any(name not in headers for name in sources)
        guess = guesses.get(sources[0]) if len(sources) == 1 else None
        guessed = guess if guess is not None and field.name in guess.fields else None
        fixed = default_for(recipe, field.name)
        certain = None if guessed is None or field.name in chosen else guessed.confidence
        confidence = "gone" if gone else _confidence(field, sources, fixed, certain)
        trial = tried.get(field.name)
        evidence = guessed.evidence.in_(language) if guessed is not None else ""
        outcome = trial.outcomes[field.name] if trial is not None else None
        made.append(Line(field, sources, fixed, confidence, evidence, outcome))
    return made


def _confidence(field: Field, sources: tuple[str, ...], fixed: str, guessed: float | None) -> Confidence:
    if not sources:
        return "fixed" if fixed else "choose" if field.required == "yes" else "none"
    if guessed is None:
        return "kept"
    return "sure" if guessed >= SURE else "likely" if guessed >= LIKELY else "choose"


class MapModel(TitledModel):
    """Read-only; changes are made in the panel beside it."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lines: list[Line] = []

    def show(self, made: list[Line]) -> None:
        """Replaces the content; the same fields in the same order keep their rows and the selection."""
        if len(made) == len(self._lines):
            self._lines = made
            self.dataChanged.emit(self.index(0, 0), self.index(len(made) - 1, SAMPLES))
            return
        self.beginResetModel()
        self._lines = made
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._lines[row]

    def height(self) -> int:
        return len(self._lines)

    def titles(self) -> tuple[str, ...]:
        return (
            self.tr("Contract field"),
            self.tr("Your column"),
            self.tr("Confidence"),
            self.tr("Examples"),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == CONFIDENCE:
            return self._icon(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._tip(line, index.column()))
        if role == Qt.ItemDataRole.ForegroundRole and (index.column() == SAMPLES or not line.source):
            return theme.brush("muted")
        return None

    def _tip(self, line: Line, column: int) -> str:
        if column == CONFIDENCE:
            return line.evidence
        text = self._text(line, column)
        return f"{text}\n{self._session.say(line.field.definition)}" if column == FIELD else text

    def _text(self, line: Line, column: int) -> str:
        if column == FIELD:
            mark = " *" if line.field.required == "yes" else ""
            return self._session.say(line.field.label) + mark
        if column == SOURCE:
            return line.source or self.tr("no column")
        if column == CONFIDENCE:
            return self.words(line)
        return " · ".join(line.samples)

    def _icon(self, line: Line) -> Any:
        if line.doubtful and line.confidence not in ("choose", "gone"):
            return theme.icon("confirm", "confirm")
        return theme.icon(*_ICONS[line.confidence]) if line.confidence in _ICONS else None

    def words(self, line: Line) -> str:
        """The confidence as a word, or how many rows hold a value that the contract does not know."""
        if line.doubtful:
            return self.tr("%Ln row(s) without a match", "", line.unfit)
        words = {
            "kept": self.tr("chosen"),
            "sure": self.tr("sure"),
            "likely": self.tr("likely"),
            "choose": self.tr("to choose"),
            "gone": self.tr("column not in the file"),
            "fixed": self.tr("same for all rows"),
            "none": self.tr("optional"),
        }
        return words[line.confidence]
