"""Reads the files whose paths come in, one a line, in a process that may neither write nor grow.

Says of each, as JSON: the code of the refusal or the number of rows, the seconds, the memory so far in bytes;
or the exception that nobody expected, or what it tried to write.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import traceback
from pathlib import Path

MEMORY = 2 * 1024**3
_CHANGES = (
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
)
_OUTWARD = ("socket.connect", "subprocess.Popen", "os.system", "os.posix_spawn", "os.exec")


def main() -> None:
    """Until the input ends."""
    from desktop_app.core.extracts import delimited, fixed_width, workbook
    from tests.ugly.reading import read

    assert delimited and fixed_width and workbook  # modules that the first file would load
    out = os.fdopen(os.dup(1), "w")
    forbidden: list[str] = []
    sys.addaudithook(
        lambda event, given: forbidden.append(f"{event} {given!r:.200}") if _writes(event, given) else None
    )
    _bound()
    for line in sys.stdin:
        start = time.monotonic()
        answer: dict[str, object] = {}
        try:
            found = read(Path(line.rstrip("\n")))
            answer = {"code": found.code, "rows": len(found.rows)}
        except BaseException as error:  # noqa: BLE001 - the panic of a native library is no Exception
            answer = {
                "trace": f"{type(error).__name__}: {error}"[:300]
                + "".join(traceback.format_tb(error.__traceback__)[-3:])
            }
        answer |= {"seconds": time.monotonic() - start, "memory": _memory(), "wrote": forbidden[:5]}
        forbidden.clear()
        out.write(json.dumps(answer) + "\n")
        out.flush()


def _bound() -> None:
    """A write to any file ends the process by a signal, and so does memory beyond the bound."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _writes(event: str, given: tuple[object, ...]) -> bool:
    if event == "open":
        flags = given[2]
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))
    return event in _CHANGES or event in _OUTWARD


if __name__ == "__main__":
    main()
