"""What openpyxl cannot say of a sheet: that its codes are texts on purpose."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
# The order of a sheet's parts is fixed: this one comes before drawings, comments and tables.
_NEXT = re.compile(
    rb"<(?:smartTags|drawing|legacyDrawing|legacyDrawingHF|picture|oleObjects|tableParts)\b|</worksheet>"
)
_IGNORED = (
    b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1" '
    b'twoDigitTextYear="1"/></ignoredErrors>'
)


def numbers_as_text(book: Workbook) -> bytes:
    """The workbook as a file, without the green corner that Excel puts on a code such as 8500."""
    plain, quiet = BytesIO(), BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(quiet, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry.filename, _quiet(content) if _SHEET.fullmatch(entry.filename) else content)
    return quiet.getvalue()


def _quiet(sheet: bytes) -> bytes:
    found = _NEXT.search(sheet, max(0, len(sheet) - 4096))
    if found is None:
        return sheet
    return sheet[: found.start()] + _IGNORED + sheet[found.start() :]
