"""Names for patients and tumours that fit fifteen characters and say nothing of the site's own numbers.

A pseudonym is a letter and fourteen signs of base 32: 70 bits, and never taken for a number by a spreadsheet.
Under a key (the site's secret, or a key file) it is the same in every file; without one it is drawn anew for
each file. Either way only who holds the key, or the table asked for, can go back to the local number.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from desktop_app.core.errors import AppError
from desktop_app.core.identity.keys import KeyedHash
from validation_rules.text import Text

LENGTH: Final = 15
LEAST_KEY, MOST_KEY = 32, 64
_PATIENT, _TUMOUR = b"navette/encr/patient/1", b"navette/encr/tumour/1"
_LETTER = "N"


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Where pseudonyms come from. `stable`: the same record has the same one in the next file too."""

    digest: Callable[[bytes], bytes]
    stable: bool

    def of_patients(self, keys: pl.DataFrame) -> pl.Series:
        """A String for each row of one column, the patient's own number; equal numbers, equal pseudonyms."""
        return self._of(keys, _PATIENT)

    def of_tumours(self, keys: pl.DataFrame) -> pl.Series:
        """A String for each row of the columns that together name a record."""
        return self._of(keys, _TUMOUR)

    def _of(self, keys: pl.DataFrame, domain: bytes) -> pl.Series:
        distinct = keys.unique(maintain_order=True)
        made = [self._pseudonym(row, domain) for row in distinct.iter_rows()]
        if len(set(made)) < len(made):
            raise _collision()
        named = distinct.with_columns(pl.Series("pseudonym", made, dtype=pl.String))
        return keys.join(
            named, on=keys.columns, how="left", nulls_equal=True, maintain_order="left"
        ).get_column("pseudonym")

    def _pseudonym(self, row: tuple[str | None, ...], domain: bytes) -> str:
        parts = [(part or "").encode() for part in row]
        digest = self.digest(domain + b"".join(len(part).to_bytes(4, "big") + part for part in parts))
        return _LETTER + base64.b32encode(digest).decode()[: LENGTH - 1]


def keyed(key: bytes) -> Pseudonyms:
    """Pseudonyms under a secret of 32 to 64 bytes. Raises ValueError for another length."""
    if not LEAST_KEY <= len(key) <= MOST_KEY:
        raise ValueError("a pseudonym key has 32 to 64 bytes")
    return Pseudonyms(KeyedHash(key).digest, stable=True)


def numbered() -> Pseudonyms:
    """Pseudonyms under a key that is drawn now and forgotten: stable inside one file only."""
    return Pseudonyms(KeyedHash(secrets.token_bytes(LEAST_KEY)).digest, stable=False)


def read_key(path: Path) -> bytes:
    """The key in a file, 32 to 64 bytes as they are. Raises AppError, which never holds the content."""
    try:
        with path.open("rb") as stream:
            key = stream.read(MOST_KEY + 1)
    except OSError:
        raise _bad_key(path, Text("il ne peut pas être lu", "it cannot be read")) from None
    if not LEAST_KEY <= len(key) <= MOST_KEY:
        raise _bad_key(path, Text("il doit contenir 32 à 64 octets", "it must hold 32 to 64 bytes"))
    return key


def _bad_key(path: Path, why: Text) -> AppError:
    return AppError(
        "convert.bad_key",
        Text(
            f"Le fichier de clé « {path.name} » ne convient pas : {why.fr}.",
            f"The key file “{path.name}” will not do: {why.en}.",
        ),
        Text(
            "Donnez un fichier de 32 octets tirés au hasard, gardé en lieu sûr.",
            "Give a file of 32 random bytes, kept in a safe place.",
        ),
    )


def _collision() -> AppError:
    return AppError(
        "convert.collision",
        Text(
            "Deux enregistrements reçoivent le même pseudonyme avec cette clé.",
            "Two records get the same pseudonym under this key.",
        ),
        Text("Prenez une autre clé pour cet envoi.", "Take another key for this file."),
    )
