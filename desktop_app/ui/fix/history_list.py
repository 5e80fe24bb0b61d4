"""The history of a batch, step by step: one can go back to any of them, and forward again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from desktop_app.core.bench import Bench
from desktop_app.core.change_set import cells_of, steps_of
from desktop_app.ui.fix.lists import LinesList
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session

_FIRST = 12


class HistoryList(LinesList):
    """`go_asked` carries the number of the step that is to be the last that holds."""

    go_asked = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._bench: Bench | None = None
        self.go = QPushButton()
        self.go.setAutoDefault(False)
        self.go.clicked.connect(self._go)
        self.about = PlainLabel()
        self.about.setProperty("role", "muted")
        self.about.setWordWrap(True)
        self.bottom.addWidget(self.go)
        self.bottom.addWidget(self.about, 1)
        self.build(
            self.tr("Steps of this batch, latest first"), self._columns(), self.tr("Nothing was done yet.")
        )
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)

    def _columns(self) -> list[tuple[str, str, int]]:
        return [
            ("state", self.tr("State"), 20),
            ("label", self.tr("Step"), 46),
            ("who", self.tr("Who"), 16),
            ("when", self.tr("When"), 18),
            ("why", self.tr("Why"), 30),
        ]

    def show_bench(self, bench: Bench) -> None:
        """Shows the steps; the cursor goes to the latest that holds."""
        self._bench = bench
        steps = steps_of(bench)
        self.show_lines(steps)
        states = steps["state"].to_list()
        self.table.setCurrentIndex(self.model.index(states.index("last"), 0))

    def chosen_changed(self) -> None:
        """The button says what going to the step would do; beside it, what the step changed."""
        row = self.table.currentIndex().row()
        states = self.model.frame["state"].to_list() if self.model.frame.height else []
        if not 0 <= row < len(states):
            self.go.setEnabled(False)
            return
        count = abs(states.index("last") - row)
        self.go.setEnabled(count > 0)
        self.go.setText(
            self.tr("You are here")
            if not count
            else self.tr("Redo %Ln step(s), up to this one", "", count)
            if states[row] == "undone"
            else self.tr("Go back here: undo %Ln step(s)", "", count)
        )
        self.about.setText(self._cells(self.model.line(row)["seq"]))

    def _go(self) -> None:
        index = self.table.currentIndex()
        if index.isValid() and self.go.isEnabled():
            self.go_asked.emit(int(self.model.line(index.row())["seq"]))

    def _cells(self, seq: int) -> str:
        """The first cells of a step, in words."""
        if self._bench is None:
            return ""
        cells, count = cells_of(self._bench, seq, _FIRST)
        told = [self._cell(line) for line in cells.iter_rows(named=True)]
        more = count - len(told)
        return "; ".join(told) + (self.tr(" and %Ln more", "", more) if more > 0 else "")

    def _cell(self, line: dict[str, Any]) -> str:
        row = self.tr("row {row}").format(row=line["row_id"] or "–")
        if "new" not in line or self._bench is None:
            return f"{row} {line.get('rule_id') or ''}".strip()
        label = self._bench.contract.field(line["field"]).label.in_(self.session.language)
        blank = self.tr("blank")
        told = self.tr("{row}, {field}: {old} → {new}")
        return told.format(row=row, field=label, old=line["old"] or blank, new=line["new"] or blank)

    def words(self, line: dict[str, Any], name: str) -> str:
        """A step, in words."""
        language = self.session.language
        if name == "when":
            return self.moment(line["when"])
        if name == "label":
            return str(line[language])
        if name == "why":
            return ". ".join(part for part in (line[f"why_{language}"], line["note"]) if part)
        if name == "state":
            return {
                "done": self.tr("holds"),
                "last": self.tr("holds, latest"),
                "undone": self.tr("undone"),
            }[line["state"]]
        return str(line[name] or "")
