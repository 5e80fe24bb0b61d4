"""The words of the window: English in the source, French in the `*_fr.qm` beside this file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from validation_rules.text import Language

FOLDER = Path(__file__).parent


def install(app: QCoreApplication, language: Language) -> None:
    """Loads every group of sentences in `language`, and Qt's own; numbers and dates follow it too."""
    for old in app.findChildren(QTranslator, "navette"):
        app.removeTranslator(old)
        old.deleteLater()
    country = QLocale.Country.France if language == "fr" else QLocale.Country.UnitedKingdom
    tongue = QLocale.Language.French if language == "fr" else QLocale.Language.English
    QLocale.setDefault(QLocale(tongue, country))
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{language}.qm"
    for path in (qt, *sorted(FOLDER.glob(f"*_{language}.qm"))):
        _load(app, path)


def _load(app: QCoreApplication, path: Path) -> None:
    translator = QTranslator(app)
    translator.setObjectName("navette")
    # Qt ships no qtbase_en: its own source strings are English.
    if path.is_file() and translator.load(str(path)):
        app.installTranslator(translator)
    else:
        translator.deleteLater()
