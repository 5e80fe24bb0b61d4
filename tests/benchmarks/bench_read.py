"""Reading and mapping one large extract: times, peak memory, ratio to a bare polars.read_csv, a cancel.

    .venv/bin/python tests/benchmarks/bench_read.py [ROWS [ROWS OF THE WORKBOOK]]

Writes a cp1252 file of invented records of 48 columns into a temporary folder, in the manner of a French
registry, and a workbook of a tenth of them; runs each measure in a process of its own. `frame_mb` is what the
cells of the extract take in memory (16 bytes each, and the text of those of over 12 bytes); `own_mb` the peak
beyond what the program takes before it reads. `cancel_s`: the longest of several cancels at odd moments, from
the click to the end of the work. `rows_s`: rows per second.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

HEADERS = (
    "N° patient;N° tumeur;Matricule INS;OID INS;Statut identité;Nom de naissance;Nom d'usage;Prénom(s);Sexe;"
    "Date naiss.;Lieu de naissance (Insee);Commune résidence;CP;Date d'incidence;Âge au diag.;Topo CIM-O;"
    "Morpho CIM-O;Version CIM-O;Base diag.;Latéralité;Grade;Autopsie;État vital;Date DN/décès;Cause décès;"
    "Édition TNM;cT;cN;cM;pT;pN;pM;Système stade;Stade;Chirurgie;Radiothérapie;Chimio;Thérapie ciblée;"
    "Immunothérapie;Hormonothérapie;Autre ttt;Greffe CSH;FINESS diag.;FINESS 1er ttt;Sources;Date saisie;"
    "ADICAP;Observations"
)
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": f'{_LINKS}<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{MAIN.decode()}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Tumeurs" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": _LINKS
    + "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, kind, target in (
            (1, "worksheet", "worksheets/sheet1.xml"),
            (2, "styles", "styles.xml"),
            (3, "sharedStrings", "sharedStrings.xml"),
        )
    )
    + "</Relationships>",
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN.decode()}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
    "</cellXfs></styleSheet>",
}
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


def write_workbook(path: Path, rows: int) -> None:
    """The same records as spreadsheet programs write them: shared strings, numbers and dates in cells."""
    draw = random.Random(1)
    pool = [record(number, draw).replace('"', "").split(";") for number in range(min(rows, 20_000))]
    names = HEADERS.split(";")
    strings: dict[str, int] = {}

    def cell(place: str, text: str) -> str:
        if text.isdigit() and len(text) < 10:
            return f'<c r="{place}"><v>{text}</v></c>'
        if len(text) == 10 and text[2] == text[5] == "/":
            day = date(int(text[6:]), int(text[3:5]), int(text[:2]))
            return f'<c r="{place}" s="1"><v>{(day - date(1899, 12, 30)).days}</v></c>'
        return f'<c r="{place}" t="s"><v>{strings.setdefault(text, len(strings))}</v></c>' if text else ""

    letters = [chr(65 + n) if n < 26 else f"A{chr(39 + n)}" for n in range(len(names))]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
            file.write(b'<worksheet xmlns="%s"><sheetData>' % MAIN)
            for number in range(rows + 1):
                line = [f"RG{number:07d}", *pool[number % len(pool)][1 : len(names)]] if number else names
                cells = "".join(
                    cell(f"{a}{number + 1}", text) for a, text in zip(letters, line, strict=False)
                )
                file.write(f'<row r="{number + 1}">{cells}</row>'.encode())
            file.write(b"</sheetData></worksheet>")
        shared = "".join(f"<si><t>{text.replace('&', '&amp;')}</t></si>" for text in strings)
        archive.writestr("xl/sharedStrings.xml", b'<sst xmlns="%s">' % MAIN + shared.encode() + b"</sst>")
        for name, content in PARTS.items():
            archive.writestr(name, content)


def read_only(path: Path) -> dict[str, float]:
    """Reading alone, and what the frame takes."""
    from desktop_app.core.extracts import detect, open_extract

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    options = detect(path).options
    detecting = time.perf_counter() - started
    started, used = time.perf_counter(), time.process_time()
    extract = open_extract(path, options)
    took, worked = time.perf_counter() - started, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    import polars as pl

    long = pl.col(pl.String).str.len_bytes()
    text = extract.frame.select(pl.sum_horizontal(long.filter(long > 12).sum())).item()
    frame = (16 * extract.frame.height * len(extract.columns) + (text or 0)) / 1024**2
    return {
        "rows": extract.frame.height,
        "detect_s": detecting,
        "read_s": took,
        "read_cpu_s": worked,
        "rows_s": round(extract.frame.height / took),
        "frame_mb": frame,
        "own_mb": peak - before,
        "peak_to_frame": (peak - before) / frame,
    }


def cancel(path: Path) -> dict[str, float]:
    """The longest wait between a click on Cancel and the end of the reading."""
    from desktop_app.core.errors import Cancelled
    from desktop_app.core.extracts import detect, open_extract

    options = detect(path).options
    longest = 0.0
    for after in (0.05, 0.3, 0.7, 1.1, 1.6, 2.3, 3.1):
        clicked = threading.Event()

        def told(done: int, total: int | None, what: object, clicked: threading.Event = clicked) -> None:
            if clicked.is_set():
                raise Cancelled

        started = time.perf_counter()
        timer = threading.Timer(after, clicked.set)
        timer.start()
        try:
            open_extract(path, options, told)
        except Cancelled:
            longest = max(longest, time.perf_counter() - started - after)
        timer.cancel()
    return {"cancel_s": longest}


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


MEASURES: dict[str, Callable[[Path], dict[str, float]]] = {
    "bare": bare,
    "product": product,
    "read": read_only,
    "cancel": cancel,
}


def measure(name: str, path: Path) -> dict[str, float]:
    """One measure in a fresh process, with its peak resident memory in MB."""
    command = [sys.executable, __file__, "--measure", name, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(rows: int, workbook_rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, book = Path(folder) / "extrait.csv", Path(folder) / "extrait.xlsx"
        write(path, rows)
        first, second = measure("bare", path), measure("product", path)
        print(f"file        {path.stat().st_size / 1e6:.0f} MB, {rows} rows, 48 columns")
        print("bare       ", _rounded(first))
        print("product    ", _rounded(second))
        whole = second["read_s"] + second["map_s"]
        print(f"ratio       {whole / first['read_s']:.1f} (read {second['read_s'] / first['read_s']:.1f})")
        print("csv read   ", _rounded(measure("read", path)))
        print("csv cancel ", _rounded(measure("cancel", path)))
        write_workbook(book, workbook_rows)
        print(f"workbook    {book.stat().st_size / 1e6:.0f} MB, {workbook_rows} rows, 48 columns")
        print("xlsx read  ", _rounded(measure("read", book)))
        print("xlsx cancel", _rounded(measure("cancel", book)))


def _rounded(found: dict[str, float]) -> dict[str, float]:
    return {key: round(value, 2) for key, value in found.items()}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
        result = MEASURES[sys.argv[2]](Path(sys.argv[3]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**result, "cpu_s": time.process_time(), "peak_mb": peak}))
    else:
        asked = [int(word) for word in sys.argv[1:3]]
        many = asked[0] if asked else 1_000_000
        main(many, asked[1] if len(asked) > 1 else many // 10)
