"""How right the automatic draft is: on the four samples, then on the same under other headers, shuffled.

    .venv/bin/python tests/benchmarks/bench_draft.py [FOLDER OF THE SAMPLES] [--wrong]

A column is right when the draft gives it the fields of the sample's own recipe; missed when it gives none;
wrong when it gives others; wrong silently when it is then 0.8 sure or more, which is what nobody is told of.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.core.draft_parts import SAMPLES, Score, sample, score, under  # noqa: E402
from tests.core.header_variants import FOREIGN, HELD_OUT, TUNING  # noqa: E402
from validation_rules.contract import Contract, load_contract  # noqa: E402

Sets = Mapping[str, Mapping[str, str]]


def measured(samples: Path, sets: Sets, contract: Contract) -> Iterator[tuple[str, Score]]:
    """(what, score) for each set of headers over the four samples; for the samples themselves without one."""
    read = {name: sample(samples, name) for name in SAMPLES}
    if not sets:
        for name, (extract, intended) in read.items():
            yield name, score(extract, intended, contract)
    for place, (title, headers) in enumerate(sets.items()):
        total = Score(0, 0, 0, 0, 0, 0)
        for seed, (extract, intended) in enumerate(read.values()):
            total += score(*under(extract, intended, headers, 10 * place + seed), contract)
        yield title, total


def main() -> None:
    """Prints a line a set, and every column that is not right when asked."""
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    samples = Path(folders[0]) if folders else ROOT.parent / "shared" / "samples"
    write, contract = sys.stdout.write, load_contract()
    write(
        f"{'':<36} {'mapped':>7} {'right':>7} {'%':>6} {'sure':>6} {'missed':>7} {'wrong':>6} {'silent':>7}\n"
    )
    headings: dict[str, Sets] = {"": {}, "tuning": TUNING, "held out": HELD_OUT, "foreign": FOREIGN}
    for heading, sets in headings.items():
        start = time.process_time()
        for title, got in measured(samples, sets, contract):
            name = f"{heading}: {title}" if heading else title
            share = 100 * got.right / got.mapped
            write(
                f"{name:<36} {got.mapped:>7} {got.right:>7} {share:>6.1f} {got.sure:>6} {got.missed:>7} "
                f"{got.wrong:>6} {got.silent:>7}\n"
            )
            if "--wrong" in sys.argv:
                sys.stdout.writelines(f"    {line}\n" for line in sorted(set(got.what)))
        write(f"  CPU {time.process_time() - start:.1f} s\n")


if __name__ == "__main__":
    main()
