"""The registry endpoint of the demo: a process of its own, on loopback, that ends when the demo does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from desktop_app.core.errors import AppError
from validation_rules.text import Text


def serve_command() -> list[str]:
    """How this installation, frozen or not, starts `navette serve`."""
    return (
        [sys.executable, "serve"]
        if getattr(sys, "frozen", False)
        else [sys.executable, "-m", "desktop_app", "serve"]
    )


class EndpointProcess:
    """A registry endpoint in its own process. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = ""
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> EndpointProcess:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start on any free port and wait until it listens. AppError when it does not."""
        # It reads its standard input and ends with it: killed or not, the demo leaves no server behind.
        command = [
            *serve_command(),
            "--folder",
            str(self.folder),
            "--init",
            "--port",
            "0",
            "--stop-with-input",
        ]
        self._process = subprocess.Popen(  # noqa: S603 - our own program, arguments of our own making
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        line = self._process.stdout.readline() if self._process.stdout else ""
        try:
            self.url = str(json.loads(line)["url"])
        except (ValueError, KeyError):
            self.stop()
            raise _no_endpoint() from None

    def stop(self) -> None:
        """End the process; safe to call twice."""
        if self._process is None:
            return
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.terminate()
        self._process.wait(timeout=20)
        self._process = None

    def enrolment_file(self, finess: str, name: str, target: Path) -> Path:
        """A fresh enrolment file, with its one-time code, for a site."""
        command = [
            *serve_command(),
            "--folder",
            str(self.folder),
            "--enrol-site",
            finess,
            name,
            "-o",
            str(target),
        ]
        done = subprocess.run(command, check=False, capture_output=True, timeout=60)  # noqa: S603
        if done.returncode or not target.exists():
            raise _no_endpoint()
        return target


def _no_endpoint() -> AppError:
    return AppError(
        "demo.endpoint",
        Text("Le registre de démonstration n’a pas démarré.", "The demonstration registry did not start."),
        Text(
            "Supprimez le dossier de démonstration et relancez ; un pare-feu bloque peut-être 127.0.0.1.",
            "Delete the demonstration folder and run again; a firewall may block 127.0.0.1.",
        ),
    )
