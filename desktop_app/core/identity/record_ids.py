"""The site's pseudonym of a record: stable from month to month, readable by the site alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop_app.core.identity.keys import KeyedHash

if TYPE_CHECKING:
    import polars as pl

    from validation_rules.contract import Contract

SITE_SECRET_BYTES: Final = 32
_DOMAIN: Final = b"navette/record/1"


def record_ids(frame: pl.DataFrame, site_secret: bytes, contract: Contract) -> pl.Series:
    """`record_id` String (64 hexadecimal digits) for each row, from the two fields of the record key.

    HMAC-SHA-256 under the site's secret; each number is preceded by its length, so that no two pairs are
    written alike. A notification and a tumour of the same numbers are two records: but for `rnc-tumeurs`,
    the first, the contract is hashed too. Raises ValueError for a secret under 32 bytes or over 64.
    """
    import polars as pl

    if not SITE_SECRET_BYTES <= len(site_secret) <= 64:
        raise ValueError("the site's secret has 32 to 64 bytes")
    digest = KeyedHash(site_secret).digest
    domain = _DOMAIN if contract.id == "rnc-tumeurs" else _DOMAIN + b"/" + contract.id.encode() + b"/"
    pairs = frame.select(contract.record_key).iter_rows()
    return pl.Series("record_id", [digest(_joined(domain, *pair)).hex() for pair in pairs], pl.String)


def _joined(domain: bytes, patient: str, record: str) -> bytes:
    numbers = (patient.encode(), record.encode())
    return domain + b"".join(len(number).to_bytes(4, "big") + number for number in numbers)
