"""A site's own computer and a registry beside it, as processes that only the command line reaches."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HEADER = (
    "numero_patient;numero_tumeur;matricule_ins;oid_ins;statut_identite;nom_naissance;nom_utilise;prenoms;sexe;"
    "date_naissance;commune_naissance;commune_residence;code_postal;date_incidence;topographie;morphologie;"
    "comportement;edition_cimo;base_diagnostic;lateralite;grade;statut_vital;date_dernieres_nouvelles;sources"
)


def recipe_of(header: str) -> str:
    """The recipe of a file whose columns carry the contract's own names, separated by semicolons."""
    columns = [{"header": name, "field": name} for name in header.split(";")]
    return json.dumps(
        {"contract": "rnc-tumeurs", "format": "delimited", "separator": ";", "columns": columns}
    )


class Site:
    """A site's own computer: home, temporary folder and workspace apart from everything else."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said = b""
        for name in ("home", "tmp", "out"):
            (root / name).mkdir(parents=True)
        self.environment = os.environ | {
            "HOME": str(root / "home"), "TMPDIR": str(root / "tmp"), "XDG_DATA_HOME": str(root / "home/data"),
            "XDG_CACHE_HOME": str(root / "home/cache"), "NAVETTE_WORKSPACE": str(root / "workspace"),
            "NAVETTE_PASSPHRASE": "correct horse battery", "QT_QPA_PLATFORM": "offscreen",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }  # fmt: skip

    def run(self, *arguments: object, expect: int = 0) -> bytes:
        """Run `navette` and keep what it said."""
        return self.python("-m", "desktop_app", *arguments, expect=expect)

    def python(self, *arguments: object, expect: int = 0) -> bytes:
        done = subprocess.run(
            [sys.executable, *map(str, arguments)], env=self.environment, cwd=self.root / "out",
            capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        self.said += done.stdout + done.stderr
        assert done.returncode == expect, done.stderr.decode(errors="replace")
        return done.stdout

    def open_window_and_kill(self, extract: Path) -> None:
        """Open the window on the extract, give it time to read, and pull the plug."""
        process = subprocess.Popen(
            [sys.executable, "-m", "desktop_app", "open", str(extract)], env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        time.sleep(4)
        process.send_signal(signal.SIGABRT if sys.platform != "win32" else signal.SIGTERM)
        self.said += process.communicate(timeout=30)[0]

    def written(self) -> Iterator[tuple[Path, bytes]]:
        for path in self.root.rglob("*"):
            if path.is_file():
                yield path, path.read_bytes()


@contextmanager
def endpoint(site: Site, folder: Path) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop_app", "serve", "--folder", str(folder), "--init", "--port", "0"],
        stdout=subprocess.PIPE, text=True, env=site.environment,
    )  # fmt: skip
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["ready"]
    try:
        yield
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
