"""What changed in the file since its recipe was made; each change is accepted, or left to the page Map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTableView, QVBoxLayout, QWidget

from desktop_app.core.mapping.drift import accept
from desktop_app.ui import theme
from desktop_app.ui.mapping.differences import differences
from desktop_app.ui.mapping.drifted import Drifted
from desktop_app.ui.plain import PlainLabel, tool_tip
from desktop_app.ui.widgets.table import TitledModel, plain_table

if TYPE_CHECKING:
    from desktop_app.core.mapping.drift import Drift
    from desktop_app.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ACCEPTED, KIND, COLUMN, FIELD, ROWS, SAID = range(6)
_ICONS = {"new": "add", "gone": "remove", "renamed": "link", "recoded": "refresh", "form": "fix"}


class DriftModel(TitledModel):
    """One line a change; the first column is ticked where the proposal is accepted (Space)."""

    ticked = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._drifts: Sequence[Drift] = ()
        self._accepted: set[int] = set()

    def show(self, drifts: Sequence[Drift]) -> None:
        """Replaces everything; nothing is accepted yet."""
        self.beginResetModel()
        self._drifts, self._accepted = drifts, set()
        self.endResetModel()

    def drift(self, row: int) -> Drift:
        """The change of a row."""
        return self._drifts[row]

    def accepted(self) -> list[Drift]:
        """What the person accepted, in order."""
        return [drift for row, drift in enumerate(self._drifts) if row in self._accepted]

    def proposed(self) -> int:
        """How many changes come with a proposal."""
        return sum(drift.proposal is not None for drift in self._drifts)

    def take(self, rows: Sequence[int], yes: bool) -> None:
        """Accepts these proposals, or no longer does."""
        for row in rows:
            if self._drifts[row].proposal is not None:
                (self._accepted.add if yes else self._accepted.discard)(row)
        if self._drifts:
            self.dataChanged.emit(self.index(0, ACCEPTED), self.index(len(self._drifts) - 1, ACCEPTED))
        self.ticked.emit()

    def height(self) -> int:
        return len(self._drifts)

    def titles(self) -> tuple[str, ...]:
        return (
            self.tr("Proposal"),
            self.tr("Change"),
            self.tr("Column"),
            self.tr("Contract field"),
            self.tr("Rows"),
            self.tr("What was seen"),
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        tickable = index.column() == ACCEPTED and self._drifts[index.row()].proposal is not None
        return flags | Qt.ItemFlag.ItemIsUserCheckable if tickable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        drift, column = self._drifts[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(drift, index.row(), column)
        if role == Qt.ItemDataRole.CheckStateRole and column == ACCEPTED and drift.proposal is not None:
            return Qt.CheckState.Checked if index.row() in self._accepted else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole and column == KIND:
            return theme.icon(_ICONS[drift.kind], "error" if drift.kind == "gone" else "confirm")
        if role == Qt.ItemDataRole.TextAlignmentRole and column == ROWS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._text(drift, index.row(), column))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != ACCEPTED:
            return False
        self.take([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def kind(self, drift: Drift) -> str:
        """The kind of a change in words."""
        words = {
            "new": self.tr("new column"),
            "gone": self.tr("column gone"),
            "renamed": self.tr("column renamed"),
            "recoded": self.tr("other codes"),
            "form": self.tr("written otherwise"),
        }
        return words[drift.kind]

    def _text(self, drift: Drift, row: int, column: int) -> str:
        if column == ACCEPTED:
            return self._answer(drift, row)
        if column == KIND:
            return self.kind(drift)
        if column == COLUMN:
            whole = self.tr("whole file")
            return (f"{drift.was} → {drift.header}" if drift.was else drift.header) or whole
        if column == FIELD:
            return self._label(drift)
        if column == ROWS:
            return self._session.number(drift.rows) if drift.rows else ""
        return self._session.say(drift.say)

    def _answer(self, drift: Drift, row: int) -> str:
        if drift.proposal is None:
            return self.tr("for you to decide")
        return self.tr("accepted") if row in self._accepted else self.tr("not accepted")

    def _label(self, drift: Drift) -> str:
        contract = self._session.contract
        if drift.field is None or contract is None:
            return ""
        return self._session.say(contract.field(drift.field).label)


class DriftView(QWidget):
    """`went_on(recipe, accepted)` with the recipe that follows; `started_anew()`: without the kept one."""

    went_on = Signal(object, int)
    started_anew = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._found: Drifted | None = None
        self.model = DriftModel(session, self)
        self.table = plain_table(self.model, self.tr("What changed since the recipe was made"))
        self._title, self._counts, self._detail = PlainLabel(), PlainLabel(), PlainLabel()
        self.all = QPushButton(self.tr("Accept &every proposal"))
        self.none = QPushButton(self.tr("Accept &none"))
        self.anew = QPushButton(self.tr("Set this recipe aside"))
        self.go_on = QPushButton()
        self._lay_out()
        self.setFocusProxy(self.table)
        self.all.clicked.connect(self.accept_all)
        self.none.clicked.connect(self._accept_none)
        self.anew.clicked.connect(self.started_anew)
        self.go_on.clicked.connect(self._go_on)
        self.model.ticked.connect(self._show_answer)
        self.table.activated.connect(self._toggle)
        self.table.selectionModel().currentRowChanged.connect(self._show_detail)

    def show_drifts(self, found: Drifted) -> None:
        """What changed against a recipe that was kept here or comes from outside."""
        self._found = found
        self.model.show(found.drifts)
        self._title.setText(self._where(found))
        kinds: dict[str, int] = {}
        for drift in found.drifts:
            kinds[self.model.kind(drift)] = kinds.get(self.model.kind(drift), 0) + 1
        number = self._session.number
        said = (self.tr("{kind}: {count}").format(kind=words, count=number(n)) for words, n in kinds.items())
        self._counts.setText(" · ".join(said))
        proposed = self.model.proposed()
        for button in (self.all, self.none):
            button.setEnabled(proposed > 0)
        if found.drifts:
            self.table.selectRow(0)
        self._show_answer()

    @property
    def shape(self) -> str | None:
        """The shape of file whose recipe is shown, when it is another one than that of the file."""
        return self._found.shape if self._found is not None else None

    def accept_all(self) -> None:
        """Accepts every proposal."""
        self.model.take(range(self.model.rowCount()), yes=True)

    def _where(self, found: Drifted) -> str:
        if found.name:
            return self.tr("The file at hand differs from the one for which “{name}” was made").format(
                name=found.name
            )
        if found.saved is None:
            return self.tr("The file has changed since its recipe was made")
        when = self._session.moment(found.saved, "d MMMM yyyy")
        return self.tr("The file has changed since the recipe of {day}").format(day=when)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        self._title.setProperty("role", "title")
        self._counts.setProperty("role", "muted")
        hint = PlainLabel(
            self.tr(
                "Nothing is changed unless you accept it. What you leave is settled on the page that follows."
            )
        )
        self._detail.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        for label in (self._title, self._counts, hint, self._detail):
            label.setWordWrap(True)
        self._set_up_table()
        for widget in (self._title, self._counts, hint):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self._detail)
        self.go_on.setProperty("role", "primary")
        self.go_on.setToolTip(self.tr("Go on to the mapping (Ctrl+Enter)"))
        self.anew.setToolTip(self.tr("Map this file as the program guesses it, as if there were no recipe"))
        line = QHBoxLayout()
        for button in (self.all, self.none, self.anew):
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.go_on)
        column.addLayout(line)

    def _set_up_table(self) -> None:
        table, wide = self.table, self.fontMetrics().averageCharWidth()
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setToolTip(self.tr("Enter or Space accepts the proposal of the line"))
        header = table.horizontalHeader()
        for section, width in ((ACCEPTED, 23), (KIND, 28), (COLUMN, 32), (FIELD, 24), (ROWS, 10)):
            header.resizeSection(section, width * wide)
        header.setSectionResizeMode(SAID, QHeaderView.ResizeMode.Stretch)

    def _accept_none(self) -> None:
        self.model.take(range(self.model.rowCount()), yes=False)

    def _toggle(self, index: QModelIndex) -> None:
        box = self.model.index(index.row(), ACCEPTED)
        now = box.data(Qt.ItemDataRole.CheckStateRole)
        if now is not None:
            self.model.take([index.row()], yes=now != Qt.CheckState.Checked)

    def _show_answer(self) -> None:
        accepted = len(self.model.accepted())
        self.go_on.setText(
            self.tr("Go on with %Ln accepted change(s)", "", accepted)
            if accepted
            else self.tr("Go on without them")
        )
        self._show_detail()

    def _show_detail(self) -> None:
        row, contract = self.table.currentIndex().row(), self._session.contract
        if row < 0 or self._found is None or contract is None:
            self._detail.clear()
            return
        drift, say = self.model.drift(row), self._session.say
        said = [say(drift.say)]
        if drift.values:
            said.append(self.tr("Values seen: {values}").format(values=", ".join(drift.values)))
        if drift.proposal is None:
            said.append(self.tr("The file alone cannot tell what to do: decide on the page that follows."))
        else:
            told = " ".join(map(say, differences(self._found.recipe, drift.proposal, contract)))
            said.append(self.tr("Proposal: {changes}").format(changes=told or self._without_a_field(drift)))
        self._detail.setText("\n".join(said))

    def _without_a_field(self, drift: Drift) -> str:
        if drift.kind == "new":
            return self.tr("note that the column stays on this computer.")
        return self.tr("read the file in this way.")

    def _go_on(self) -> None:
        if self._found is not None:
            accepted = self.model.accepted()
            self.went_on.emit(accept(self._found.recipe, accepted), len(accepted))
