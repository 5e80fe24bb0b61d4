"""Findings grouped by rule, then by root cause (the same rule met by the same values), worst first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
from PySide6.QtCore import QAbstractItemModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.ui import theme
from desktop_app.ui.models.lookup import place, places_where
from desktop_app.ui.models.selection import Changed, Group, groups_of
from desktop_app.ui.plain import tool_tip
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from validation_rules.contract import Contract

Index = QModelIndex | QPersistentModelIndex
CASE_ROLE = Qt.ItemDataRole.UserRole + 1
_LINE = ("row_id", "rule_id", "field", "value")  # what tells the lines of the tree apart
PAGE = 100  # lines shown under one node before one asks for more
_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.AccessibleTextRole,
        CASE_ROLE,
    }
)
_NOWHERE = QModelIndex()
_RULE, _CAUSE, _CASE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Case:
    """One finding on one row. `number` is its place in the list, `root` the key of a shared cause."""

    number: int
    row_id: int
    field: str
    rule_id: str
    severity: str
    value: str
    state: str
    alike: int
    root: str | None = None

    @property
    def fields(self) -> list[str]:
        """The fields that the finding is about."""
        return self.field.split("+")


@dataclass(slots=True)
class _Group:
    """A shared cause or a rule: its cases are `first` to `last` (excluded), its causes begin at `causes`,
    counted from `first`; none before the group is first opened."""

    name: str
    severity: str
    first: int
    last: int
    left: int
    causes: list[int]
    shown: int = PAGE


class CausesModel(QAbstractItemModel):
    """Shared cause or rule -> same values -> row, over a frame in list order; values met once are a leaf.

    Lines beyond a page come when the view asks for them (`fetchMore`); the counts always tell all.
    """

    def __init__(self, contract: Contract, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contract = contract
        self._language: Language = language
        self._cases = pl.DataFrame()
        self._roots: Mapping[str, tuple[Text, Text]] = {}
        self._groups: list[_Group] = []
        self._starts: list[int] = []
        self._open: pl.Series | None = None  # numbers of the findings that are open, once asked for
        self._fetched: dict[int, int] = {}
        self._emptied: set[int] = set()  # groups that are just now between two contents

    def show(
        self,
        cases: pl.DataFrame,
        roots: Mapping[str, tuple[Text, Text]] | None = None,
        groups: Sequence[Group] | None = None,
        changed: Changed | None = None,
    ) -> None:
        """Shows findings that are in list order (see `in_list_order`); `roots` names the shared causes.

        `groups` are those of these findings (None: not counted yet). The same frame again changes nothing;
        where it is known what has `changed`, the other groups stay as they are, opened or not.
        """
        if cases is self._cases:
            return
        placed = _placed(groups_of(cases) if groups is None and cases.height else groups or ())
        names = [group.name for group in placed]
        if (
            changed is not None
            and changed.before() is self._cases
            and names == [group.name for group in self._groups]
        ):
            self._patch(cases, placed, {names.index(name) for name in changed.groups})
            return
        self.beginResetModel()
        self._roots = roots or {}
        self._take(cases, placed)
        self._fetched = {}
        self.endResetModel()

    def _take(self, cases: pl.DataFrame, groups: list[_Group]) -> None:
        self._cases, self._groups = cases, groups
        self._open = None
        self._starts = [group.first for group in groups]

    def _patch(self, cases: pl.DataFrame, groups: list[_Group], changed: Set[int]) -> None:
        """The same groups with other findings in some. To lay out every line of the tree takes longer than
        all the rest of an edit: only a group that is opened and has other lines is emptied and filled."""
        others = [number for number in changed if self._lines_differ(cases, groups[number], number)]
        for number in others:
            parent = self.index(number, 0)
            self.beginRemoveRows(parent, 0, self.rowCount(parent) - 1)
            self._forget(number)
            self._emptied.add(number)
            self.endRemoveRows()
        for number, (was, now) in enumerate(zip(self._groups, groups, strict=True)):
            now.causes = [] if number in others else was.causes
        self._take(cases, groups)
        for number in others:
            self.beginInsertRows(self.index(number, 0), 0, min(len(self._causes(number)), PAGE) - 1)
            self._emptied.remove(number)
            self.endInsertRows()
        for number in changed:
            line = self.index(number, 0)
            self.dataChanged.emit(line, line)
            if groups[number].causes and number not in others:
                self._tell_below(line)

    def _tell_below(self, parent: QModelIndex) -> None:
        """That the lines under one may look different, down to the last level."""
        count = self.rowCount(parent)
        if count:
            self.dataChanged.emit(self.index(0, 0, parent), self.index(count - 1, 0, parent))
            for row in range(count):
                self._tell_below(self.index(row, 0, parent))

    def _lines_differ(self, cases: pl.DataFrame, now: _Group, number: int) -> bool:
        """Whether the tree shows lines of a group that are others now."""
        was = self._groups[number]
        if not was.causes:
            return False
        before = self._cases.slice(was.first, was.last - was.first)
        return not before.select(_LINE).equals(cases.slice(now.first, now.last - now.first).select(_LINE))

    def _forget(self, number: int) -> None:
        """That more lines of a group were asked for."""
        below = number << 2 | _CAUSE
        self._fetched.pop(self._key(self.index(number, 0)), None)
        self._fetched = {key: size for key, size in self._fetched.items() if (key - 1) >> 20 != below}

    def __len__(self) -> int:
        return self._cases.height

    def case(self, number: int) -> Case:
        """One finding by its place in the list."""
        row = self._cases.row(number, named=True)
        return Case(
            number=number,
            row_id=row["row_id"],
            field=row["field"],
            rule_id=row["rule_id"],
            severity=row["severity"],
            value=row["value"] or "",
            state=row["state"],
            alike=row["of_cause"],
            root=row["root"],
        )

    def at(self, index: Index) -> Case | None:
        """The finding at a place of the tree: itself, or the first of the group."""
        first = self._first(index) if index.isValid() else None
        return None if first is None else self.case(first)

    def walk(self, number: int, step: int) -> int | None:
        """The next (1) or previous (-1) finding that is still open, around the end; None when none is."""
        if self._open is None:
            self._open = places_where(self._cases["state"] == "open") if len(self) else pl.Series()
        still = self._open
        if not len(still):
            return None
        next_one = place(still, number + 1) if step > 0 else place(still, number) - 1
        return int(still[next_one % len(still)])

    def find(self, row_id: int, field: str) -> int | None:
        """The worst finding, in list order, that is about a cell; an open one before a settled one."""
        about = [case for case in self._of_row(row_id) if field in case.fields]
        about.sort(key=lambda case: case.state != "open")
        return about[0].number if about else None

    def number_of(self, row_id: int, rule_id: str, field: str) -> int | None:
        """Where a finding is in the list; None when it is not there."""
        return next(
            (case.number for case in self._of_row(row_id) if (case.rule_id, case.field) == (rule_id, field)),
            None,
        )

    def again(self, case: Case) -> Case | None:
        """A finding as it is now; None when it is not in the list any more."""
        number = self.number_of(case.row_id, case.rule_id, case.field)
        return None if number is None else self.case(number)

    def _of_row(self, row_id: int) -> list[Case]:
        if not len(self):
            return []
        return [self.case(number) for number in places_where(self._cases["row_id"] == row_id).to_list()]

    def index_of(self, number: int) -> QModelIndex:
        """The line of a finding, or the nearest one above it.

        The next page is fetched when the line is on it. One that lies further is told by its cause or its
        rule: to lay out a hundred thousand lines for one would hold the window.
        """
        group = bisect_right(self._starts, number) - 1
        causes, number = self._causes(group), number - self._groups[group].first
        cause = bisect_right(causes, number) - 1
        rule = self.index(group, 0)
        line = self._reach(rule, cause)
        if line == rule or self._cause_size(group, cause) == 1:
            return line
        return self._reach(line, number - causes[cause])

    def _reach(self, parent: QModelIndex, row: int) -> QModelIndex:
        """Line `row` under `parent`, at most one page on; else the parent itself."""
        if row >= self.rowCount(parent):
            self.fetchMore(parent)
        return self.index(row, 0, parent) if row < self.rowCount(parent) else parent

    # the tree: internal id = group * 4 (rule), cause line and group packed for the lower levels

    def _causes(self, group: int) -> list[int]:
        """The first case of each cause of a group, counted in the group; found when it is first opened."""
        found = self._groups[group]
        if not found.causes:
            part = self._cases.slice(found.first, found.last - found.first)
            key = pl.struct("rule_id", "field", "value")
            begins = (key != key.shift(1)).fill_null(True)
            starts = part.select(begins.arg_true()).to_series()
            found.causes = starts.to_list()
        return found.causes

    def _cause_size(self, group: int, cause: int) -> int:
        causes, found = self._causes(group), self._groups[group]
        end = causes[cause + 1] if cause + 1 < len(causes) else found.last - found.first
        return end - causes[cause]

    def _where(self, index: Index) -> tuple[int, int, int]:
        """Level, group and cause of an index."""
        number = index.internalId()
        level, number = number & 3, number >> 2
        if level == _RULE:
            return level, index.row(), -1
        if level == _CAUSE:
            return level, number, index.row()
        return level, number & 0xFFFF, number >> 16

    def _first(self, index: Index) -> int:
        level, group, cause = self._where(index)
        start = self._groups[group].first
        if level == _RULE:
            return start
        start += self._causes(group)[cause]
        return start + index.row() if level == _CASE else start

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if column or row < 0 or row >= self.rowCount(parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, 0, _RULE)
        level, group, _ = self._where(parent)
        if level == _RULE:
            return self.createIndex(row, 0, (group << 2) | _CAUSE)
        return self.createIndex(row, 0, (((parent.row() << 16) | group) << 2) | _CASE)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        if not index.isValid():
            return QModelIndex()
        level, group, cause = self._where(index)
        if level == _RULE:
            return QModelIndex()
        if level == _CAUSE:
            return self.createIndex(group, 0, _RULE)
        return self.createIndex(cause, 0, (group << 2) | _CAUSE)

    def _children(self, parent: Index) -> int:
        """How many lines a node has in all."""
        if not parent.isValid():
            return len(self._groups)
        level, group, cause = self._where(parent)
        if level == _RULE:
            return 0 if group in self._emptied else len(self._causes(group))
        size = self._cause_size(group, cause) if level == _CAUSE else 0
        return size if size > 1 else 0

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if parent.isValid() and parent.column():
            return 0
        return min(self._children(parent), self._fetched.get(self._key(parent), PAGE))

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        if not parent.isValid():
            return bool(self._groups)
        return self._where(parent)[0] == _RULE or self._children(parent) > 0

    def _key(self, parent: Index) -> int:
        return (parent.internalId() << 20 | parent.row()) + 1 if parent.isValid() else 0

    def canFetchMore(self, parent: Index) -> bool:
        return self.rowCount(parent) < self._children(parent)

    def fetchMore(self, parent: Index) -> None:
        shown = self.rowCount(parent)
        more = min(self._children(parent), shown + PAGE)
        if more > shown:
            self.beginInsertRows(parent, shown, more - 1)
            self._fetched[self._key(parent)] = more
            self.endInsertRows()

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._tip(index))
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(index)
        if role == CASE_ROLE:
            return self._first(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            case = self.case(self._first(index))
            return self.tr("{severity}. {text}").format(severity=self.word(case), text=self._text(index))
        return None

    def _tip(self, index: Index) -> str:
        case = self.case(self._first(index))
        shared = self._roots.get(case.root or "") if self._where(index)[0] == _RULE else None
        if shared is not None:
            return f"{self._text(index)}\n{shared[1].in_(self._language)}"
        return f"{case.rule_id}\n{self._text(index)}"

    def word(self, case: Case) -> str:
        """The state of a finding when it is settled, else its severity, in one word."""
        return {
            "confirmed": self.tr("Confirmed"),
            "corrected": self.tr("Corrected"),
            "error": self.tr("Error"),
            "confirm": self.tr("To confirm"),
            "info": self.tr("For information"),
        }[case.severity if case.state == "open" else case.state]

    def _text(self, index: Index) -> str:
        level, group, cause = self._where(index)
        if level == _RULE:
            found = self._groups[group]
            count = QLocale().toString(found.last - found.first)
            if found.name in self._roots and found.left:
                # The count first: the cause is a sentence, and the pane is narrow.
                shared = self._roots[found.name][0].in_(self._language)
                return self.tr("{count} findings, one cause: {cause}").format(count=count, cause=shared)
            name = self._name(found)
            if not found.left:
                return self.tr("{rule} ({count}, all settled)").format(rule=name, count=count)
            return self.tr("{rule} ({count})").format(rule=name, count=count)
        case = self.case(self._first(index))
        value = case.value or self.tr("blank")
        if level == _CAUSE and (size := self._cause_size(group, cause)) > 1:
            return self.tr("{value}  (%Ln row(s))", "", size).format(value=value)
        if level == _CAUSE:
            return self.tr("row {row}   {value}").format(row=case.row_id, value=value)
        return self.tr("row {row}").format(row=case.row_id)

    def _name(self, group: _Group) -> str:
        if group.name in self._roots:
            return self._roots[group.name][0].in_(self._language)
        return rule_name(self._contract, group.name, self._language)

    def group_name(self, row: int) -> str:
        """Key of the shared cause, or id of the rule, of a line of the first level."""
        return self._groups[row].name

    def _icon(self, index: Index) -> Any:
        level, group, _ = self._where(index)
        if level == _RULE:
            found = self._groups[group]
            return theme.icon(found.severity, found.severity) if found.left else theme.icon("done", "done")
        state = self._cases["state"][self._first(index)]
        return theme.icon("done", "done") if state != "open" and self._children(index) == 0 else None


def rule_name(contract: Contract, rule_id: str, language: Language) -> str:
    """A rule in one line. The rules of one field are known by their title, the others by their id too."""
    rule = contract.rule(rule_id)
    title = rule.title.in_(language)
    return title if rule.kind in ("REQ", "FMT", "COD") else f"{rule_id}  {title}"


def short_rule_name(contract: Contract, rule_id: str, language: Language) -> str:
    """The same for a narrow column, where what differs must come first."""
    rule = contract.rule(rule_id)
    if rule.kind in ("REQ", "FMT", "COD"):
        return f"{rule.kind} {contract.field(rule.fields[0]).label.in_(language)}"
    return rule_name(contract, rule_id, language)


def _placed(groups: Sequence[Group]) -> list[_Group]:
    """Where each group begins and ends in the list."""
    placed: list[_Group] = []
    first = 0
    for name, severity, size, left in groups:
        placed.append(_Group(name, severity, first, first + size, left, []))
        first += size
    return placed
