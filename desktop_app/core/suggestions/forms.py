"""Values that are not written as their field wants them: FMT and COD, in any contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import polars as pl

from desktop_app.core.mapping.words import WORDS, fold
from desktop_app.core.suggestions.idea import Idea, Scene, idea
from validation_rules.contract import Field

_MONTHS: Mapping[str, str] = MappingProxyType(
    {
        "JAN": "01", "FEV": "02", "FÉV": "02", "FEB": "02", "MAR": "03", "AVR": "04", "APR": "04",
        "MAI": "05", "MAY": "05", "JUIN": "06", "JUN": "06", "JUIL": "07", "JUL": "07", "AOU": "08",
        "AOÛ": "08", "AUG": "08", "SEP": "09", "OCT": "10", "NOV": "11", "DEC": "12", "DÉC": "12",
    }
)  # fmt: skip
_YES_NO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"0": ("non", "no", "n"), "1": ("oui", "yes", "o", "y"), "9": ("inconnu", "unknown", "nsp", "nr")}
)
_ROMAN = (("IV", "4"), ("III", "3"), ("II", "2"), ("I", "1"))
_SHORTEST = 3  # letters of a code that can be told from its beginning
_FIRST_SERIAL, _LAST_SERIAL = 7_000, 60_000  # 1919 to 2064


def dates(scene: Scene) -> Iterator[Idea]:
    """A date in another form than YYYY-MM-DD."""
    if scene.contract.field(scene.field).logical_type not in ("date", "partial_date"):
        return
    value = pl.col("value")
    yield from _rewritten(scene, "form.date_first", r"^(\d{4}-\d{2}-\d{2}).+$", "${1}")
    zeros = value.str.to_uppercase().str.replace_all("O", "0", literal=True).str.replace_all("[IL]", "1")
    yield from _changed(scene, "form.letters", zeros)
    for pattern in (r"^(\d{4})[/._-](\d{1,2})[/._-](\d{1,2})$", r"^((?:19|20)\d\d)(\d{2})(\d{2})$"):
        yield from _date(scene, "form.date_year", pattern, (1, 2, 3))
    for pattern in (r"^(\d{1,2})[/._-](\d{1,2})[/._-](\d{4})$", r"^(\d{2})(\d{2})((?:19|20)\d\d)$"):
        yield from _date(scene, "form.date_day", pattern, (3, 2, 1))
        yield from _date(scene, "form.date_month", pattern, (3, 1, 2))
    yield from _rewritten(scene, "form.date_day", r"^(\d{2})[/._-](\d{4})$", "${2}-${1}")
    yield from _short_years(scene)
    months = value.str.to_uppercase()
    for word, number in _MONTHS.items():
        months = months.str.replace(
            rf"^(\d{{1,2}})[/._-]?{word}\pL*[/._-]?(\d{{4}})$", f"${{1}}/{number}/${{2}}"
        )
        months = months.str.replace(rf"^{word}\pL*[/._-]?(\d{{4}})$", f"00/{number}/${{1}}")
    named = months.str.extract_groups(r"^(\d{1,2})/(\d{2})/(\d{4})$")
    written = months != value.str.to_uppercase()
    iso = _iso(named, (3, 2, 1)).str.strip_suffix("-00")
    yield from idea(scene, "form.date_word", written, {"value": iso})
    year = value.str.extract(r"^[^\d]+((?:19|20)\d\d)$", 1)
    yield from idea(scene, "form.year_alone", year.is_not_null() & ~written, {"value": year})
    serial = value.str.extract(r"^(\d{4,5})(?:[.,]0*)?$", 1).cast(pl.Int32, strict=False)
    day = pl.lit("1899-12-30").str.to_date() + pl.duration(days=serial)
    real = serial.is_between(_FIRST_SERIAL, _LAST_SERIAL)
    yield from idea(scene, "form.date_serial", real, {"value": day.dt.strftime("%Y-%m-%d")})


def digits(scene: Scene) -> Iterator[Idea]:
    """Marks, letters and zeros that a hand or a spreadsheet put in or left out."""
    field = scene.contract.field(scene.field)
    if field.free_text or field.logical_type in ("date", "partial_date") or field.separator:
        return
    value = pl.col("value")
    yield from _rewritten(scene, "form.excel", r"^(\d+)[.,]0+$", "${1}")
    yield from _changed(scene, "form.comma", value.str.replace_all(",", ".", literal=True))
    yield from _changed(scene, "form.marks", value.str.replace_all(r"[^\p{L}\d]", ""))
    zeros = value.str.to_uppercase().str.replace_all("O", "0", literal=True).str.replace_all("[IL]", "1")
    yield from _changed(scene, "form.letters", zeros)
    yield from _changed(scene, "form.zero", pl.lit("0") + value, value.str.contains(r"^\d"))
    yield from _changed(scene, "form.no_zero", value.str.replace(r"^0+(\d)", "${1}"))
    yield from _changed(scene, "form.digits", value.str.replace_all(r"\D", ""), value.str.contains(r"\d"))


def texts(scene: Scene) -> Iterator[Idea]:
    """Marks in a name that stand for an apostrophe or a space, or for nothing."""
    field = scene.contract.field(scene.field)
    if not field.free_text:
        return
    value = pl.col("value")
    yield from _changed(scene, "form.apostrophe", value.str.replace_all(r"[`´ʼ′‘]", "'"))
    spaced = value.str.replace_all(r"[_./;,]+", " ").str.replace_all(" {2,}", " ").str.strip_chars(" ")
    yield from _changed(scene, "form.spaces", spaced)
    bare = value.str.replace_all(r"[^\p{L}\d '’-]+", " ").str.replace_all(" {2,}", " ").str.strip_chars(" ")
    yield from _changed(scene, "form.marks", bare, bare != "")


def lists(scene: Scene) -> Iterator[Idea]:
    """Codes joined by another sign than that of the field; codes that its list does not have."""
    field = scene.contract.field(scene.field)
    if not field.separator:
        return
    value, by = pl.col("value"), field.separator
    joined = value.str.replace_all(r"[^\p{L}\d.]+", by).str.strip_chars(by)
    yield from _changed(scene, "form.separator", joined)
    parts = value.str.split(by)
    known = parts.list.eval(pl.element().filter(pl.element().is_in(list(field.codes))))
    yield from _changed(scene, "code.known_only", known.list.join(by), known.list.len() > 0)


def site(scene: Scene) -> Iterator[Idea]:
    """A site without its letter, or without its last digit."""
    if scene.names.part_of(scene.field) != "site":
        return
    value = pl.col("value")
    yield from _rewritten(
        scene, "form.site_letter", r"^(\d\d)\.?(\d)$", "C${1}.${2}", dotted=scene.names.dotted
    )
    yield from idea(
        scene, "site.bare", value.str.contains(r"^C\d\d\.?$"), {"site": value.str.slice(0, 3) + ".9"}
    )


def histology(scene: Scene) -> Iterator[Idea]:
    """Histology, behaviour and grade in one cell: 8140/3, M81403, 8140/32."""
    if scene.names.part_of(scene.field) != "histology":
        return
    pattern = r"^M?-?(\d{4})[/ .-]?(\d)(\d)?$"
    found = pl.col("value").str.extract_groups(pattern)
    code, behaviour, grade = (found.struct.field(str(number)) for number in (1, 2, 3))
    free = pl.col("behaviour").is_null() | (pl.col("behaviour") == behaviour)
    no_grade = grade.is_null() | (grade == "")
    cells = {"histology": code, "behaviour": behaviour}
    yield from idea(scene, "form.histology", free & code.is_not_null() & no_grade, cells)
    free_grade = pl.col("grade").is_null() | (pl.col("grade") == grade)
    yield from idea(scene, "form.histology", free & free_grade & ~no_grade, {**cells, "grade": grade})
    yield from idea(scene, "form.histology_alone", ~free & code.is_not_null(), {"histology": code})


def words(scene: Scene) -> Iterator[Idea]:
    """A word, an abbreviation or a roman figure for a code of the list."""
    field = scene.contract.field(scene.field)
    if not field.codes:
        return
    meanings = _meanings(field)
    told = scene.frame["value"].drop_nulls().unique().to_list()
    by = {word: meanings[fold(word)] for word in told if fold(word) in meanings}
    if by:
        new = pl.col("value").replace_strict(by, default=None, return_dtype=pl.String)
        yield from idea(scene, "code.word", new.is_not_null(), {"value": new})
    close = {word: code for word in told if (code := _closest(word, field.codes)) is not None}
    if close:
        new = pl.col("value").replace_strict(close, default=None, return_dtype=pl.String)
        yield from idea(scene, "code.closest", new.is_not_null(), {"value": new})
    for roman, digit in _ROMAN:
        fits = pl.col("value").str.contains(rf"^{roman}[A-D]?\d?$")
        yield from idea(scene, "code.roman", fits, {"value": pl.lit(digit)})


def _closest(word: str, codes: tuple[str, ...]) -> str | None:
    """The one code of letters that begins the word, or that the word begins."""
    if len(word) < _SHORTEST:
        return None
    found = [code for code in codes if code.isalpha() and (word.startswith(code) or code.startswith(word))]
    return found[0] if len(found) == 1 and len(found[0]) >= _SHORTEST else None


def _meanings(field: Field) -> dict[str, str]:
    """Folded word -> code of the field."""
    known = WORDS.get(field.name) or (WORDS["sexe"] if field.name == "sex" else None)
    table = known or (_YES_NO if set(_YES_NO) <= set(field.codes) else {})
    labels = {fold(text): code for code, label in field.code_labels.items() for text in label}
    return labels | {fold(word): code for code, many in table.items() for word in many if code in field.codes}


def _changed(scene: Scene, kind: str, new: pl.Expr, where: pl.Expr | None = None) -> Iterator[Idea]:
    differs = (new != pl.col("value")) & (new != "")
    yield from idea(scene, kind, differs if where is None else differs & where, {"value": new})


def _rewritten(scene: Scene, kind: str, pattern: str, by: str, *, dotted: bool = True) -> Iterator[Idea]:
    new = pl.col("value").str.replace(pattern, by if dotted else by.replace(".", ""))
    yield from _changed(scene, kind, new, pl.col("value").str.contains(pattern))


def _date(scene: Scene, kind: str, pattern: str, order: tuple[int, int, int]) -> Iterator[Idea]:
    found = pl.col("value").str.extract_groups(pattern)
    yield from idea(scene, kind, pl.col("value").str.contains(pattern), {"value": _iso(found, order)})


def _iso(found: pl.Expr, order: tuple[int, int, int]) -> pl.Expr:
    """Groups year, month, day as YYYY-MM-DD."""
    year, month, day = (found.struct.field(str(number)) for number in order)
    return year + "-" + month.str.zfill(2) + "-" + day.str.zfill(2)


def _short_years(scene: Scene) -> Iterator[Idea]:
    """dd/mm/yy: the century of today where that is not in the future, and the one before."""
    pattern = r"^(\d{1,2})[/._-](\d{1,2})[/._-](\d{2})$"
    found = pl.col("value").str.extract_groups(pattern)
    day, month, year = (found.struct.field(str(number)) for number in (1, 2, 3))
    rest = "-" + month.str.zfill(2) + "-" + day.str.zfill(2)
    matches = pl.col("value").str.contains(pattern)
    past = year.cast(pl.Int32, strict=False) <= scene.today.year % 100
    yield from idea(scene, "form.date_short", matches & past, {"value": pl.lit("20") + year + rest})
    yield from idea(scene, "form.date_short", matches, {"value": pl.lit("19") + year + rest})
