"""Settings: language, colours, who works here, where things are kept, and the enrolment with the registry."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.watched import FOLDER as WATCHED
from desktop_app.ui.keep.card import KeepCard
from desktop_app.ui.plain import folded, paragraph, tool_tip
from desktop_app.ui.session import SITE_RULES, Session
from desktop_app.ui.widgets.cards import card_form, card_row
from desktop_app.ui.widgets.fitting import FittingLabel

# A language is named in itself, so that a person who cannot read the others finds it.
LANGUAGES = (("fr", "Français"), ("en", "English"))


class SettingsPage(QWidget):
    """Every change is kept at once; there is no button to save."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.language = self._combo()
        self.colours = self._combo()
        self.person = QLineEdit()
        self.enrolled, self._facts = paragraph(), paragraph()
        self.keeping = KeepCard(session)
        self.forget = self.keeping.forget
        self.site_rules, self.watched = FittingLabel(), FittingLabel()
        self._lay_out()
        self.setFocusProxy(self.language)
        self._fill()
        self._connect()
        self.refresh()

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Settings")

    def purpose(self) -> str:
        """What the page is for, in one line."""
        return self.tr(
            "Language, colours, who works here, and the enrolment with the registry. Kept at once."
        )

    def refresh(self) -> None:
        """Says it again from the session."""
        session = self.session
        for combo, value in (
            (self.language, session.language),
            (self.colours, session.setting("theme", "system")),
        ):
            combo.blockSignals(True)
            combo.setCurrentIndex(max(0, combo.findData(value)))
            combo.blockSignals(False)
        if not self.person.hasFocus():
            self.person.setText(session.workspace.person() if session.workspace is not None else "")
        opened = session.workspace is not None and not session.readonly
        for widget in (self.person, self._enrol, self.choose_rules, self.drop_rules):
            widget.setEnabled(opened)
        self.keeping.refresh()
        for widget in (self.choose_watched, self.drop_watched):
            widget.setEnabled(opened)
        self._show_site_rules()
        self._show_watched()
        self._show_enrolment()

    def _combo(self) -> QComboBox:
        combo = QComboBox()
        combo.setMinimumWidth(self.fontMetrics().averageCharWidth() * 40)
        return combo

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll, body = QScrollArea(), QWidget()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.setObjectName("page")
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        cards = (
            self._make_general(),
            self._make_watched(),
            self._make_rules(),
            self._make_registry(),
            self.keeping,
        )
        for card in cards:
            card.setMaximumWidth(self.fontMetrics().averageCharWidth() * 130)
            column.addWidget(card)
        column.addStretch(1)
        scroll.setWidget(body)
        outer.addWidget(scroll)

    def _card(self, title: str) -> tuple[QFrame, QFormLayout]:
        card = QFrame()
        return card, card_form(card, title)

    def _row(self, form: QFormLayout, words: str, widget: QWidget) -> None:
        widget.setAccessibleName(words.replace("&", ""))
        card_row(form, words, widget)

    def _make_general(self) -> QFrame:
        card, form = self._card(self.tr("This program"))
        self.person.setMinimumWidth(self.fontMetrics().averageCharWidth() * 40)
        self.person.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.person.setPlaceholderText(self.tr("Written beside each correction"))
        self.person.setMaxLength(80)
        self._row(form, self.tr("&Language"), self.language)
        self._row(form, self.tr("&Colours"), self.colours)
        self._row(form, self.tr("Your &name"), self.person)
        return card

    def _left(self, *widgets: QWidget) -> QWidget:
        place, line = QWidget(), QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        for widget in widgets:
            line.addWidget(widget)
        line.addStretch(1)
        place.setLayout(line)
        return place

    def _make_watched(self) -> QFrame:
        card, form = self._card(self.tr("Watched folder"))
        self.choose_watched = QPushButton(self.tr("Choose a folder…"))
        self.choose_watched.setAccessibleName(self.tr("Choose the folder in which exports arrive"))
        self.choose_watched.clicked.connect(self._choose_watched)
        self.drop_watched = QPushButton(self.tr("Stop watching"))
        self.drop_watched.clicked.connect(self._drop_watched)
        self._row(form, self.tr("Folder"), self._left(self.watched, self.choose_watched, self.drop_watched))
        said = self.tr(
            "A file that arrives there is proposed on the pages Batches and Load; nothing is opened "
            "without you, and nothing in the folder is changed."
        )
        form.addRow(folded(said, "muted"))
        return card

    def _make_rules(self) -> QFrame:
        card, form = self._card(self.tr("Rules of the site"))
        self.choose_rules = QPushButton(self.tr("Choose a file…"))
        self.choose_rules.setAccessibleName(self.tr("Choose the file of the rules of the site"))
        self.choose_rules.clicked.connect(self._choose_rules)
        self.drop_rules = QPushButton(self.tr("Remove"))
        self.drop_rules.setAccessibleName(self.tr("Check the rules of the contract alone"))
        self.drop_rules.clicked.connect(self._drop_rules)
        self._row(form, self.tr("File"), self._left(self.site_rules, self.choose_rules, self.drop_rules))
        said = self.tr(
            "Your own checks, beside those of the contract. They stay on this computer, and stop a batch "
            "only where the file says so."
        )
        form.addRow(folded(said, "muted"))
        return card

    def _make_registry(self) -> QFrame:
        card, form = self._card(self.tr("Enrolment with the registry"))
        self._enrol = QPushButton(self.tr("Import an enrolment file…"))
        self._enrol.setToolTip(self.tr("The file the registry gave you; its code can be used once."))
        self._enrol.clicked.connect(self._choose_enrolment)
        for lines in (self.enrolled, self._facts):
            lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row(form, self.tr("State"), self.enrolled)
        self._row(form, self.tr("Keys"), self._facts)
        form.addRow(self._left(self._enrol))
        return card

    def _fill(self) -> None:
        for code, name in LANGUAGES:
            self.language.addItem(name, code)
        choices = (self.tr("As the system"), self.tr("Light"), self.tr("Dark"))
        for code, words in zip(("system", "light", "dark"), choices, strict=True):
            self.colours.addItem(words, code)

    def _connect(self) -> None:
        self.language.activated.connect(self._set_language)
        self.colours.activated.connect(self._set_colours)
        self.person.editingFinished.connect(self._set_person)
        self.session.changed.connect(self._changed)

    def _set_language(self) -> None:
        self.session.set_language(self.language.currentData())

    def _set_colours(self) -> None:
        self.session.keep_setting("theme", self.colours.currentData())

    def _set_person(self) -> None:
        if self.person.isModified():
            self.person.setModified(False)
            self.session.set_person(self.person.text().strip())

    def _choose_watched(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Watched folder"))
        if name:
            self.session.watch_folder(Path(name))

    def _drop_watched(self) -> None:
        self.session.watch_folder(None)

    def _show_watched(self) -> None:
        named = self.session.setting(WATCHED, "")
        self.watched.setText(Path(named).name or named if named else self.tr("None"))
        self.watched.setToolTip(tool_tip(named))
        self.drop_watched.setVisible(bool(named))

    def _choose_rules(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Rules of the site"), "", self.tr("Rules (*.yaml *.yml);;All files (*)")
        )
        if name:
            self.session.set_site_rules(Path(name))

    def _drop_rules(self) -> None:
        self.session.set_site_rules(None)

    def _show_site_rules(self) -> None:
        named = self.session.setting(SITE_RULES, "")
        self.site_rules.setText(Path(named).name if named else self.tr("None"))
        self.site_rules.setToolTip(tool_tip(named))
        self.drop_rules.setVisible(bool(named))

    def _choose_enrolment(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import an enrolment file"), "", self.tr("Enrolment files (*.json);;All files (*)")
        )
        if name:
            self.session.enrol(Path(name))

    def _show_enrolment(self) -> None:
        site = self.session.site
        if site is None:
            self.enrolled.setText(self.tr("Not enrolled yet: batches can be checked, not sent."))
            self._facts.setText(self.tr("No key"))
            return
        words = self.tr("{name} (FINESS {finess}), with {registry}")
        host = site.endpoint.partition("://")[2]
        self.enrolled.setText(words.format(name=site.site.name, finess=site.site.finess, registry=host))
        lines = []
        for key in site.linkage_keys:
            last = self.session.moment(datetime.combine(key.period_end, time()), "d MMMM yyyy")
            lines.append(self.tr("{key}, valid until {day}").format(key=key.key_id, day=last))
        self._facts.setText("\n".join(lines))

    def _changed(self, change: str) -> None:
        if change == "settings":
            self.refresh()
