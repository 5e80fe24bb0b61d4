"""`navette demo` and `navette selftest`: the main job on invented data."""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from desktop_app.cli.speech import guarded, language, say, t
from desktop_app.place import has_display
from validation_rules.text import Text

OUTPUT_HELP = t("Dossier de la démonstration.", "The demonstration's folder.")
HEADLESS_HELP = t("Sans fenêtre, une ligne par étape.", "No window, one line a station.")
SAMPLES_HELP = t(
    "Écrit seulement les extraits inventés, dans ce dossier.", "Only write the invented extracts, there."
)
FRESH_HELP = t("Recommence depuis le début.", "Begin again from nothing.")


def demo(
    headless: Annotated[bool, typer.Option("--headless", help=HEADLESS_HELP)] = False,
    output: Annotated[Path, typer.Option(metavar="DIR", help=OUTPUT_HELP)] = Path("demo-output"),
    samples: Annotated[Path | None, typer.Option(metavar="DIR", help=SAMPLES_HELP)] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help=FRESH_HELP)] = False,
) -> None:
    """Two invented sites, a registry on loopback, the whole flow; in the window where there is a display."""
    with guarded():
        if samples is not None:
            from desktop_app.demo.generator import write_samples

            write_samples(samples)
            say(t(f"Extraits écrits dans {samples}.", f"Extracts written to {samples}."))
        elif headless or not has_display():
            _headless(output)
        else:
            raise SystemExit(_windowed(output, fresh=fresh))


def selftest() -> None:
    """Load, check, seal, send to an embedded endpoint, open the window offscreen: does this build work?"""
    with guarded(), tempfile.TemporaryDirectory(prefix="navette-selftest-") as folder:
        _headless(Path(folder) / "selftest")
        say("selftest: OK")


def _headless(output: Path) -> None:
    from desktop_app.demo.pictures import take_pictures
    from desktop_app.demo.run import run_headless

    began = time.monotonic()
    say(
        t(
            "Démonstration : données inventées, registre sur 127.0.0.1",
            "Demonstration: invented data, registry on 127.0.0.1",
        )
    )
    run_headless(output, _tell, language(), date.today())
    pictures = take_pictures(output, language(), date.today())
    _tell(
        Text(
            f"Images : {len(pictures)} pages dans {output}/images",
            f"Pictures: {len(pictures)} pages in {output}/images",
        )
    )
    say(
        t(
            f"Terminé en {time.monotonic() - began:.0f} s. Tout est dans {output}.",
            f"Done in {time.monotonic() - began:.0f} s. Everything is in {output}.",
        )
    )


def _windowed(output: Path, *, fresh: bool) -> int:
    from desktop_app.demo.window import run_windowed

    return run_windowed(output, _tell, language(), date.today(), fresh=fresh)


def _tell(line: Text) -> None:
    say("  " + line.in_(language()))
    sys.stdout.flush()
