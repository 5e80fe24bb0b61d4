"""The registry's answer comes back to the rows it is about, what needs a person first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import polars as pl

from desktop_app.core.batches import wire
from desktop_app.core.feedback import EVIDENCE, OUTCOMES, counted, evidence_text, on_own_rows

BATCH = "0190a0b0-0000-7000-8000-000000000001"


def body() -> wire.FeedbackBody:
    return wire.FeedbackBody(
        format="navette/feedback/1",
        batch_id=BATCH,
        site="339974073",
        created=datetime(2026, 11, 22, tzinfo=UTC),
        outcomes=[
            wire.OutcomeLine(record_id="a", outcome="new_person"),
            wire.OutcomeLine(record_id="b", outcome="known_person", other_sources=1),
            wire.OutcomeLine(
                record_id="b", outcome="field_disagreement", field="grade", own_value="1", other_value="3"
            ),
            wire.OutcomeLine(record_id="elsewhere", outcome="new_person"),
        ],
        findings=[wire.FindingLine(record_id="a", field="sexe", rule_id="REQ-sexe", severity="error")],
        indicators=[wire.Indicator(code="MV", own=97.0, median=95.0, sites=12)],
    )


def reverse() -> pl.DataFrame:
    return pl.DataFrame({"record_id": ["a", "b"], "row_id": [7, 3]}, schema_overrides={"row_id": pl.UInt32})


def test_each_line_finds_its_row_and_strangers_are_left_out() -> None:
    feedback = on_own_rows(body(), reverse())
    assert feedback.outcomes.select("row_id", "outcome").rows() == [
        (3, "field_disagreement"),
        (3, "known_person"),
        (7, "new_person"),
    ]
    assert feedback.findings.select("row_id", "rule_id").rows() == [(7, "REQ-sexe")]
    assert feedback.indicators.row(0) == ("MV", 97.0, 95.0, 12)


def test_what_needs_a_person_is_counted_first() -> None:
    codes = [code for code, _ in counted(on_own_rows(body(), reverse()))]
    assert codes == ["field_disagreement", "known_person", "new_person"]


def test_every_outcome_of_the_wire_has_words() -> None:
    assert set(OUTCOMES) == set(get_args(wire.Outcome))
    assert all(text.title.fr and text.meaning.en and text.todo.fr for text in OUTCOMES.values())


def test_evidence_is_said_in_words_and_the_unknown_stays() -> None:
    assert evidence_text("surname=exact nir=exact", "fr") == "même nom, même NIR"
    assert evidence_text("new=thing", "en") == "new=thing"
    assert evidence_text(None, "fr") == ""
    assert all(text.fr and text.en for text in EVIDENCE.values())
