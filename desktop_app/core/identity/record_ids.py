"""The site's pseudonym of a tumour record: stable from month to month, readable by the site alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop_app.core.identity.keys import KeyedHash

if TYPE_CHECKING:
    import polars as pl

SITE_SECRET_BYTES: Final = 32
_DOMAIN: Final = b"navette/record/1"


def record_ids(frame: pl.DataFrame, site_secret: bytes) -> pl.Series:
    """`record_id` String (64 hexadecimal digits) for each row of `numero_patient`, `numero_tumeur`.

    HMAC-SHA-256 under the site's secret; each number is preceded by its length, so that no two pairs are
    written alike. Raises ValueError for a secret under 32 bytes or over 64.
    """
    import polars as pl

    if not SITE_SECRET_BYTES <= len(site_secret) <= 64:
        raise ValueError("the site's secret has 32 to 64 bytes")
    digest = KeyedHash(site_secret).digest
    pairs = frame.select("numero_patient", "numero_tumeur").iter_rows()
    return pl.Series("record_id", [digest(_joined(*pair)).hex() for pair in pairs], pl.String)


def _joined(patient: str, tumour: str) -> bytes:
    numbers = (patient.encode(), tumour.encode())
    return _DOMAIN + b"".join(len(number).to_bytes(4, "big") + number for number in numbers)
