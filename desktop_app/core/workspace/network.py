"""Whether a folder lies on another computer: what several processes share of a database must not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_REMOTE = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "ceph", "glusterfs", "davfs",
           "fuse.sshfs", "fuse.gvfsd-fuse", "fuse.davfs2", "fuse.glusterfs", "fuse.smbnetfs")  # fmt: skip
_DRIVE_REMOTE = 4


def on_network(folder: Path) -> bool:
    """As far as the system says; a local folder where it says nothing."""
    place = folder.resolve()
    if sys.platform == "win32":
        return _remote_drive(place)
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return kind_of(place, mounts) in _REMOTE


def kind_of(place: Path, mounts: str) -> str:
    """The type of file system of `place`, from the text of the table of mounts; the deepest mount counts."""
    best, kind = "", ""
    for line in mounts.splitlines():
        _, point, found, *_ = [*line.split(" "), "", "", ""]
        point = point.replace("\\040", " ")
        under = str(place) == point or str(place).startswith(point.rstrip("/") + "/")
        if under and len(point) >= len(best):
            best, kind = point, found
    return kind


def _remote_drive(place: Path) -> bool:
    if sys.platform != "win32":
        return False
    if str(place).startswith("\\\\"):
        return True
    import ctypes

    return bool(ctypes.windll.kernel32.GetDriveTypeW(os.path.splitdrive(place)[0] + "\\") == _DRIVE_REMOTE)
