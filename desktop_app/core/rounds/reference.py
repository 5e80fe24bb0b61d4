"""The mark that a row carries out of the house, and by which it is known when it comes back.

A mark says of which batch, at which point of its log and under which recipe the row left, and its number;
its last part proves that nobody changed the others or put the mark on another record. All of it is keyed by
the workspace, so it tells nobody else anything, and no value of the record can be tried out on it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from desktop_app.core.stages import Mapped
from desktop_app.core.workspace import Workspace
from desktop_app.core.workspace.workspace import KEY_NAME

_FORM = re.compile(r"N1-([0-9a-f]{10})-(\d{1,9})-(\d{1,10})-([0-9a-f]{6})-([0-9a-f]{10})")
_PURPOSE = b"navette rounds 1"
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark taken apart. `seq` is the last action of the log that its row had seen, 0 for none."""

    batch: str
    seq: int
    row_id: int
    recipe: str
    proof: str


class Marker:
    """Makes and reads the marks of one batch."""

    def __init__(self, workspace: Workspace, batch_id: str, mapped: Mapped) -> None:
        secret = workspace.secrets.get(KEY_NAME) or b""
        self._key = hmac.digest(secret, _PURPOSE, "sha256")
        self._record_key = mapped.contract.record_key
        self.batch = self._digest("batch", batch_id)[:10]
        contract = f"{mapped.contract.id}@{mapped.contract.version}"
        self.recipe = self._digest("recipe", mapped.source.sha256, contract, mapped.recipe.to_json())[:6]

    def of_rows(self, base: pl.DataFrame, seq: int) -> list[str]:
        """A mark for each row of `base`: `row_id` and the record key, as the source has them."""
        return [self._made(seq, row, key) for row, *key in base.select("row_id", *self._record_key).rows()]

    def proved(self, mark: Mark, key: Sequence[str | None]) -> bool:
        """Whether this mark was made for the row of that number with this record key."""
        made = parse(self._made(mark.seq, mark.row_id, key, mark.recipe))
        return made is not None and hmac.compare_digest(made.proof, mark.proof)

    def _made(self, seq: int, row_id: int, key: Sequence[str | None], recipe: str | None = None) -> str:
        head = f"{self.batch}-{seq}-{row_id}-{recipe or self.recipe}"
        proof = self._digest("row", head, *(value or "" for value in key))[:10]
        return f"N1-{head}-{proof}"

    def _digest(self, *parts: str) -> str:
        return hmac.new(self._key, _BETWEEN.join(parts).encode(), hashlib.sha256).hexdigest()


def parse(text: str | None) -> Mark | None:
    """The mark in a cell; None when there is none that can be read."""
    found = _FORM.fullmatch((text or "").strip())
    if found is None:
        return None
    batch, seq, row, recipe, proof = found.groups()
    return Mark(batch, int(seq), int(row), recipe, proof) if int(row) < 2**32 else None


def marked_batch(workspace: Workspace, mark: Mark, batch_ids: Sequence[str]) -> str | None:
    """Which of these batches a mark is of; None for one of another workspace."""
    secret = workspace.secrets.get(KEY_NAME) or b""
    key = hmac.digest(secret, _PURPOSE, "sha256")
    for batch_id in batch_ids:
        made = hmac.new(key, _BETWEEN.join(("batch", batch_id)).encode(), hashlib.sha256).hexdigest()
        if made[:10] == mark.batch:
            return batch_id
    return None
