"""Reading and mapping one large extract: wall time, peak memory, ratio to a bare polars.read_csv.

    .venv/bin/python tests/benchmarks/bench_read.py [ROWS]

Writes a cp1252 file of invented records of 48 columns into a temporary folder, in the manner of a French
registry, and runs each measure in a process of its own.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HEADERS = (
    "N° patient;N° tumeur;Matricule INS;OID INS;Statut identité;Nom de naissance;Nom d'usage;Prénom(s);Sexe;"
    "Date naiss.;Lieu de naissance (Insee);Commune résidence;CP;Date d'incidence;Âge au diag.;Topo CIM-O;"
    "Morpho CIM-O;Version CIM-O;Base diag.;Latéralité;Grade;Autopsie;État vital;Date DN/décès;Cause décès;"
    "Édition TNM;cT;cN;cM;pT;pN;pM;Système stade;Stade;Chirurgie;Radiothérapie;Chimio;Thérapie ciblée;"
    "Immunothérapie;Hormonothérapie;Autre ttt;Greffe CSH;FINESS diag.;FINESS 1er ttt;Sources;Date saisie;"
    "ADICAP;Observations"
)
NAMES = ["LÉVÊQUE", "DUPONT", "MARTIN", "GARCÍA", "D'HAUTEVILLE", "LEMAÎTRE", "BENALI", "NOËL"]
GIVEN = ["Éliane", "Jean Marc", "Zoé", "François", "Marie-Louise", "Ahmed", "Simone"]


def record(number: int, draw: random.Random) -> str:
    """One invented record; the same few shapes as a registry's export."""
    day = f"{draw.randint(1, 28):02d}/{draw.randint(1, 12):02d}"
    born, year = draw.randint(1925, 1990), draw.randint(2010, 2025)
    insee, pick = f"{draw.randint(1, 95):02d}{draw.randint(1, 900):03d}", draw.choice
    cells = (
        *(f"RG{number:07d}", "1", f"1{born % 100:02d}0699999{number % 1000:03d}00", "1.2.250.1.213.1.4.8"),
        *("VALI", pick(NAMES), pick(NAMES), pick(GIVEN), pick("MF"), f"{day}/{born}", insee, insee),
        *(insee[:2] + "000", f"{day}/{year}", str(year - born), pick(["C509", "C619", "C187", "C349"])),
        *(pick(["8140/3", "8500/3", "8070/3"]), "3,2", pick(["7", "7,1"]), pick(["1,0", "2,0"]), "9,0", ""),
        *(
            pick("12"),
            f"{day}/2026",
            "",
            "8",
            pick(["T1", "2a", ""]),
            "N0",
            "0",
            "",
            "",
            "",
            "cS",
            pick("1234"),
        ),
        *("3", "0", "1", "0", "0", "9", "0", "", "339987885", "339987885"),
        *(pick(['"ACP;PMSI"', '"ACP;PMSI;RCP"', "ACP"]), f"{day}/{year}  ", "", ""),
    )
    return ";".join(cells)


def write(path: Path, rows: int) -> None:
    """The extract, in cp1252."""
    draw = random.Random(1)
    pool = [record(number, draw).split(";", 1)[1] for number in range(min(rows, 20_000))]
    with path.open("w", encoding="cp1252", newline="\r\n") as file:
        file.write(HEADERS + "\n")
        for number in range(rows):
            file.write(f"RG{number:07d};{pool[number % len(pool)]}\n")


def bare(path: Path) -> dict[str, float]:
    import polars as pl

    started = time.perf_counter()
    frame = pl.read_csv(path, separator=";", infer_schema=False, encoding="utf8-lossy")
    return {"rows": frame.height, "read_s": time.perf_counter() - started}


def product(path: Path) -> dict[str, float]:
    from desktop_app.core.extracts import detect, open_extract
    from desktop_app.core.mapping import apply_recipe, draft_recipe
    from validation_rules.contract import load_contract

    contract = load_contract("rnc-tumeurs")
    clock = [time.perf_counter()]
    longest = [0.0, clock[0]]

    def progress(done: int, total: int | None, what: object) -> None:
        now = time.perf_counter()
        longest[0], longest[1] = max(longest[0], now - longest[1]), now

    def lap() -> float:
        clock.append(time.perf_counter())
        return clock[-1] - clock[-2]

    detect(path)
    detecting = lap()
    extract = open_extract(path, progress=progress)
    reading, step = lap(), longest[0]
    recipe = draft_recipe(extract, contract).recipe
    drafting = lap()
    mapped = apply_recipe(extract, recipe, contract)
    return {
        "rows": mapped.frame.height,
        "detect_s": detecting,
        "read_s": reading,
        "draft_s": drafting,
        "map_s": lap(),
        "longest_step_s": step,
    }


MEASURES: dict[str, Callable[[Path], dict[str, float]]] = {"bare": bare, "product": product}


def measure(name: str, path: Path) -> dict[str, float]:
    """One measure in a fresh process, with its peak resident memory in MB."""
    command = [sys.executable, __file__, "--measure", name, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extrait.csv"
        write(path, rows)
        first, second = measure("bare", path), measure("product", path)
        print(f"file        {path.stat().st_size / 1e6:.0f} MB, {rows} rows, 48 columns")
        print("bare       ", {key: round(value, 2) for key, value in first.items()})
        print("product    ", {key: round(value, 2) for key, value in second.items()})
        whole = second["read_s"] + second["map_s"]
        print(f"ratio       {whole / first['read_s']:.1f} (read {second['read_s'] / first['read_s']:.1f})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
        result = MEASURES[sys.argv[2]](Path(sys.argv[3]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**result, "cpu_s": time.process_time(), "peak_mb": peak}))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
