"""The known-answer test: this build writes the bytes that every other site writes.

`vectors.json` is the published table. It holds invented people only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from desktop_app.core.batches.tokens import NORMALISER, SPECIFICATION
from desktop_app.core.errors import AppError
from desktop_app.core.identity import normalisation
from desktop_app.core.identity.encoding import Encoder
from desktop_app.core.identity.keys import LinkageKey
from desktop_app.core.identity.padding import zeros
from desktop_app.core.identity.person import Identity
from desktop_app.core.identity.phonetics import sound
from validation_rules.text import Text

VECTORS: Final = Path(__file__).with_name("vectors.json")

_FUNCTIONS: Final[Mapping[str, Callable[..., object]]] = {
    "words": normalisation.words,
    "surname_variants": normalisation.surname_variants,
    "given_names": normalisation.given_names,
    "sound": sound,
    "nir": normalisation.nir,
    "commune": normalisation.commune,
    "postal_code": normalisation.postal_code,
    "full_date": normalisation.full_date,
    "sex": normalisation.sex,
}


def published_key() -> LinkageKey:
    """The key of the published vectors; it protects nothing."""
    return LinkageKey("known-answers", bytes(range(32)), date(2000, 1, 1), date(2000, 12, 31))


def tokens_digest(person: Identity) -> str:
    """SHA-256 of the tokens under the published key, unused slots filled with zero bytes."""
    return hashlib.sha256(Encoder(published_key(), zeros).tokens(person)).hexdigest()


def load_vectors() -> dict[str, Any]:
    """The published table: versions, check value, then a list of cases per function."""
    table: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return table


def differences(vectors: Mapping[str, Any]) -> Iterator[str]:
    """Names of the parts of the table that this build does not reproduce; none when all is well."""
    if (vectors["specification"], vectors["normaliser"]) != (SPECIFICATION, NORMALISER):
        yield "versions"
    if vectors["check_value"] != published_key().check_value:
        yield "check_value"
    for name, function in _FUNCTIONS.items():
        if any(_plain(function(*case["in"])) != case["out"] for case in vectors[name]):
            yield name
    if any(tokens_digest(Identity(**case["in"])) != case["sha256"] for case in vectors["tokens"]):
        yield "tokens"


def known_answer_test(vectors: Mapping[str, Any] | None = None) -> None:
    """Raises AppError `known-answer-test` when this build does not reproduce the published vectors."""
    failed = list(differences(load_vectors() if vectors is None else vectors))
    if failed:
        named = ", ".join(failed)
        raise AppError(
            "known-answer-test",
            Text(
                f"Cette version du programme ne calcule pas les codes d’appariement publiés ({named}).",
                f"This build does not compute the published linkage tokens ({named}).",
            ),
            Text(
                "Rien n’a été pseudonymisé. Réinstallez le programme, ou signalez-le au registre.",
                "Nothing was pseudonymised. Install the program again, or tell the registry.",
            ),
        )


def _plain(result: object) -> object:
    return list(result) if isinstance(result, tuple) else result
