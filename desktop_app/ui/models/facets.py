"""Facets and their counts as a tree of two levels with boxes to tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.ui import theme
from desktop_app.ui.models.causes import rule_name, short_rule_name
from desktop_app.ui.models.selection import FACETS, UNKNOWN
from desktop_app.ui.plain import tool_tip
from validation_rules.text import Language

if TYPE_CHECKING:
    from validation_rules.contract import Contract
    from validation_rules.text import Text

Index = QModelIndex | QPersistentModelIndex
_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.CheckStateRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.AccessibleTextRole,
    }
)
_NOWHERE = QModelIndex()
_AT_TIMES = ("root", "source", "file")  # not shown where no row or finding has one


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One line under a facet. `count` is in findings."""

    value: str
    label: str
    count: int
    chosen: bool


class FacetModel(QAbstractItemModel):
    """Facet -> values with their counts. Ticking a value is told by `toggled(facet, value)`."""

    toggled = Signal(str, str)

    def __init__(self, contract: Contract, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contract = contract
        self._language: Language = language
        self._roots: Mapping[str, tuple[Text, Text]] = {}
        self._facets: list[tuple[str, list[FacetValue]]] = [(facet, []) for facet in FACETS]

    def show(
        self,
        counts: Mapping[str, tuple[tuple[str, int], ...]],
        chosen: Mapping[str, frozenset[str]],
        roots: Mapping[str, tuple[Text, Text]] | None = None,
    ) -> None:
        """Shows counts; the facets stay in their order. `roots` names the causes that findings share."""
        roots = roots or {}
        shown = [
            (facet, counts.get(facet, ()))
            for facet in FACETS
            if facet not in _AT_TIMES
            or chosen.get(facet)
            or any(value != UNKNOWN for value, _ in counts.get(facet, ()))
        ]
        if roots == self._roots and self._renewed(shown, chosen):
            return
        self.beginResetModel()
        self._roots = roots
        self._facets = [
            (
                facet,
                [
                    FacetValue(
                        value, self.label(facet, value), count, value in chosen.get(facet, frozenset())
                    )
                    for value, count in values
                ],
            )
            for facet, values in shown
        ]
        self.endResetModel()

    def _renewed(
        self, shown: Sequence[tuple[str, Sequence[tuple[str, int]]]], chosen: Mapping[str, frozenset[str]]
    ) -> bool:
        """Other counts or ticks in the lines that there are; False when there are to be other lines."""
        now = [(facet, [value for value, _ in values]) for facet, values in shown]
        if now != [(facet, [item.value for item in items]) for facet, items in self._facets]:
            return False
        for row, ((facet, values), (_, items)) in enumerate(zip(shown, self._facets, strict=True)):
            ticked = chosen.get(facet, frozenset())
            place = self.index(row, 0)
            for line, (value, count) in enumerate(values):
                item = items[line]
                if (item.count, item.chosen) != (count, value in ticked):
                    items[line] = replace(item, count=count, chosen=value in ticked)
                    first, last = (self.index(line, column, place) for column in (0, 1))
                    self.dataChanged.emit(first, last)
            self.dataChanged.emit(place, place)  # its title tells how many are ticked
        return True

    def index_of(self, facet: str, value: str | None = None) -> QModelIndex:
        """Where a facet, or one of its values, is in the tree; invalid when it is not there."""
        for row, (name, values) in enumerate(self._facets):
            if name == facet:
                if value is None:
                    return self.index(row, 0)
                for line, item in enumerate(values):
                    if item.value == value:
                        return self.index(line, 0, self.index(row, 0))
        return QModelIndex()

    def at(self, index: Index) -> tuple[str, str | None]:
        """Facet and value at a place of the tree; the value is None on the facet itself."""
        if not index.internalId():
            return self._facets[index.row()][0], None
        facet, values = self._facets[index.internalId() - 1]
        return facet, values[index.row()].value

    def title(self, facet: str) -> str:
        """The name of a facet."""
        return {
            "state": self.tr("State"),
            "severity": self.tr("Severity"),
            "rule_id": self.tr("Rule"),
            "field": self.tr("Field"),
            "root": self.tr("Root cause"),
            "year": self.tr("Incidence year"),
            "institution": self.tr("Institution"),
            "source": self.tr("Source of the notification"),
            "file": self.tr("Source file"),
        }[facet]

    def label(self, facet: str, value: str) -> str:
        """The words for one value of a facet."""
        if value == UNKNOWN:
            return self.tr("No shared cause") if facet == "root" else self.tr("Not given")
        words = {
            "open": self.tr("Open"),
            "confirmed": self.tr("Confirmed"),
            "corrected": self.tr("Corrected"),
            "error": self.tr("Error"),
            "confirm": self.tr("To confirm"),
            "info": self.tr("For information"),
        }
        if facet in ("state", "severity"):
            return words.get(value, value)
        if facet == "rule_id":
            return short_rule_name(self._contract, value, self._language)
        if facet == "field":
            return self._contract.field(value).label.in_(self._language)
        if facet == "source":
            return self._source(value)
        if facet == "root" and value in self._roots:
            return self._roots[value][0].in_(self._language)
        return value

    def _source(self, value: str) -> str:
        """A code of the sources with its words."""
        known = "sources" in self._contract.field_names
        words = self._contract.field("sources").code_labels.get(value) if known else None
        return value if words is None else f"{value} \N{EN DASH} {words.in_(self._language)}"

    # the tree

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self._facets)
        return 0 if parent.internalId() or parent.column() else len(self._facets[parent.row()][1])

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self._checkable(index) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or not index.isValid():
            return None
        if not index.internalId():
            return self._facet_data(index, role)
        facet, values = self._facets[index.internalId() - 1]
        item = values[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.label if index.column() == 0 else QLocale().toString(item.count)
        if role == Qt.ItemDataRole.CheckStateRole and self._checkable(index):
            return Qt.CheckState.Checked if item.chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._explained(facet, item))
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0 and facet == "severity":
            return theme.icon(item.value, item.value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{label}, %Ln finding(s)", "", item.count).format(label=item.label)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self._checkable(index):
            return False
        facet, name = self.at(index)
        self.toggled.emit(facet, name or "")
        return True

    def _explained(self, facet: str, item: FacetValue) -> str:
        if facet != "rule_id":
            return item.label
        return f"{item.value}\n{rule_name(self._contract, item.value, self._language)}"

    def _facet_data(self, index: Index, role: int) -> Any:
        facet, values = self._facets[index.row()]
        if index.column():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            chosen = sum(item.chosen for item in values)
            return f"{self.title(facet)} ({chosen})" if chosen else self.title(facet)
        return None

    def _checkable(self, index: Index) -> bool:
        return bool(index.internalId()) and index.column() == 0
