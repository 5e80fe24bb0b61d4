"""French sentences are set with no-break spaces, wherever they come from."""

from __future__ import annotations

import copy
import pickle

from hypothesis import given
from hypothesis import strategies as st

from validation_rules.text import Text, typeset


def test_a_sentence_is_set_as_it_is_made() -> None:
    made = Text("« Nom » : vide ; pourquoi ? Vite !", "“Name”: blank; why? Quick!")
    assert made.fr == "«\u00a0Nom\u00a0»\u00a0: vide\u00a0; pourquoi\u00a0? Vite\u00a0!"
    assert made.en == "“Name”: blank; why? Quick!"


def test_values_that_come_in_later_are_set_too() -> None:
    assert Text("Lu {mark}", "Read").format(mark="« ; »").fr == "Lu «\u00a0;\u00a0»"
    assert Text("12:30 http://a?b", "x").fr == "12:30 http://a?b"


def test_it_stays_a_pair() -> None:
    made = Text("a : b", "a: b")
    french, english = made
    assert (french, english) == made == copy.deepcopy(made) == pickle.loads(pickle.dumps(made))
    assert isinstance(made._replace(en="c"), Text) and made in {made}


@given(st.text(alphabet="aé «»:;?!\u00a0", max_size=20))
def test_only_spaces_change_and_twice_is_as_once(text: str) -> None:
    made = typeset(text)
    assert typeset(made) == made and made.replace("\u00a0", " ") == text.replace("\u00a0", " ")
    assert not any(f" {mark}" in made for mark in ":;?!»") and "« " not in made
