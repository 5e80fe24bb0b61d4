"""A checked extract turned into the file of another contract, by a mapping that is data."""

from __future__ import annotations

from desktop_app.core.convert.conversion import Conversion, Converter, LeftOut
from desktop_app.core.convert.pseudonyms import Pseudonyms, keyed, numbered, read_key
from desktop_app.core.convert.specification import Specification, specification, targets
from desktop_app.core.convert.territory import Territories, departments, read_territories

__all__ = [
    "Conversion",
    "Converter",
    "LeftOut",
    "Pseudonyms",
    "Specification",
    "Territories",
    "departments",
    "keyed",
    "numbered",
    "read_key",
    "read_territories",
    "specification",
    "targets",
]
