"""Writes the collection into a folder, and says of each file what reading it gives."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.ugly import collection
from tests.ugly.reading import differences, read


def main() -> int:
    """The number of files that are not read as expected."""
    folder, wrong = Path(sys.argv[1]), 0
    words = sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    for ugly in collection():
        if words and not any(word in ugly.name for word in words):
            continue
        path = folder / ugly.name
        ugly.make(path)
        start = time.process_time()
        found = read(path)
        spent = time.process_time() - start
        lacks = differences(ugly, found)
        wrong += bool(lacks)
        print(
            f"{'ok ' if not lacks else 'BAD'} {spent:5.2f} s  {ugly.name}: {found.say}",
            *lacks,
            sep="\n      ",
        )
    print(f"{wrong} not as expected")
    return min(wrong, 100)


if __name__ == "__main__":
    sys.exit(main())
