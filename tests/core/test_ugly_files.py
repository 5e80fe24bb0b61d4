"""Each file of the collection gives its rows, or a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ugly import collection
from tests.ugly.case import Ugly
from tests.ugly.reading import differences, read

FILES = collection()


def test_the_collection_is_as_large_as_promised() -> None:
    names = [ugly.name for ugly in FILES]
    assert len(set(names)) == len(names) >= 60
    assert sum(ugly.refused for ugly in FILES) >= 20 and sum(not ugly.refused for ugly in FILES) >= 20


@pytest.mark.parametrize("ugly", FILES, ids=[ugly.name for ugly in FILES])
def test_right_rows_or_a_sentence(tmp_path: Path, ugly: Ugly) -> None:
    path = tmp_path / ugly.name
    ugly.make(path)
    before = sorted(item.name for item in tmp_path.iterdir()), path.stat().st_mtime_ns, path.stat().st_size
    assert differences(ugly, read(path)) == []
    after = sorted(item.name for item in tmp_path.iterdir()), path.stat().st_mtime_ns, path.stat().st_size
    assert after == before
