"""How much memory a file will take, and how much there is: said before the system ends the program.

A file that is read as a whole is held as text cells, mapped cells, and what the checks make of them. The
figures come from `tests/benchmarks/bench_stream.py --whole`.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from desktop_app.core.errors import AppError
from validation_rules.text import Text

BYTES_A_BYTE = 8
_FIXED = 250 * 1024**2
_GIGA = 1024**3


def memory_needed(size: int) -> int:
    """Bytes of memory to read a text file of `size` bytes as a whole and check it."""
    return _FIXED + BYTES_A_BYTE * size


def memory_free() -> int | None:
    """Bytes of memory that a program may still take on this computer; None when it is not known."""
    if sys.platform == "win32":
        return _free_on_windows()
    known = [found for found in (_available(), _left_in_group(), _all_of_it()) if found is not None]
    return min(known, default=None)


def refuse_what_does_not_fit(path: Path, size: int, free: int | None) -> None:
    """Raises AppError for a text file that would not fit in `free` bytes of memory, with what can be done."""
    needed = memory_needed(size)
    if free is None or needed <= free:
        return
    raise AppError(
        "file-over-memory",
        Text(
            f"« {path.name} » ({_giga(size).fr}) demanderait environ {_giga(needed).fr} de mémoire pour être "
            f"ouvert en entier ; ce poste en a {_giga(free).fr} de libre.",
            f"“{path.name}” ({_giga(size).en}) would take about {_giga(needed).en} of memory to be opened "
            f"as a whole; this computer has {_giga(free).en} free.",
        ),
        Text(
            "La commande « navette check » le contrôle par paquets, sans limite de taille. Pour le corriger "
            "et l’envoyer d’ici, fermez d’autres logiciels, ou découpez-le par année d’incidence en parties "
            f"de {_giga(room(free)).fr} au plus.",
            "The command “navette check” checks it in batches, whatever its size. To correct and send it "
            "from here, close other programs, or split it by year of incidence into parts of "
            f"{_giga(room(free)).en} at most.",
        ),
    )


def room(free: int) -> int:
    """Size in bytes of the largest text file that `free` bytes of memory hold."""
    return max(0, free - _FIXED) // BYTES_A_BYTE


def _giga(size: int) -> Text:
    value = f"{size / _GIGA:.1f}" if size >= _GIGA else f"{size / 1024**2:.0f}"
    units = ("Go", "GB") if size >= _GIGA else ("Mo", "MB")
    return Text(f"{value.replace('.', ',')}\N{NO-BREAK SPACE}{units[0]}", f"{value} {units[1]}")


def _available() -> int | None:
    """Linux: what can be had without swapping."""
    for line in _lines(Path("/proc/meminfo")):
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None


def _left_in_group() -> int | None:
    """Linux: what the control group of a container or a service leaves."""
    group = Path("/sys/fs/cgroup")
    limit, used = _lines(group / "memory.max"), _lines(group / "memory.current")
    if not limit or not used or not limit[0].isdigit() or not used[0].isdigit():
        return None
    return max(0, int(limit[0]) - int(used[0]))


def _all_of_it() -> int | None:
    """POSIX: the memory of the computer."""
    if sys.platform == "win32":
        return None
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("all", ctypes.c_uint64),
        ("free", ctypes.c_uint64),
        ("others", ctypes.c_uint64 * 5),
    )


def _free_on_windows() -> int | None:
    if sys.platform != "win32":
        return None
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    known = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
    return int(status.free) if known else None
