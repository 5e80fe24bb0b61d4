"""Draws the pictures of the user guide and the README: `make pictures`. Invented data, offscreen."""

import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from desktop_app.demo.pictures import take_pictures
from desktop_app.demo.run import REGISTRY_DESK, DemoFolder, registry_desk
from desktop_app.demo.site import DemoDesk

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
DAY = date.today()


def draw(root: Path, *pages: str, dark: bool = False) -> None:
    take_pictures(root, "fr", DAY, dark=dark, pages=pages, images=IMAGES / "sombre" if dark else IMAGES)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # a picture of the settings shows the path: of no one's machine
        demo = DemoFolder.fresh(Path("demo"))
        samples = demo.samples()
        with demo.endpoint() as endpoint:
            place = demo.root / REGISTRY_DESK
            desk = registry_desk(demo, samples, endpoint, DAY, lambda text: None)
            with desk.workspace:
                extract = desk.load()
                mapped = desk.map(extract)
                row, bench = desk.check(extract, mapped, "Lot de novembre 2026")
            draw(demo.root, "load", "map", "fix")
            draw(demo.root, "fix", dark=True)
            desk = DemoDesk.open(samples.registry, place, DAY)
            with desk.workspace:
                from desktop_app.core.flow import resume

                bench = resume(desk.workspace, row.id, DAY).bench
                desk.fix(bench)
            draw(demo.root, "send")
            desk = DemoDesk.open(samples.registry, place, DAY)
            with desk.workspace:
                bench = resume(desk.workspace, row.id, DAY).bench
                dispatch = desk.dispatch()
                dispatch.seal(bench.checked(), desk.workspace.batches.get(row.id), DAY)
                dispatch.send_next()
                dispatch.fetch()
            draw(demo.root, "feedback", "quality", "batches", "settings")
            draw(demo.root, "quality", dark=True)


if __name__ == "__main__":
    sys.exit(main())
