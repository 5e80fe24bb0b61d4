"""Another process that corrects a batch in a loop, and says each action once it is saved."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from desktop_app.core.bench import CellEdit
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import bench_of, contract

contract()  # read once, before the processes part
KEY = b"\x17" * 32
CANARY = "CANARI-LEMOINE"


class OneKey:
    """Secrets that hold the key of a workspace: a passphrase for each of many processes would be slow."""

    def get(self, name: str) -> bytes | None:
        return KEY

    def put(self, name: str, secret: bytes) -> None:
        raise AssertionError("nothing is to be stored")

    def delete(self, name: str) -> None:
        raise AssertionError("nothing is to be forgotten")

    def names(self) -> list[str]:
        return []


def name_at(seq: int) -> str:
    """The surname that action `seq` writes."""
    return f"{CANARY}-{'X' * (seq % 50)}".rstrip("-")


def edit_until_killed(folder: Path, batch_id: str, said: Connection) -> None:
    """Send the number of each action, after it was saved."""
    with Workspace.open(folder, OneKey()) as workspace:
        bench = bench_of(workspace, batch_id)
        while True:
            seq = len(bench.history.done) + 1
            bench.edit([CellEdit(1, "nom_naissance", name_at(seq))], why=CANARY)
            said.send(seq)
