"""`python -m registry_endpoint --folder F [--init] [--port P] [--enrol-site FINESS NAME -o FILE]`."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path

from pydantic import ValidationError

from desktop_app.core.batches import wire
from desktop_app.core.errors import AppError
from registry_endpoint.authority import initialise
from registry_endpoint.folder import Folder, write_private
from registry_endpoint.office import Office
from validation_rules.text import Text

MAX_ADDRESS = 4096


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when done, 2 when it could not run."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    options = _parser().parse_args(arguments)
    folder = Folder(options.folder)
    try:
        return _run(options, folder)
    except AppError as error:
        sys.stderr.write(error.sentence("fr") + "\n")
        return 2


def _run(options: argparse.Namespace, folder: Folder) -> int:
    if options.init:
        initialise(folder)
    folder.require()
    if options.enrol_site:
        finess, name = options.enrol_site
        enrol_site(folder, finess, name, options.output or Path(f"{finess}.enrolment.json"), options.url)
    elif options.revoke_site:
        Office(folder.office).revoke_site(options.revoke_site)
    elif options.port is not None:
        # Loaded only here: the commands above need no server.
        from registry_endpoint.server import serve

        serve(folder, options.port, options.host)
    return 0


def enrol_site(folder: Folder, finess: str, name: str, output: Path, url: str | None = None) -> None:
    """Write the enrolment file of a site; works while the endpoint runs, whose address it then holds."""
    from registry_endpoint.enrolment import make_enrolment_file

    try:
        site = wire.Site(finess=finess, name=name)
    except ValidationError:
        raise _bad_site() from None
    address = url or _last_address(folder)
    write_private(output, make_enrolment_file(folder, site, address).json_bytes())


def _last_address(folder: Folder) -> str:
    try:
        return str(json.loads(folder.address.read_bytes()[:MAX_ADDRESS])["url"])
    except (OSError, ValueError, KeyError, TypeError):
        raise AppError(
            "no-address",
            Text("L’adresse du registre n’est pas connue.", "The address of the registry is not known."),
            Text("Démarrez-le une fois, ou donnez --url.", "Start it once, or give --url."),
        ) from None


def _bad_site() -> AppError:
    return AppError(
        "bad-site",
        Text(
            "Le numéro FINESS ou le nom du site n’est pas valable.",
            "The FINESS number or the name is not valid.",
        ),
        Text(
            "Donnez neuf chiffres et un nom de 200 caractères au plus.",
            "Give nine digits and a name of 200 characters at most.",
        ),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("registry_endpoint", description="The registry's side of Navette.")
    parser.add_argument("--folder", type=Path, required=True, help="where the registry keeps everything")
    parser.add_argument("--init", action="store_true", help="make the keys and certificates that are missing")
    parser.add_argument("--port", type=int, help="listen on this port; 0 takes any free one")
    parser.add_argument("--host", default="127.0.0.1", help="listen on this address")
    parser.add_argument("--enrol-site", nargs=2, metavar=("FINESS", "NAME"), help="write an enrolment file")
    parser.add_argument("-o", "--output", type=Path, help="where to write the enrolment file")
    parser.add_argument("--url", help="the address that sites reach, when it is not the last one listened on")
    parser.add_argument("--revoke-site", metavar="FINESS", help="accept nothing more from this site")
    return parser


if __name__ == "__main__":
    sys.exit(main())
