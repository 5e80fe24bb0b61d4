"""Small invented people as the linkage unit receives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import count

import polars as pl

from desktop_app.core.identity import LinkageKey
from desktop_app.core.identity.encoding import Encoder
from desktop_app.core.identity.person import Identity
from registry_endpoint.linkage import LinkResult, link, rehash

ENCODER = Encoder(LinkageKey("k1", b"\x11" * 32, date(2026, 1, 1), date(2027, 12, 31)))
UNIT_KEY = b"\x22" * 32

ANNE = Identity("253072B07300470", "Le Goff", "Muller", "Anne, Rose", "2", "1953-07-21", "2B073", "20200")
PAUL = Identity(None, "Ouvrard", "Ouvrard", "Paul", "1", "1976-01-11", "59599", "51100")


def zone(site: str, people: Mapping[str, Identity]) -> pl.DataFrame:
    """One record a person; people that are equal share one set of tokens, as a site sends them."""
    tokens = {person: ENCODER.tokens(person) for person in people.values()}
    frame = pl.DataFrame(
        {
            "record_id": list(people),
            "tokens": [tokens[person] for person in people.values()],
            "sexe": [person.sexe for person in people.values()],
            "birth_month": [(person.date_naissance or "")[:7] or None for person in people.values()],
        },
        schema={"record_id": pl.String, "tokens": pl.Binary, "sexe": pl.String, "birth_month": pl.String},
    )
    return rehash(frame, UNIT_KEY).with_columns(pl.lit(site).alias("site"))


NOBODY = pl.DataFrame(schema={"site": pl.String, "record_id": pl.String, "person_id": pl.String})


class Unit:
    """A linkage unit with what it has stored."""

    def __init__(self) -> None:
        self.stored = zone("A", {})
        self.persons = NOBODY
        self._ids = count(1)

    def receive(self, site: str, people: Mapping[str, Identity]) -> LinkResult:
        """Link a batch, then keep it, as the endpoint does."""
        new, key = zone(site, people), ["site", "record_id"]
        result = link(new, self.stored, self.persons, new_person=lambda: f"p{next(self._ids)}")
        self.stored = pl.concat([self.stored.join(new, on=key, how="anti"), new])
        kept = self.persons.join(result.persons, on=key, how="anti")
        self.persons = pl.concat([kept, result.persons])
        return result

    def person(self, record: str) -> str:
        """The person id of a record."""
        found = self.persons.filter(pl.col("record_id") == record)["person_id"]
        assert found.len() == 1
        return str(found[0])


def decision(result: LinkResult, record: str, other: str) -> str | None:
    """What was decided about two records, if anything."""
    pairs = result.pairs.filter(pl.col("record_a") == record, pl.col("record_b") == other)
    return str(pairs["decision"][0]) if pairs.height else None
