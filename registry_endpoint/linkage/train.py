"""Train the weights on labelled data: python -m registry_endpoint.linkage.train FOLDER...

A folder holds two linkage zones, `A.parquet` and `B.parquet` (record_id, tokens, sexe, birth_month), the
pairs that are one person, `truth.csv` (id_a, id_b), and `chance.json`: comparison -> level -> share of
random pairs that reach it (u), measured on the plain values, because tokens of two strangers hide on which
single field they happen to agree. Weight = log2(m / u) (Fellegi and Sunter, 1969), m = share of the true
pairs of all folders that reach the level, among those where both sides say something.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from desktop_app.core.batches.tokens import SPECIFICATION
from registry_endpoint.linkage.candidates import masks_of, presence_of, sharing, tokens_of
from registry_endpoint.linkage.levels import COMPARISONS, MISSING, NONE, levels
from registry_endpoint.linkage.model import WEIGHTS

Shares = dict[str, dict[str, float]]


class Labelled(NamedTuple):
    """One folder: its true pairs with their levels, u per level, and the number of pairs in all."""

    true_pairs: pl.DataFrame
    chance: Shares
    pairs: int


def read(folder: Path) -> Labelled:
    """Read one folder; u of the number comes from its own token, which holds nothing else."""
    sides = [pl.read_parquet(folder / f"{name}.parquet") for name in ("A", "B")]
    nodes = pl.concat(sides).with_row_index("node")
    truth = pl.read_csv(folder / "truth.csv", infer_schema=False)
    ids = nodes.select("node", "record_id")
    pairs = truth.join(ids, left_on="id_a", right_on="record_id").join(
        ids, left_on="id_b", right_on="record_id"
    )
    pairs = pairs.select(a="node", b="node_right")
    tokens = tokens_of(nodes)
    found = sharing(tokens.filter(pl.col("node") < sides[0].height), tokens)
    strangers = found.filter(pl.col("b") >= sides[0].height).join(pairs, on=["a", "b"], how="anti")
    total = sides[0].height * sides[1].height
    chance: Shares = json.loads((folder / "chance.json").read_text(encoding="utf-8"))
    borrowed = _with_levels(strangers, nodes).filter(pl.col("nir") == "exact").height
    chance["nir"] = {"exact": (borrowed + 1) / total}
    return Labelled(_with_levels(masks_of(pairs, tokens), nodes), chance, total)


def weights(folders: Sequence[Labelled]) -> Shares:
    """Comparison -> level -> bits, over all folders together."""
    true_pairs = pl.concat([folder.true_pairs.select(*COMPARISONS) for folder in folders])
    return {
        name: _weights_of(name, true_pairs[name], [f.chance[name] for f in folders]) for name in COMPARISONS
    }


def _weights_of(name: str, seen: pl.Series, chances: Sequence[Mapping[str, float]]) -> dict[str, float]:
    told = seen.filter(seen != MISSING)
    by_chance = {level: sum(c[level] for c in chances) / len(chances) for level in chances[0]}
    by_chance[NONE] = 1 - sum(by_chance.values())
    return {level: round(_bits(told, level, by_chance[level]), 2) for level in COMPARISONS[name]}


def _bits(told: pl.Series, level: str, chance: float) -> float:
    """One true pair more than was seen, so that a level nobody reached still has a weight."""
    return math.log2((told.filter(told == level).len() + 1) / (told.len() + 1) / chance)


def _with_levels(pairs: pl.DataFrame, nodes: pl.DataFrame) -> pl.DataFrame:
    sides = nodes.select("node", "sexe", "birth_month", presence=presence_of(pl.col("tokens")))
    for end in ("a", "b"):
        named = sides.rename({column: f"{column}_{end}" for column in sides.columns})
        pairs = pairs.join(named, left_on=end, right_on=f"node_{end}")
    return levels(pairs)


def main(arguments: Sequence[str]) -> None:
    """Read the folders and write `weights.json`."""
    folders = [read(Path(argument)) for argument in arguments]
    matches = sum(folder.true_pairs.height for folder in folders)
    document = {
        "specification": SPECIFICATION,
        "pairs_per_match": round(sum(folder.pairs for folder in folders) / matches, 1),
        "weights": weights(folders),
    }
    WEIGHTS.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
