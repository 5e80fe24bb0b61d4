"""Which PMSI record a text is made of, told by its first lines: no file name is trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Literal, NamedTuple

from desktop_app.core.extracts.pmsi.formats import RecordFormat, record_format

Sort = Literal["rss", "vidhosp", "rsa", "anohosp"]
_LINES = 200
_ENOUGH = 0.8
_FINESS = r"(?:\d{2}|2[AB])\d{7}"
# What stands at fixed places in every version known: numbers of format, FINESS, dates. None reads alike.
_SORTS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    ("vidhosp", re.compile(rf".{{19}}[\d ]{{8}}[ 0-9].{{20}}(?P<version>V0\d\d){_FINESS}")),
    ("rss", re.compile(rf".{{9}}(?P<version>1\d\d).{{3}}{_FINESS}0\d\d.{{50}}\d{{8}}.{{7}}\d{{8}}")),
    ("rss", re.compile(rf"{_FINESS}(?P<version>0\d\d).{{50}}\d{{8}}[ 0-9].{{6}}\d{{8}}")),
    ("rsa", re.compile(rf"{_FINESS}(?P<version>2\d\d)\d{{10}}1\d\d")),
    ("anohosp", re.compile(rf".{{16}}(?P<version>A\d\d).{{58}}{_FINESS}")),
)


class Recognised(NamedTuple):
    """What the lines are: `share` of those looked at that are of this sort and version."""

    sort: Sort
    version: str
    share: float
    lines: int

    @property
    def form(self) -> RecordFormat | None:
        """Where its zones are; None for what Navette does not read."""
        return record_format(self.sort, self.version) if self.sort in ("rss", "vidhosp") else None


def recognise(lines: Iterable[str]) -> Recognised | None:
    """The sort of PMSI record that most of the first lines are, or None."""
    looked = list(islice((line for line in lines if line.strip()), _LINES))
    found = Counter(kind for line in looked if (kind := _kind(line)) is not None)
    if not found:
        return None
    (sort, version), count = found.most_common(1)[0]
    sorts = sum(number for (each, _), number in found.items() if each == sort)
    if sorts < _ENOUGH * len(looked):
        return None
    return Recognised(sort, version, count / len(looked), len(looked))


def _kind(line: str) -> tuple[Sort, str] | None:
    for sort, form in _SORTS:
        match = form.match(line)
        if match is not None:
            return sort, match["version"]
    return None
