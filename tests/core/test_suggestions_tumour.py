from __future__ import annotations

import pytest

from tests.core.suggestion_parts import Values, new_values, suggested

CASES: list[tuple[Values, str, dict[str, str | None]]] = [
    ({"topographie": "C50.7"}, "ICO-01", {"topographie": "C50.9"}),
    ({"lateralite": "0", "topographie": "C50.9"}, "LAT-01", {"lateralite": "9"}),
    ({"topographie": "C16.9", "lateralite": "1", "morphologie": "8140"}, "LAT-02", {"lateralite": "0"}),
]


@pytest.mark.parametrize(("record", "rule_id", "expected"), CASES)
def test_the_first_suggestion_is_the_one_a_coder_expects(
    record: Values, rule_id: str, expected: dict[str, str | None]
) -> None:
    assert new_values(suggested(record, rule_id))[0] == expected
