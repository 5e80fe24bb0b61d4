"""Precision, recall and F1 of linkage on the labelled data, and its time.

python -m tests.benchmarks.bench_linkage SHARED_LINKAGE_FOLDER [NAME...]     (names: fr20k_e1 fr20k_e2)
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import polars as pl

from registry_endpoint.linkage import LinkResult, link, rehash
from tests.benchmarks.linkage_frames import linkage_zone

UNIT_KEY = bytes(32)
KEY = ["site", "record_id"]


def measure(folder: Path, name: str, with_nir: bool) -> str:
    """One line of figures: source A is stored first, then source B comes in as a batch."""
    zones = [linkage_zone(folder / f"{name}_{side}.csv", with_nir) for side in ("A", "B")]
    started = time.perf_counter()
    left, right = (rehash(zone, UNIT_KEY) for zone in zones)
    hashed = time.perf_counter()
    nobody = pl.DataFrame(schema={"site": pl.String, "record_id": pl.String, "person_id": pl.String})
    first = link(left, left.clear(), nobody)
    second_start = time.perf_counter()
    second = link(right, left, first.persons)
    done = time.perf_counter()
    truth = pl.read_csv(folder / f"{name}_truth.csv", infer_schema=False)
    linked = persons_pairs(first, second)
    review = review_pairs(second)
    told = pl.concat([linked, review]).unique()
    return (
        f"{name} {'with' if with_nir else 'no'} NIR\n"
        f"  linked            {quality(linked, truth)}\n"
        f"  linked or review  {quality(told, truth)} ({review.height} to review)\n"
        f"  rehash {hashed - started:.1f} s, link {done - second_start:.1f} s, peak {peak_mib()} MiB"
    )


def persons_pairs(first: LinkResult, second: LinkResult) -> pl.DataFrame:
    """Pairs (id_a, id_b) of the two sources that carry one person id."""
    kept = first.persons.join(second.persons, on=KEY, how="anti")
    everyone = pl.concat([kept, second.persons])
    left, right = (everyone.filter(pl.col("site") == site) for site in ("A", "B"))
    return left.join(right, on="person_id").select(id_a="record_id", id_b="record_id_right")


def review_pairs(second: LinkResult) -> pl.DataFrame:
    """Pairs (id_a, id_b) of the two sources that a person is asked about."""
    asked = second.pairs.filter(pl.col("decision") == "review", pl.col("site_b") == "A")
    return asked.select(id_a="record_b", id_b="record_a")


def quality(found: pl.DataFrame, truth: pl.DataFrame) -> str:
    """Precision, recall and F1 over pairs."""
    hits = found.join(truth, on=["id_a", "id_b"], how="semi").height
    precision, recall = hits / max(found.height, 1), hits / truth.height
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f}"


def peak_mib() -> int:
    """Peak resident memory of this process in MiB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    folder, names = Path(sys.argv[1]), sys.argv[2:] or ["fr20k_e1", "fr20k_e2"]
    for name in names:
        for with_nir in (True, False):
            print(measure(folder, name, with_nir), flush=True)


if __name__ == "__main__":
    main()
