#!/bin/sh
# A folder build of the window, the command line and the endpoint in dist/navette. `--needs` only installs what
# building needs on Debian and lacks here: binutils, and the shared library of the system's Python.
set -eu
cd "$(dirname "$0")/.."

found() { .venv/bin/python -c 'from PyInstaller.depend.bindepend import get_python_library_path as g
import sys; sys.exit(not g())' >/dev/null 2>&1; }

needs=''
if [ "$(uname -s)" = Linux ]; then
    command -v objdump >/dev/null 2>&1 || needs="$needs binutils"
    found || needs="$needs libpython$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
fi
if [ -n "$needs" ]; then
    as_root=''
    [ "$(id -u)" = 0 ] || as_root=sudo
    if ! command -v apt-get >/dev/null 2>&1 || { [ -n "$as_root" ] && ! command -v sudo >/dev/null 2>&1; }; then
        printf 'A frozen build needs, as root (Debian names):%s\n' "$needs" >&2
        exit 2
    fi
    printf 'A frozen build needs packages that are missing here. Using apt to install:%s\n' "$needs"
    $as_root apt-get -o DPkg::Lock::Timeout=300 update -qq
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq \
        --no-install-recommends $needs >/dev/null
fi

[ "${1:-}" = --needs ] || exec .venv/bin/pyinstaller --noconfirm --clean --distpath dist --workpath build packaging/navette.spec
