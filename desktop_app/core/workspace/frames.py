"""Polars frames as bytes: Arrow IPC, zstd, in the oldest layout, so that any later version reads them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the workspace opens while Polars is still being loaded
    import polars as pl


def to_bytes(frame: pl.DataFrame) -> bytes:
    """`frame` as one Arrow IPC file."""
    import polars as pl

    buffer = BytesIO()
    frame.write_ipc(buffer, compression="zstd", compat_level=pl.CompatLevel.oldest())
    return buffer.getvalue()


def from_bytes(content: bytes) -> pl.DataFrame:
    """The frame that `to_bytes` was given."""
    import polars as pl

    return pl.read_ipc(BytesIO(content))
