"""What a spreadsheet, or an export, did to the values before they came here: found and named, never mended
silently.

The signs, cell by cell: leading zeros lost, numbers in scientific form, digits rounded off, dates as serial
numbers, day and month swapped by a foreign setting, a code turned into a date, text cut at 255 characters,
accents read in the wrong encoding. Signs over whole rows are in `damaged_rows`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import polars as pl

from desktop_app.core.extracts.columns import DATE_KIND, NUMBER_KIND, ColumnLook, named
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract
from validation_rules.text import Text, rows

DamageKind = Literal[
    "zeros", "scientific", "rounded", "serial", "swapped", "mixed", "code_date", "cut", "mojibake", "accents",
    "shifted", "total", "header",
]  # fmt: skip
LISTED_ROWS = 1000
LOOKING = Text("Recherche de valeurs abîmées", "Looking for damaged values")
_CUT_AT = 255
_FEW_ROWS = 20

_SCIENTIFIC = r"^\s*[+-]?\d(?:[.,]\d+)?[eE]\+\d{1,3}\s*$"
_LONG_NUMBER = r"^\d{16,}$|^\d(?:\.\d+)?e\+\d+$"
_SERIAL = r"^\s*(?:[1-5]\d{4})(?:[.,]\d+)?\s*$"  # 1927 to 2064
# What UTF-8 letters become when read as Windows-1252, and Windows or DOS letters when read as the other.
_HIGH = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = rf"[ÃÅ][{_HIGH}]|Â[\u00a0-\u00bf]|â€|ï¿½|ï»¿|\x{{FFFD}}|\p{{L}}[‚„†‡ˆ‰‹›]\p{{L}}"
_ACCENTS = r"\p{L}\?\p{L}"
_MONTHS = (
    "janv|févr|fevr|mars|avr|mai|juin|juil|août|aout|sept|oct|nov|déc|dec|jan|feb|mar|apr|may|jun|jul|aug|sep"
)
_SHORT_DATE = rf"(?i)^\s*(?:\d{{1,2}}[- ](?:{_MONTHS})\.?|(?:{_MONTHS})\.?[- ]\d{{2}})\s*$"
_TEXT_DAY_FIRST = r"^\s*(?:1[3-9]|2\d|3[01])[/.\-](?:0?[1-9]|1[0-2])[/.\-]\d{4}"
_TEXT_MONTH_FIRST = r"^\s*(?:0?[1-9]|1[0-2])[/.\-](?:1[3-9]|2\d|3[01])[/.\-]\d{4}"
_TEXT_DATE = r"^\s*\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}"
_SMALL_DAY = r"^\d{4}-\d{2}-(?:0[1-9]|1[0-2])"
_DATE_NAMES = frozenset({"date", "dt", "ddn", "dob", "jour", "day"})
_PLACE_NAMES = frozenset({"lieu", "place", "commune", "code", "insee", "cp"})
_CODE_NAMES = frozenset(
    {"cp", "postal", "postcode", "zip", "insee", "commune", "finess", "siret", "residence", "résidence",
     "code", "cog", "municipality"}
)  # fmt: skip
_CODE_WIDTHS = (5, 9)


@dataclass(frozen=True, slots=True)
class Damage:
    """One sign of damage in one column, or in whole rows when `column` is None.

    `rows` counts the rows that show it, `first` are the numbers of the first of them. `sure` is False where
    another reading is possible. The sentences hold no cell value.
    """

    kind: DamageKind
    column: str | None
    rows: int
    first: tuple[int, ...]
    sure: bool
    say: Text
    todo: Text


def find_damage(
    extract: Extract, progress: Progress = silent, looks: Sequence[ColumnLook] = ()
) -> tuple[Damage, ...]:
    """Every sign of damage, column after column, then that of whole rows. Nothing is changed.

    `looks` are those of all columns, when they were made already.
    """
    from desktop_app.core.extracts.damaged_rows import damaged_rows

    found: list[Damage] = []
    looks = looks or [ColumnLook(extract, name) for name in extract.columns]
    for place, look in enumerate(looks):
        found += column_damage(look, partial(progress, place, len(looks), LOOKING))
    whole = tuple(damaged_rows(extract, looks, progress))
    moved = {number for damage in whole for number in damage.first if damage.kind == "shifted"}
    # A date amid codes is no new damage where all cells of the row moved.
    return (*(damage for damage in found if not moved.issuperset(damage.first)), *whole)


def column_damage(look: ColumnLook, tick: Callable[[], None] = lambda: None) -> Iterator[Damage]:
    """The signs in the cells of one column. `tick` is called between two looks at it."""
    if look.tally.is_empty():
        return
    for check in _CHECKS:
        tick()
        found = check(look)
        if found is not None:
            yield found


def listed(row_ids: pl.Series) -> tuple[int, ...]:
    """The first row numbers of many."""
    return tuple(row_ids.head(LISTED_ROWS).to_list())


def _made(
    kind: DamageKind, look: ColumnLook, row_ids: pl.Series, said: Text, todo: Text, *, sure: bool = True
) -> Damage | None:
    if row_ids.is_empty():
        return None
    many = rows(len(row_ids))
    say = Text(
        f"«\u00a0{look.name}\u00a0», {many.fr}\u00a0: {said.fr}", f"“{look.name}”, {many.en}: {said.en}"
    )
    return Damage(kind, look.name, len(row_ids), listed(row_ids), sure, say, todo)


_AS_TEXT = Text(
    "Refaites l’export en CSV, sans passer par un tableur, ou mettez la colonne au format Texte avant d’y "
    "coller les valeurs.",
    "Export to CSV again without opening it in a spreadsheet, or give the column the format Text before "
    "pasting the values.",
)


def _scientific(look: ColumnLook) -> Damage | None:
    return _made(
        "scientific",
        look,
        look.rows_of(look.matching(_SCIENTIFIC)),
        Text(
            "des nombres en notation scientifique (comme 1E+05), dont les derniers chiffres sont perdus.",
            "numbers in scientific form (such as 1E+05), whose last digits are lost.",
        ),
        _AS_TEXT,
    )


def _rounded(look: ColumnLook) -> Damage | None:
    if look.kind_shares[0] == 0:
        return None
    long = look.rows_of(look.matching(_LONG_NUMBER))
    return _made(
        "rounded",
        look,
        long.filter(long.is_in(look.rows_of_kind(NUMBER_KIND).implode())),
        Text(
            "des numéros de plus de 15 chiffres stockés comme nombres\u00a0: les derniers chiffres "
            "sont perdus.",
            "identifiers of more than 15 digits stored as numbers: the last digits are lost.",
        ),
        _AS_TEXT,
    )


def _serial(look: ColumnLook) -> Damage | None:
    """Five-digit numbers amid dates, or all through a column that calls itself a date."""
    words = named(look.name, _DATE_NAMES) and not named(look.name, _PLACE_NAMES)
    numbers = look.share(_SERIAL)
    if not numbers or not (look.dates >= 0.3 or (words and look.dates + numbers >= 0.9)):
        return None
    return _made(
        "serial",
        look,
        look.rows_of(look.matching(_SERIAL)),
        Text(
            "des dates devenues des numéros de série de tableur (comme 45231).",
            "dates turned into serial numbers of a spreadsheet (such as 45231).",
        ),
        Text(
            "Mettez la colonne au format Date dans le tableur et enregistrez, ou refaites l’export.",
            "Give the column the format Date in the spreadsheet and save, or export again.",
        ),
    )


def _swapped(look: ColumnLook) -> Damage | None:
    """A spreadsheet set to month first turns 05/04 into 4 May and leaves 25/04 as text."""
    if not 0.05 < look.kind_shares[1] < 0.95:
        return None
    written, dated = look.share(_TEXT_DATE), look.cells_of_kind(DATE_KIND).unique()
    real = look.tally.filter(pl.col("value").is_in(dated.implode()))
    small = real.filter(pl.col("value").str.contains(_SMALL_DAY))
    cells, small_days = (int(part.get_column("count").sum()) for part in (real, small))
    if cells < _FEW_ROWS or small_days < cells or written * look.filled < 5:
        return None
    if look.share(_TEXT_DAY_FIRST) < 0.95 * written:
        return None
    return _made(
        "swapped",
        look,
        look.rows_of_kind(DATE_KIND),
        Text(
            "jour et mois sans doute échangés par un tableur réglé à l’américaine (aucune de ces dates n’a "
            "de jour après le 12, toutes les dates en texte en ont un).",
            "day and month probably swapped by a spreadsheet set to month first (none of these dates has a "
            "day over 12, all dates kept as text have one).",
        ),
        Text(
            "Refaites l’export en CSV, sans passer par un tableur : ces dates ne peuvent pas être devinées.",
            "Export to CSV again without opening it in a spreadsheet: these dates cannot be guessed.",
        ),
    )


def _mixed(look: ColumnLook) -> Damage | None:
    """Dates that only read day first beside dates that only read month first: the fewer are the odd ones."""
    day_first, month_first = look.matching(_TEXT_DAY_FIRST), look.matching(_TEXT_MONTH_FIRST)
    if day_first.is_empty() or month_first.is_empty() or look.dates < 0.3:
        return None
    counts = [int(part.get_column("count").sum()) for part in (day_first, month_first)]
    return _made(
        "mixed",
        look,
        look.rows_of(month_first if counts[1] <= counts[0] else day_first),
        Text(
            "le jour et le mois sont dans l’autre ordre que sur les autres lignes.",
            "day and month are in the other order than on the other rows.",
        ),
        Text(
            "Refaites l’export avec une seule forme de date\u00a0: celles du 1er au 12 restent douteuses.",
            "Export again with one form of date: those of days 1 to 12 stay doubtful.",
        ),
    )


def _code_date(look: ColumnLook) -> Damage | None:
    """`1-3` becomes `01-mars`, or a real date amid codes."""
    short = look.rows_of(look.matching(_SHORT_DATE))
    strange = 0.0 < look.kind_shares[1] < 0.5 and look.dates < 0.5
    found = look.rows_of_kind(DATE_KIND) if strange else short.head(0)
    if not strange and 0 < look.dates < 0.2 and not named(look.name, _DATE_NAMES) and _short_codes(look):
        found = look.rows_of(look.matching(r"^\s*\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}\s*$"))
    return _made(
        "code_date",
        look,
        pl.concat([short, found]).unique().sort(),
        Text(
            "des codes qu’un tableur a pris pour des dates (1-3 devient 01-mars).",
            "codes that a spreadsheet took for dates (1-3 becomes 01-Mar).",
        ),
        _AS_TEXT,
        sure=bool(len(short)) or strange,
    )


def _short_codes(look: ColumnLook) -> bool:
    """Whether the column holds codes: short values without blanks."""
    return look.share(r"^\s*[^\s]{1,7}\s*$") >= 0.75


def _zeros(look: ColumnLook) -> Damage | None:
    """Codes of one width, none of which begins with 0, beside some that are one digit short."""
    digits = look.matching(r"^\d+$").with_columns(pl.col("value").str.len_chars().alias("width"))
    if digits.is_empty():
        return None
    by_width = dict(digits.group_by("width").agg(pl.col("count").sum()).iter_rows())
    usual = max(by_width, key=lambda width: by_width[width])
    short, total = by_width.get(usual - 1, 0), sum(by_width.values())
    hinted = named(look.name, _CODE_NAMES) or usual == 9
    if usual not in _CODE_WIDTHS or not short or total < _FEW_ROWS or by_width[usual] + short < 0.97 * total:
        return None
    zero = digits.filter((pl.col("width") == usual) & pl.col("value").str.starts_with("0"))
    if zero.height or short > 0.35 * total or (not hinted and look.tally.height > 0.8 * look.filled):
        return None
    return _made(
        "zeros",
        look,
        look.rows_of(digits.filter(pl.col("width") == usual - 1)),
        Text(
            f"{usual - 1} chiffres au lieu de {usual}, et aucun code ne commence par 0\u00a0: le zéro "
            "initial est perdu.",
            f"{usual - 1} digits instead of {usual}, and no code begins with 0: the leading zero is lost.",
        ),
        Text(
            "L’association des colonnes peut le remettre («\u00a0zéros initiaux\u00a0»)\u00a0; mieux, "
            "refaites l’export sans passer par un tableur.",
            "The mapping of the columns can put it back (“leading zeros”); better, export again without a "
            "spreadsheet.",
        ),
        sure=hinted,
    )


def _cut(look: ColumnLook) -> Damage | None:
    lengths = look.tally.get_column("value").str.len_chars()
    if lengths.max() != _CUT_AT:
        return None
    at_limit = look.tally.filter(lengths == _CUT_AT)
    return _made(
        "cut",
        look,
        look.rows_of(at_limit),
        Text("un texte coupé à 255 caractères.", "a text cut at 255 characters."),
        Text(
            "Refaites l’export avec une zone de texte plus longue si la fin compte.",
            "Export again with a longer text field if the end matters.",
        ),
        sure=at_limit.height > 1,
    )


def _mojibake(look: ColumnLook) -> Damage | None:
    return _made(
        "mojibake",
        look,
        look.rows_of(look.matching(_MOJIBAKE)),
        Text(
            "des accents mal lus («\u00a0Ã©\u00a0» pour «\u00a0é\u00a0»), par un mauvais encodage.",
            "accents read wrongly (“Ã©” for “é”), by a wrong encoding.",
        ),
        Text(
            "Essayez un autre encodage ci-dessus\u00a0; si rien n’y change, refaites l’export en UTF-8.",
            "Try another encoding above; if nothing changes, export again in UTF-8.",
        ),
    )


def _accents(look: ColumnLook) -> Damage | None:
    found = look.matching(_ACCENTS)
    if found.height < 2 or look.share(r"\?") > 1.5 * look.share(_ACCENTS):
        return None
    return _made(
        "accents",
        look,
        look.rows_of(found),
        Text(
            "un point d’interrogation à la place d’une lettre accentuée : la lettre est perdue.",
            "a question mark in place of an accented letter: the letter is lost.",
        ),
        Text("Refaites l’export en UTF-8.", "Export again in UTF-8."),
        sure=False,
    )


_CHECKS: tuple[Callable[[ColumnLook], Damage | None], ...] = (
    _zeros, _scientific, _rounded, _serial, _swapped, _mixed, _code_date, _cut, _mojibake, _accents,
)  # fmt: skip
