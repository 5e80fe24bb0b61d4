#!/bin/sh
# Installs what lacks, and only that: uv (beside the checkout's own files), .venv from requirements.lock with
# hashes, and, on Debian, the system libraries that Qt loads. Says what it will do before it uses apt.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    say "Navette needs Python 3.11 or later; '$python' is older. Set PYTHON=/path/to/python3.11 and run again." >&2
    exit 2
}

find_uv() {
    if command -v uv >/dev/null 2>&1; then command -v uv
    elif [ -x .tools/bin/uv ]; then echo .tools/bin/uv
    else
        say "Installing uv into .tools/ (nothing outside this folder)." >&2
        # --target leaves Debian's own Python untouched (PEP 668).
        "$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
            --target .tools 'uv>=0.13,<1' >&2
        echo .tools/bin/uv
    fi
}

stamp=.venv/.installed-from
wanted=$(cat requirements.lock pyproject.toml | sha256sum | cut -d' ' -f1)
if [ "$(cat $stamp 2>/dev/null || true)" != "$wanted" ]; then
    uv=$(find_uv)
    say "Installing the locked packages into .venv"
    [ -x .venv/bin/python ] || "$uv" venv --quiet --python "$python" .venv
    "$uv" pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes requirements.lock
    "$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
    # The window opens half a second sooner when nothing is left to compile.
    .venv/bin/python -m compileall -q desktop_app validation_rules registry_endpoint
    printf '%s' "$wanted" > $stamp
fi

[ "$(uname -s)" = Linux ] || exit 0

qt_lacks() {
    # The libraries that Qt's window and offscreen plug-ins name and the system does not have; and a font.
    folder=$(.venv/bin/python -c 'import importlib.util as u; print(u.find_spec("PySide6").submodule_search_locations[0])')
    ldd "$folder"/QtWidgets.abi3.so "$folder"/QtSvg.abi3.so "$folder"/Qt/plugins/platforms/libqxcb.so \
        "$folder"/Qt/plugins/platforms/libqoffscreen.so 2>/dev/null | grep 'not found' | sort -u
    find /usr/share/fonts /usr/local/share/fonts -name '*.[to]tf' 2>/dev/null | grep -q . || say "no font"
}

if [ -n "$(qt_lacks)" ]; then
    packages="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0
        libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-shm0
        libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libxcb-render0 libxcb-xinerama0 libx11-xcb1 fontconfig fonts-dejavu-core"
    as_root=''
    [ "$(id -u)" = 0 ] || as_root=sudo
    if ! command -v apt-get >/dev/null 2>&1 || { [ -n "$as_root" ] && ! command -v sudo >/dev/null 2>&1; }; then
        say "Qt needs system libraries that are missing. As root, install (Debian names):" $packages >&2
        exit 2
    fi
    say "Qt needs system libraries that are missing here. Using apt to install:" $packages
    $as_root apt-get -o DPkg::Lock::Timeout=300 update -qq
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $packages >/dev/null
    still=$(qt_lacks)
    [ -z "$still" ] || { say "Still missing: $still" >&2; exit 2; }
fi
