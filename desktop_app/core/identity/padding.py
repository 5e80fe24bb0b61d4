"""What fills the slots that a person has no token for.

The linkage unit receives the same record again month after month. Were padding drawn anew each time, the
slots that change would be the unused ones, and their number tells how many names someone has and how long
they are. So padding is derived from the site's secret, which the unit has not, and behaves as tokens do:

- equal inputs give equal padding, this month and the next, in every record of the site;
- a slot's padding changes when a part that its template hashes changes, as its tokens would, and (for people
  whose name, first name and date are known) when nothing else than place, sex or number does, it stays;
- two people who differ in surname, given name or date share none, and two sites never do: a token in common
  stands for a real agreement.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

from desktop_app.core.batches.tokens import TEMPLATES, TOKEN_BYTES, Part, Template
from desktop_app.core.identity.keys import KEY_BYTES, KeyedHash
from desktop_app.core.identity.person import Parts

Filler = Callable[[Template], bytes]
Padding = Callable[[Parts], Filler]

_INFO: Final = b"navette/padding/1"
_CORE: Final[tuple[Part, ...]] = ("surname", "given", "date")


def drawn(parts: Parts) -> Filler:
    """Random bytes, other ones at each call: for comparisons within one run."""
    return lambda template: secrets.token_bytes(template.slots * TOKEN_BYTES)


def zeros(parts: Parts) -> Filler:
    """Zero bytes: for the published vectors."""
    return lambda template: bytes(template.slots * TOKEN_BYTES)


def site_padding(site_secret: bytes) -> Padding:
    """Padding of one site: HMAC-SHA-256 in counter mode under HKDF-SHA-256(site secret, this purpose).

    Block = HMAC(subkey, person | template | its parts | number of the block), where person is the HMAC of
    surname, given name and date when all three are known, else of every part.
    """
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    digest = KeyedHash(HKDF(SHA256(), KEY_BYTES, salt=None, info=_INFO).derive(site_secret)).digest

    def padding(parts: Parts) -> Filler:
        named = _CORE if all(parts[name] for name in _CORE) else tuple(sorted(parts))
        person = digest(b"person" + _written(parts, named))

        def fill(template: Template) -> bytes:
            start = person + _LABELS[template.name] + _written(parts, template.parts)
            blocks = range(-(-template.slots * TOKEN_BYTES // 32))
            return b"".join(digest(start + bytes([block])) for block in blocks)

        return fill

    return padding


_LABELS: Final = {template.name: template.name.encode() + b"\x1d" for template in TEMPLATES}


def _written(parts: Parts, names: tuple[Part, ...]) -> bytes:
    """One spelling for one content: parts hold A to Z, digits and `/` only."""
    return "\x1e".join(["\x1f".join(parts[name]) for name in names]).encode()
