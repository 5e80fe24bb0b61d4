"""The unit's own hash over every token: what is stored is of no use with a site's key."""

from __future__ import annotations

import hashlib
from typing import Final

import polars as pl

from desktop_app.core.batches.tokens import PRESENCE_OFFSET, TOKEN_BYTES, TOKENS_LENGTH

UNIT_KEY_BYTES: Final = 32


def rehash(linkage: pl.DataFrame, unit_key: bytes) -> pl.DataFrame:
    """The same frame (record_id, tokens, sexe, birth_month) with every token hashed again; flags stay.

    Token = first 8 bytes of HMAC-SHA-256(unit key, token). Raises ValueError for a key that has not 32
    bytes, or for tokens of another length than `TOKENS_LENGTH`.
    """
    if len(unit_key) != UNIT_KEY_BYTES:
        raise ValueError(f"the unit's key has {UNIT_KEY_BYTES} bytes")
    if linkage.filter((pl.col("tokens").bin.size() != TOKENS_LENGTH).fill_null(True)).height:
        raise ValueError("tokens of another length")
    hasher = _Hasher(unit_key)
    people = {tokens: hasher.tokens(tokens) for tokens in linkage["tokens"].unique()}
    hashed = pl.Series("tokens", [people[tokens] for tokens in linkage["tokens"]], pl.Binary)
    return linkage.with_columns(hashed)


class _Hasher:
    def __init__(self, key: bytes) -> None:
        block = key.ljust(64, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def tokens(self, tokens: bytes) -> bytes:
        hashed = [self._token(tokens[at : at + TOKEN_BYTES]) for at in range(0, PRESENCE_OFFSET, TOKEN_BYTES)]
        return b"".join(hashed) + tokens[PRESENCE_OFFSET:]

    def _token(self, token: bytes) -> bytes:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(token)
        outer.update(inner.digest())
        return outer.digest()[:TOKEN_BYTES]
