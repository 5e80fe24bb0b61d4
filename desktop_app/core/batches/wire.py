"""Every JSON document that travels between a site and the registry, as strict models.

An unknown key, a wrong type or a value out of bounds is refused; `json_schema()` gives the same rules to
implementers in other languages.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop_app.core.errors import AppError
from validation_rules.text import Text

MAX_DEPTH = 16
MAX_MANIFEST = 1 << 20

BatchId = Annotated[
    str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Finess = Annotated[str, Field(pattern=r"^[0-9AB]{9}$")]
KeyId = Annotated[str, Field(pattern=r"^[0-9A-Za-z._:-]{1,64}$")]
CheckValue = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
Label = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(min_length=1, max_length=64)]
RecordId = Annotated[str, Field(min_length=1, max_length=64)]
Count = Annotated[int, Field(ge=0, lt=2**40)]
Base64 = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$", max_length=16_384)]
Month = Annotated[str, Field(pattern=r"^\d{4}(-\d{2})?$")]
Pem = Annotated[str, Field(max_length=16_384)]
Sentence = Annotated[str, Field(max_length=1000)]
Zone = Literal["linkage", "clinical"]
Outcome = Literal[
    "new_person",
    "known_person",
    "possible_match",
    "known_tumour",
    "probable_duplicate",
    "field_disagreement",
    "vital_status_elsewhere",
]


class Wire(BaseModel):
    """Frozen, strict, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    def json_bytes(self) -> bytes:
        """Compact UTF-8 JSON; keys without a value are left out."""
        return self.model_dump_json(exclude_none=True).encode()


class Site(Wire):
    """Who sends."""

    finess: Finess
    name: Label


class ContractRef(Wire):
    """The contract that the rows were checked against, pinned by its hash."""

    id: Code
    version: Code
    sha256: Sha256


class KeyHeader(Wire):
    """The linkage key the tokens were made with; enough to refuse a mismatch, not to encode anything."""

    specification: Code
    normaliser: Code
    key_id: KeyId
    check_value: CheckValue


class Period(Wire):
    """First and last month (or year) of incidence in the batch."""

    start: Month
    end: Month


class Changes(Wire):
    """Records compared with the previous batch."""

    added: Count
    changed: Count
    withdrawn: Count


class Part(Wire):
    """One sealed file of the batch: size in bytes and hash of what is in the container."""

    name: Annotated[str, Field(pattern=r"^(linkage|clinical)/\d{4}\.hpke$")]
    zone: Zone
    recipient: KeyId
    bytes: Count
    sha256: Sha256
    rows: Count


class Manifest(Wire):
    """What a batch holds; signed by the site. A part missing, swapped, cut or added shows from it alone.

    `checked` is the day on which the site checked the rows: the registry checks them as of that day.
    """

    format: Literal["navette/batch/1"]
    batch_id: BatchId
    site: Site
    contract: ContractRef
    linkage_keys: Annotated[list[KeyHeader], Field(min_length=1, max_length=2)]
    period: Period | None = None
    records: Count
    persons: Count
    changes: Changes
    findings: Annotated[dict[Code, Count], Field(max_length=1000)]
    parts: Annotated[list[Part], Field(min_length=2, max_length=2000)]
    previous: Sha256 | None = None
    software: Label
    checked: date
    created: datetime


class ReceiptBody(Wire):
    """The registry's word that a batch arrived whole and is stored."""

    format: Literal["navette/receipt/1"]
    batch_id: BatchId
    manifest_sha256: Sha256
    number: Code
    received: datetime
    verdict: Literal["accepted", "refused"]
    records: Count
    persons: Count


class OutcomeLine(Wire):
    """One thing that linking says of one record.

    `field`, `own_value`, `other_value` are for disagreements and vital status; `evidence` is a code: which
    token families agree, joined by `+`.
    """

    record_id: RecordId
    outcome: Outcome
    other_sources: Count = 0
    field: Code | None = None
    own_value: Annotated[str, Field(max_length=200)] | None = None
    other_value: Annotated[str, Field(max_length=200)] | None = None
    evidence: Annotated[str, Field(max_length=400)] | None = None


class FindingLine(Wire):
    """One finding of the central check on one record; never a value."""

    record_id: RecordId
    field: Annotated[str, Field(max_length=400)]
    rule_id: Code
    severity: Literal["error", "confirm", "info"]


class Indicator(Wire):
    """A quality indicator of the site beside the median of all sites; percentages run from 0 to 100."""

    code: Code
    own: float | None
    median: float | None
    sites: Count


class FeedbackBody(Wire):
    """The registry's answer to one batch, record by record."""

    format: Literal["navette/feedback/1"]
    batch_id: BatchId
    site: Finess
    created: datetime
    outcomes: list[OutcomeLine]
    findings: list[FindingLine]
    indicators: list[Indicator]


class FeedbackItem(Wire):
    """A line of the list of feedback that waits for a site."""

    batch_id: BatchId
    sha256: Sha256
    bytes: Count


class FeedbackList(Wire):
    """All the feedback of a site, oldest first."""

    items: list[FeedbackItem]


class EnrolmentFile(Wire):
    """What a registry hands to a site: where to go, whom to trust, and a code that works once.

    Keys are base64: `registry_keys` Ed25519 raw, the others MLKEM768 then X25519, raw.
    """

    format: Literal["navette/enrolment/1"]
    endpoint: Annotated[str, Field(pattern=r"^https://[A-Za-z0-9.\[\]:-]{1,253}(/[A-Za-z0-9._/-]{0,200})?$")]
    ca_pem: Pem
    registry_keys: Annotated[list[Base64], Field(min_length=1, max_length=4)]
    linkage_unit_key: Base64
    warehouse_key: Base64
    site: Site
    code: Annotated[str, Field(pattern=r"^[A-Z2-7]{4}(-[A-Z2-7]{4}){6}$")]
    expires: datetime


class EnrolmentRequest(Wire):
    """The site's public keys, with the one-time code. The private ones stay where they were made."""

    format: Literal["navette/enrolment-request/1"]
    code: Annotated[str, Field(max_length=64)]
    finess: Finess
    signing_csr: Pem
    tls_csr: Pem
    receiving_key: Base64


class EnrolmentAnswer(Wire):
    """Certificates for the site, and the linkage keys sealed to its receiving key."""

    format: Literal["navette/enrolment-answer/1"]
    site: Site
    signing_chain: Annotated[list[Pem], Field(min_length=2, max_length=4)]
    tls_chain: Annotated[list[Pem], Field(min_length=2, max_length=4)]
    sealed_linkage_keys: Annotated[str, Field(max_length=65_536)]


class LinkageKeyInfo(Wire):
    """A linkage key without its secret."""

    key_id: KeyId
    check_value: CheckValue
    period_start: date
    period_end: date


class LinkageKeyGrant(LinkageKeyInfo):
    """A linkage key with its secret (base64 of 32 bytes); only ever inside a sealed message."""

    master: Base64 = Field(repr=False)


class LinkageKeyGrants(Wire):
    """The keys in force, newest last."""

    keys: Annotated[list[LinkageKeyGrant], Field(min_length=1, max_length=4)]


class Problem(Wire):
    """A refusal: a stable code, what happened, what to do, and where it helps, the rows."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,64}$")]
    what_fr: Sentence
    what_en: Sentence
    todo_fr: Sentence
    todo_en: Sentence
    findings: Annotated[list[FindingLine], Field(max_length=1000)] = []
    counts: dict[Code, Count] = {}


DOCUMENTS: tuple[type[Wire], ...] = (
    Manifest,
    ReceiptBody,
    FeedbackBody,
    FeedbackList,
    EnrolmentFile,
    EnrolmentRequest,
    EnrolmentAnswer,
    LinkageKeyGrants,
    Problem,
)

W = TypeVar("W", bound=Wire)
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def json_schema() -> dict[str, object]:
    """JSON Schema of every document, by model name."""
    return {model.__name__: model.model_json_schema() for model in DOCUMENTS}


def parse(model: type[W], data: bytes, max_size: int = MAX_MANIFEST) -> W:
    """`data` as `model`; AppError `bad-document` when too large, too deep, or not of that form.

    The message never repeats the content: it comes from outside and may hold anything.
    """
    if len(data) > max_size or _depth(data) > MAX_DEPTH:
        raise _bad(model.__name__, "size")
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors(include_input=False)[0]["loc"])[:80]
    raise _bad(model.__name__, where or "JSON")


def _depth(data: bytes) -> int:
    depth = deepest = 0
    for byte in _STRINGS.sub(b"", data).translate(None, _NOT_BRACKETS):
        if byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def _bad(document: str, where: str) -> AppError:
    return AppError(
        "bad-document",
        Text(
            f"Un document reçu ({document}) n’a pas la forme attendue, à l’endroit « {where} ».",
            f"A document received ({document}) does not have the expected form, at “{where}”.",
        ),
        Text(
            "Redemandez-le à qui l’a émis ; vérifiez aussi que Navette est à jour.",
            "Ask whoever issued it to send it again; also check that Navette is up to date.",
        ),
    )
