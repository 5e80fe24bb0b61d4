"""The office's database is opened by several processes at once."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

from registry_endpoint.office import Office, database


def test_a_database_that_another_process_holds_is_waited_for(tmp_path: Path) -> None:
    Office(tmp_path)
    path = tmp_path / "office.sqlite"
    with closing(sqlite3.connect(path, check_same_thread=False, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, other.execute, ["COMMIT"])
        release.start()
        began = time.monotonic()
        with database(path) as db:
            mode = db.execute("PRAGMA journal_mode").fetchone()
        release.join()
    assert mode == ("wal",)
    assert time.monotonic() - began > 0.2
