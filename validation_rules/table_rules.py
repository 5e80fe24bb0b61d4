"""Rules of one record over reference tables that a lookup cannot express, named as `implementation`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import polars as pl

from validation_rules.contract import Rule

Finder = Callable[[pl.DataFrame, Rule], pl.Series]
"""From the fields of the rule, null where unusable, to where it fires: Boolean, without null, as long. For a
rule that looks at its fields one by one, that field comes first in the frame."""

FINDERS: Mapping[str, Finder] = MappingProxyType({})
"""Name of an implementation -> what runs it, on any part of a frame."""
