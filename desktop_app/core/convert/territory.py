"""The area of residence that the call asks for, from the commune: the department, or a site's own table."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from desktop_app.core.errors import AppError
from validation_rules.tables import table
from validation_rules.text import Text

MAX_BYTES = 5_000_000
MAX_CODE, MAX_LABEL = 10, 50
_HEADERS = (("territoire", "code", "libelle"), ("territory", "code", "label"))
CODE, LABEL = "territoire_code", "territoire_nom"


@dataclass(frozen=True, slots=True)
class Territories:
    """`areas`: `territory` (a commune, or a department), `code`, `label`, all String."""

    areas: pl.DataFrame

    def of(self, communes: pl.Series) -> pl.DataFrame:
        """`territoire_code` and `territoire_nom` for each commune: its own row first, then its department's.

        Null for an unknown commune, or one in no row.
        """
        rows = communes.alias("commune").to_frame()
        overseas = pl.col("commune").str.contains("^9[78]")
        department = pl.col("commune").str.head(pl.when(overseas).then(3).otherwise(2))
        rows = rows.with_columns(department.alias("department"))
        own = self.areas.rename({"code": "own_code", "label": "own_label"})
        rows = rows.join(own, left_on="commune", right_on="territory", how="left", maintain_order="left")
        rows = rows.join(
            self.areas, left_on="department", right_on="territory", how="left", maintain_order="left"
        )
        has_own = pl.col("own_code").is_not_null()
        return rows.select(
            pl.coalesce("own_code", "code").alias(CODE),
            pl.when(has_own).then("own_label").otherwise("label").alias(LABEL),
        )


def departments() -> Territories:
    """Each department under its own code and name: the NUTS codes are not among the reference tables."""
    known = table("departments")
    return Territories(known.select(pl.col("code").alias("territory"), "code", pl.col("name").alias("label")))


def read_territories(path: Path) -> Territories:
    """The table of a site: CSV in UTF-8 with the columns territoire, code, libelle. Raises AppError."""
    rows = csv.reader(io.StringIO(_content(path)), delimiter=";")
    header, *lines = [row if len(row) > 1 else next(csv.reader(row), []) for row in rows if row] or [[]]
    if tuple(name.strip().casefold() for name in header) not in _HEADERS:
        raise _bad(path, Text("il lui faut les colonnes territoire, code, libelle",
                              "it needs the columns territory, code, label"))  # fmt: skip
    seen: dict[str, tuple[str, str | None]] = {}
    for number, line in enumerate(lines, 2):
        cells = [cell.strip() for cell in line]
        if len(cells) != 3 or not cells[0] or not 0 < len(cells[1]) <= MAX_CODE or len(cells[2]) > MAX_LABEL:
            raise _bad(
                path, Text(f"sa ligne {number} n’est pas lisible", f"its line {number} is not readable")
            )
        if cells[0].upper() in seen:
            raise _bad(
                path, Text(f"sa ligne {number} répète un territoire", f"its line {number} repeats one")
            )
        seen[cells[0].upper()] = (cells[1].upper(), cells[2] or None)
    found = [(territory, code, label) for territory, (code, label) in seen.items()]
    schema = dict.fromkeys(("territory", "code", "label"), pl.String)
    return Territories(pl.DataFrame(found, schema=schema, orient="row"))


def _content(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise _bad(path, Text("il dépasse 5 Mo", "it is over 5 MB"))
        return content.decode("utf-8-sig")
    except OSError:
        raise _bad(path, Text("il ne peut pas être lu", "it cannot be read")) from None
    except UnicodeDecodeError:
        raise _bad(path, Text("il n’est pas en UTF-8", "it is not UTF-8")) from None


def _bad(path: Path, why: Text) -> AppError:
    return AppError(
        "convert.bad_territories",
        Text(
            f"La table des territoires « {path.name} » ne convient pas : {why.fr}.",
            f"The table of areas “{path.name}” will not do: {why.en}.",
        ),
        Text(
            "Une ligne par commune ou département : son code, le code NUTS à écrire, son nom.",
            "One line per commune or department: its code, the NUTS code to write, its name.",
        ),
    )
