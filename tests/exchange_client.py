"""A client of its own process: sends what waits in a workspace, with secrets in a plain test file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from desktop_app.core.transport import Courier, Policy, load_enrolment
from desktop_app.core.workspace import Workspace

QUICK = Policy(first=0.02, most=0.2, poll=0.02, connect_timeout=5, read_timeout=20, piece=64 << 10)


class FileSecrets:
    """A secret store that outlives a killed process."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _all(self) -> dict[str, str]:
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}

    def get(self, name: str) -> bytes | None:
        found = self._all().get(name)
        return None if found is None else bytes.fromhex(found)

    def put(self, name: str, secret: bytes) -> None:
        self._path.write_text(json.dumps(self._all() | {name: secret.hex()}))

    def delete(self, name: str) -> None:
        self._path.write_text(json.dumps({key: value for key, value in self._all().items() if key != name}))

    def names(self) -> list[str]:
        return sorted(self._all())


def send(folder: Path) -> None:
    """Send the oldest waiting batch of the workspace in `folder`."""
    with Workspace.open(folder, FileSecrets(folder / "test-secrets.json")) as workspace:
        enrolment = load_enrolment(workspace)
        assert enrolment is not None
        with enrolment.connection(folder, workspace.secrets, QUICK) as connection:
            Courier(workspace, enrolment, connection).send_next()


if __name__ == "__main__":
    send(Path(sys.argv[1]))
