"""One frozen type a station: what each step hands to the next.

A step accepts only the type of the step before it, so a frame that still holds a name cannot be sealed:
the type checker says so before any test runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from validation_rules.text import Text

if TYPE_CHECKING:
    import polars as pl

    from desktop_app.core.mapping.recipe import Recipe
    from validation_rules.contract import Contract

FileFormat = Literal[
    "delimited", "xlsx", "xls", "ods", "fixed_width", "html", "parquet", "sas", "spss", "stata", "pmsi-mco"
]
Ragged = Literal["keep", "aside", "auto"]
DateOrder = Literal["dmy", "mdy"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The user's own file, never written to. `size` is in bytes."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class FixedColumn:
    """One zone of a fixed-width record; `start` counts characters from 1."""

    header: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class FilePart:
    """One of several files that are read as one extract, as it was when it was read.

    `name` tells it from the others; `rows` counts its data rows, blank ones too; `size` is in bytes.
    """

    name: str
    path: str
    sha256: str
    size: int
    rows: int
    options: ImportOptions


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is read. `header_row` counts from 1 in file order; None when there is no header.

    `quote` None means that no quoting is used. `layout` is for fixed width only. `sheet` names the sheet of a
    workbook or the table of a Web page. `member` is the file inside a ZIP or GZIP archive; None when the file
    is read as it lies on the disk. `ragged` says what becomes of rows with too few or too many cells: in the
    table, kept aside, or aside unless the export writes short rows by habit; `aside_rows` are the numbers of
    other rows that the person kept aside. `date_order`, `decimal_mark` and `thousands_mark` are how values
    are written where the file alone does not tell; None leaves it to each column. `parts` names the files of
    an extract that was gathered from several, in order, each with options of its own. `companion` and
    `identities` are files read along with one of the PMSI: their paths, absolute or from its folder.
    """

    format: FileFormat
    encoding: str | None = None
    separator: str | None = None
    quote: str | None = '"'
    header_row: int | None = 1
    sheet: str | None = None
    layout: tuple[FixedColumn, ...] = ()
    ragged: Ragged = "keep"
    aside_rows: tuple[int, ...] = ()
    date_order: DateOrder | None = None
    decimal_mark: str | None = None
    thousands_mark: str | None = None
    parts: tuple[FilePart, ...] = ()
    companion: str | None = None
    identities: str | None = None
    member: str | None = None

    def place_of(self, row_id: int) -> tuple[str, int] | None:
        """The file of a row and its number there, when there are several files."""
        before = 0
        for part in self.parts:
            if before < row_id <= before + part.rows:
                return part.name, row_id - before
            before += part.rows
        return None


@dataclass(frozen=True, slots=True)
class Guess:
    """One thing the program guessed about a file, its evidence, and how sure it is (0 to 1).

    `option` is the name of a field of `ImportOptions`; `choices` are the other values worth offering.
    """

    option: str
    value: str
    evidence: Text
    confidence: float
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read from a file.

    `frame`: `row_id` UInt32 (1 = first data row in file order, blank rows counted but left out), then one
    String column per source column, named by its header made unique (`Nom`, `Nom (2)`), null = empty cell.
    `kinds` (workbooks, Parquet, statistical files): same columns without `row_id`, UInt8, 0 text, 1 number,
    2 date, 3 other. `ragged` counts rows with too few or too many cells; `blank_rows` rows with no value.
    `odd` lists the former: `row_id` and `cells`, both UInt32; the last `extra` columns exist for them alone.
    `aside`: rows that were read and are not in `frame`: `row_id`, `frames.CELLS`, then those of the file.
    `origin` (several files only) names the last column of `frame`, which tells the file of each row: it is
    for the screen of this computer, no source column, and so never mapped, sent or part of a shape.
    `remarks` are sentences about what was read, for a person. `labels`: what a statistical file says of its
    codes, source column -> stored code -> label; the cells keep the codes. `titles`: what such a file calls a
    column in words.
    """

    source: SourceFile
    options: ImportOptions
    guesses: tuple[Guess, ...]
    frame: pl.DataFrame
    kinds: pl.DataFrame | None = None
    ragged: int = 0
    blank_rows: int = 0
    odd: pl.DataFrame | None = None
    extra: int = 0
    aside: pl.DataFrame | None = None
    origin: str | None = None
    remarks: tuple[Text, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """Source column names in file order."""
        return self.frame.columns[1:] if self.origin is None else self.frame.columns[1:-1]

    def place_of(self, row_id: int) -> tuple[str, int] | None:
        """The file of a row and its number there, when there are several files."""
        return self.options.place_of(row_id)


@dataclass(frozen=True, slots=True)
class Mapped:
    """Contract rows: `row_id` UInt32, then every contract field as a normalised String, null = blank."""

    source: SourceFile
    recipe: Recipe
    contract: Contract
    frame: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A finding that a person says is true to life. Lapses when `fingerprint` no longer matches.

    `fingerprint` = SHA-256 hex over the contract id, rule id, rule version, record key (and what tells the
    row where that key does not) and the values the rule read; nothing in it can be read back. `reason` is a
    code of `CONFIRMATION_REASONS`.
    """

    fingerprint: str
    rule_id: str
    row_id: int
    reason: str
    note: str
    who: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Checked:
    """Contract rows with the corrections applied, and what the rules say of them on `today`.

    `findings`: row_id UInt32, field, rule_id, severity, value (all castable to String), and `state` String:
    `open` or `confirmed`.
    """

    mapped: Mapped
    frame: pl.DataFrame
    findings: pl.DataFrame
    today: date
    corrections: int = 0
    confirmations: tuple[Confirmation, ...] = ()

    def blocking(self) -> pl.DataFrame:
        """Findings that stop sealing: errors, and ones to confirm that nobody confirmed.

        Those of the site's own rules do so only where the site wants it.
        """
        import polars as pl

        severity, state = pl.col("severity").cast(pl.String), pl.col("state")
        advisory = pl.col("rule_id").cast(pl.String).is_in(self.mapped.contract.advisory_rules)
        stops = (severity == "error") | ((severity == "confirm") & (state != "confirmed"))
        return self.findings.filter(stops & ~advisory)


@dataclass(frozen=True, slots=True)
class LinkageHeader:
    """Travels with the tokens; a mismatch is refused before anything is encoded."""

    specification: str
    normaliser: str
    key_id: str
    check_value: str


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """Two frames that hold no identity, and one that never leaves.

    `linkage`: record_id String, tokens Binary (fixed length), sexe String, birth_month String `YYYY-MM`
    or `YYYY`, null when unknown. `clinical`: record_id and every field that leaves `as_is` or as `month`.
    `reverse` (local only): record_id, row_id, numero_patient, numero_tumeur (the record's own number, that of
    a notification too). `checked`: the day of the check.
    """

    contract_id: str
    contract_version: str
    contract_sha256: str
    linkage_header: LinkageHeader
    linkage: pl.DataFrame
    clinical: pl.DataFrame
    reverse: pl.DataFrame
    persons: int
    checked: date
    confirmed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A batch on disk, sealed to its two recipients and signed: the one file that may leave."""

    batch_id: str
    path: Path
    manifest_sha256: str
    size: int
    records: int
    persons: int
    created: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """The registry's signed answer, verified against the pinned key and the batch at hand."""

    batch_id: str
    manifest_sha256: str
    number: str
    received: datetime
    verdict: Literal["accepted", "refused"]
    records: int
    persons: int
    jws: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the registry says of a batch, on the user's own rows (through the local reverse table).

    `outcomes`: row_id, record_id, outcome, other_sources UInt32, field, own_value, other_value, evidence.
    `indicators`: code, own Float64, median Float64, sites UInt32.
    """

    batch_id: str
    received: datetime
    outcomes: pl.DataFrame
    findings: pl.DataFrame
    indicators: pl.DataFrame
