"""The record formats of the PMSI, from the field table `formats.csv`: another version is more lines there.

A record is a fixed part, then blocks that repeat as often as a counter in the fixed part says, in the order
of their counters.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

Family = Literal["rss", "vidhosp"]
FORMAT: Final = "pmsi-mco"
RSS: Family = "rss"
VIDHOSP: Family = "vidhosp"
_TABLE = Path(__file__).with_name("formats.csv")


@dataclass(frozen=True, slots=True)
class Zone:
    """`start` counts characters from 1, in the record or in its block."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Block:
    """A part that repeats; the zone `counter` of the fixed part says how often."""

    name: str
    counter: str
    length: int
    zones: Mapping[str, Zone]


@dataclass(frozen=True, slots=True)
class RecordFormat:
    """One version of one kind of record. `length` is that of the fixed part, in characters."""

    family: Family
    version: str
    length: int
    zones: Mapping[str, Zone]
    blocks: tuple[Block, ...]

    @property
    def label(self) -> str:
        """How hospitals call it: `RSS 122`, `VID-HOSP V016`."""
        return f"RSS {self.version}" if self.family == "rss" else f"VID-HOSP {self.version}"


@cache
def record_formats() -> tuple[RecordFormat, ...]:
    """Every format that Navette reads."""
    with _TABLE.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    kinds = dict.fromkeys((line["family"], line["version"]) for line in lines)
    return tuple(
        _format([line for line in lines if (line["family"], line["version"]) == kind]) for kind in kinds
    )


def record_format(family: Family, version: str) -> RecordFormat | None:
    """The format of that version, or None when Navette does not read it."""
    return next((each for each in record_formats() if (each.family, each.version) == (family, version)), None)


def versions(family: Family) -> str:
    """The versions of a family that Navette reads, for a sentence: `022, 122`."""
    return ", ".join(each.version for each in record_formats() if each.family == family)


def _format(lines: list[dict[str, str]]) -> RecordFormat:
    fixed = [line for line in lines if not line["block"]]
    counters = {line["counts"]: line["zone"] for line in fixed if line["counts"]}
    zones = _zones(fixed)
    blocks = []
    for name, counter in counters.items():
        inner = _zones([line for line in lines if line["block"] == name])
        blocks.append(Block(name, counter, _end(inner), inner))
    family: Family = "rss" if fixed[0]["family"] == RSS else "vidhosp"
    return RecordFormat(family, fixed[0]["version"], _end(zones), zones, tuple(blocks))


def _zones(lines: list[dict[str, str]]) -> Mapping[str, Zone]:
    return MappingProxyType({line["zone"]: Zone(int(line["start"]), int(line["length"])) for line in lines})


def _end(zones: Mapping[str, Zone]) -> int:
    return max(zone.start + zone.length - 1 for zone in zones.values())
