"""The retry policy: one table, and waits that can be cancelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import Cancelled
from desktop_app.core.progress import silent
from desktop_app.core.transport.policy import Policy, judge


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, "done"),
        (201, "done"),
        (204, "done"),
        (401, "credential"),
        (403, "credential"),
        (404, "refused"),
        (409, "refused"),
        (422, "refused"),
        (423, "wait"),
        (429, "wait"),
        (500, "wait"),
        (503, "wait"),
    ],
)
def test_what_a_status_means(status: int, verdict: str) -> None:
    assert judge(status) == verdict


@given(attempt=st.integers(1, 10_000), chance=st.floats(0, 1))
def test_delays_double_up_to_a_limit_with_jitter_of_one_half(attempt: int, chance: float) -> None:
    policy = Policy(chance=lambda: chance)
    whole = min(300.0, 2.0 ** min(attempt - 1, 30))
    assert whole / 2 <= policy.delay(attempt) <= whole


def test_what_the_registry_tells_counts_within_bounds() -> None:
    assert Policy().delay(9, told=7.0) == 7.0
    assert Policy().delay(9, told=1e9) == 3600.0


def test_a_wait_is_cut_in_slices_and_can_be_cancelled() -> None:
    slept: list[float] = []
    Policy(sleep=slept.append).pause(1.0, silent, 0, None)
    assert sum(slept) == pytest.approx(1.0) and max(slept) <= 0.2

    def stop(done: int, total: int | None, what: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        Policy(sleep=slept.append).pause(1.0, stop, 0, None)
