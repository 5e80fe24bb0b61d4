"""Numbers written with a thousands mark, read without it."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from desktop_app.core.extracts.conventions import marks_of, ungrouped_pattern
from desktop_app.core.stages import Extract


def without_thousands(extract: Extract) -> Extract:
    """The mark that the options name, taken out of the cells that are such numbers and of no other."""
    mark = extract.options.thousands_mark
    if not mark:
        return extract
    pattern, marks = ungrouped_pattern(mark), f"[{re.escape(marks_of(mark))}]"
    changed = []
    for name in extract.columns:
        cells = extract.frame.get_column(name)
        if cells.str.contains(pattern).any():
            plain = pl.col(name).str.strip_chars().str.replace_all(marks, "")
            changed.append(pl.when(pl.col(name).str.contains(pattern)).then(plain).otherwise(pl.col(name)))
    return replace(extract, frame=extract.frame.with_columns(changed)) if changed else extract
