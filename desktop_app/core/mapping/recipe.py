"""The recipe: how one site's file becomes contract rows. A JSON document that a person can read.

It may come from anywhere, so its size, its keys and its values are checked, and it never holds code.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from desktop_app.core.mapping.recipe_faults import RecipeFault, first_fault, refused
from desktop_app.core.stages import FileFormat, FixedColumn, ImportOptions
from validation_rules.text import Text

MAX_BYTES = 2_000_000
MAX_COLUMNS = 2000
DATE_FORMATS = ("dd/mm/yyyy", "mm/dd/yyyy", "mm/yyyy", "yyyy", "yyyymmdd", "ddmmyyyy", "iso", "cell")
_DATE_FORM = re.compile(r"(?:(dd|mm|yyyy)([/.\- ]?)){1,3}")

_TOO_LARGE = Text("elle dépasse 2 Mo", "it is over 2 MB")

Header = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Short = Annotated[str, StringConstraints(max_length=200)]
Mark = Annotated[str, StringConstraints(min_length=1, max_length=5)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class Column(_Strict):
    """One source column, and where its cells go. `field` None: looked at, and does not leave."""

    header: Header | None = None
    index: int | None = Field(default=None, ge=1, le=100_000)
    field: Name | None = None
    fields: tuple[Name, ...] = Field(default=(), max_length=8, strict=False)
    split: Mark | None = None
    join: tuple[Header, ...] = Field(default=(), max_length=8, strict=False)
    join_with: Annotated[str, StringConstraints(max_length=5)] = " "
    recode: dict[Short, Short] = Field(default_factory=dict, max_length=20_000)
    decimal_mark: Literal[",", "."] | None = None
    integer_code: bool = False
    number_pad: int | None = Field(default=None, ge=1, le=40)
    list_separator: Mark | None = None
    date_formats: tuple[Short, ...] = Field(default=(), max_length=12, strict=False)
    unknown_part: Annotated[str, StringConstraints(pattern=r"^[0-9Xx?]{1,2}$")] | None = None
    start: int | None = Field(default=None, ge=1, le=100_000)
    length: int | None = Field(default=None, ge=1, le=100_000)

    @property
    def targets(self) -> tuple[str, ...]:
        """The contract fields that this column fills."""
        return self.fields or ((self.field,) if self.field else ())

    @field_validator("date_formats")
    @classmethod
    def _known_forms(cls, forms: tuple[str, ...]) -> tuple[str, ...]:
        for form in forms:
            parts = re.findall("dd|mm|yyyy", form)
            plain = _DATE_FORM.fullmatch(form) and "yyyy" in parts and len(parts) == len(set(parts))
            if form not in ("iso", "cell") and not plain:
                raise RecipeFault(Text("une forme de date est inconnue", "a date form is unknown"))
        return forms

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.header is None and self.index is None and not self.join:
            raise RecipeFault(Text("il lui faut « header » ou « index »", "it needs “header” or “index”"))
        if self.fields and (self.field is not None or not self.split):
            raise RecipeFault(
                Text(
                    "« fields » va avec « split », sans « field »",
                    "“fields” goes with “split”, without “field”",
                )
            )
        if self.split and not self.fields:
            raise RecipeFault(Text("« split » demande « fields »", "“split” needs “fields”"))
        if (self.start is None) != (self.length is None):
            raise RecipeFault(
                Text("« start » et « length » vont ensemble", "“start” and “length” go together")
            )
        return self


class Recipe(_Strict):
    """A whole recipe, format version 1. `layout` is the name of a CSV beside it."""

    recipe: Literal[1] = 1
    contract: Annotated[
        str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,60}(@[0-9A-Za-z.+-]{1,30})?$")
    ]
    file: Short | None = None
    format: FileFormat | None = None
    encoding: Annotated[str, StringConstraints(max_length=40)] | None = None
    separator: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    quote: Annotated[str, StringConstraints(max_length=1)] | None = '"'
    header_row: int | None = Field(default=1, ge=1, le=10_000)
    sheet: Short | None = None
    layout: Short | None = None
    columns: tuple[Column, ...] = Field(max_length=MAX_COLUMNS, strict=False)
    defaults: dict[Name, Short] = Field(default_factory=dict, max_length=500)
    ignored: tuple[Header, ...] = Field(default=(), max_length=MAX_COLUMNS, strict=False)
    note: Annotated[str, StringConstraints(max_length=4000)] | None = None
    _folder: Path | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _one_source_a_field(self) -> Self:
        twice = _repeated(target for column in self.columns for target in column.targets)
        if twice:
            raise RecipeFault(
                Text("deux colonnes remplissent {names}", "two columns fill {names}").format(
                    names=", ".join(twice)
                )
            )
        return self

    @property
    def contract_id(self) -> str:
        """The contract without its version."""
        return self.contract.partition("@")[0]

    @property
    def targets(self) -> tuple[str, ...]:
        """Every contract field that some column fills."""
        return tuple(target for column in self.columns for target in column.targets)

    def to_json(self) -> str:
        """The recipe as a file a person can read; what was not said is left out.

        So is the name of the file it was made for: an export may bear a person's, and recipes are kept longer
        than identities.
        """
        stated = self.model_dump(mode="json", exclude_defaults=True, exclude={"file"})
        whole = {"recipe": self.recipe, **stated}
        if self.format == "fixed_width":
            whole["header_row"] = self.header_row
        whole["columns"] = [_column_json(column) for column in self.columns]
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"

    def same_as(self, kept: str) -> bool:
        """Whether this is the recipe kept as JSON; an earlier version kept the name of its file, too."""
        written = self.to_json()
        return kept == written or Recipe.model_validate_json(kept).to_json() == written


def _column_json(column: Column) -> dict[str, Any]:
    stated = column.model_dump(mode="json", exclude_defaults=True)
    return stated if column.targets else {**stated, "field": None}


def _repeated(names: Any) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def parse_recipe(text: str, name: str = "recette", folder: Path | None = None) -> Recipe:
    """A recipe from its JSON text. Raises AppError that says which entry is wrong."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise refused(name, _TOO_LARGE)
    try:
        document = json.loads(text, object_pairs_hook=_no_repeated_key)
        recipe = Recipe.model_validate(document)
    except RecursionError:
        raise refused(name, Text("elle est trop imbriquée", "it is nested too deeply")) from None
    except ValidationError as error:
        raise refused(name, first_fault(error)) from None
    except ValueError:
        raise refused(name, Text("ce n’est pas du JSON valable", "it is not valid JSON")) from None
    recipe._folder = folder
    return recipe


def _no_repeated_key(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("repeated key")
    return dict(pairs)


def load_recipe(path: Path) -> Recipe:
    """The recipe in a file. Raises AppError when it cannot be read or is not a recipe."""
    from desktop_app.core.extracts.source import examine, read_head

    path = Path(path)
    if not path.is_file():
        examine(path)  # says whether it is absent, a folder, or something that is no file at all
    content = read_head(path, MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise refused(path.name, _TOO_LARGE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refused(path.name, Text("elle n’est pas en UTF-8", "it is not UTF-8")) from None
    return parse_recipe(text, path.name, path.parent)


def import_options(recipe: Recipe, path: Path) -> ImportOptions | None:
    """The reading options that the recipe states; None when it leaves them to detection.

    What it leaves open of a delimited file or a workbook (encoding, separator, sheet) is detected in `path`;
    the other files of the PMSI are no part of a recipe.
    """
    if recipe.format in (None, "pmsi-mco"):
        return None
    if recipe.format == "fixed_width":
        zones = _zones(recipe)
        return ImportOptions("fixed_width", recipe.encoding, None, None, recipe.header_row, layout=zones)
    quote = recipe.quote or None
    encoding, separator, sheet = recipe.encoding, recipe.separator, recipe.sheet
    if recipe.format == "delimited" and not (encoding and separator):
        from desktop_app.core.extracts import detect

        guessed = detect(path).options
        encoding, separator = encoding or guessed.encoding, separator or guessed.separator
    return ImportOptions(recipe.format, encoding, separator, quote, recipe.header_row, sheet)


def _zones(recipe: Recipe) -> tuple[FixedColumn, ...]:
    """Zones of the columns themselves, else of the layout file beside the recipe."""
    placed = tuple(
        FixedColumn(column.header or f"Colonne {column.index}", column.start, column.length)
        for column in recipe.columns
        if column.start is not None and column.length is not None
    )
    if placed:
        return placed
    if recipe.layout is None or recipe._folder is None or Path(recipe.layout).name != recipe.layout:
        raise refused(
            recipe.file or "fixed_width",
            Text("il lui faut un dessin d’enregistrement", "it needs a record layout"),
        )
    from desktop_app.core.extracts.layout import read_layout

    return read_layout(recipe._folder / recipe.layout)
