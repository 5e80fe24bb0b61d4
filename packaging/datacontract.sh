#!/bin/sh
# Installs datacontract-cli in .tools/datacontract, from packaging/datacontract.lock with hashes, when it lacks
# or the lock has changed. Prints the path of the command. Needs Python 3.11 or later with pip, and the index.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
[ ! -x .venv/bin/python ] || python=.venv/bin/python
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or later is needed; '$python' is older. Set PYTHON=/path/to/python3.11 and run again." >&2
    exit 2
}

find_uv() {
    if command -v uv >/dev/null 2>&1; then command -v uv
    elif [ -x .tools/bin/uv ]; then echo .tools/bin/uv
    else
        echo "Installing uv into .tools/ (nothing outside this folder)." >&2
        # --target leaves Debian's own Python untouched (PEP 668).
        "$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
            --target .tools 'uv>=0.13,<1' >&2
        echo .tools/bin/uv
    fi
}

home=.tools/datacontract
wanted=$(sha256sum packaging/datacontract.lock | cut -d' ' -f1)
if [ "$(cat $home/.installed-from 2>/dev/null || true)" != "$wanted" ]; then
    uv=$(find_uv)
    echo "Installing datacontract-cli into $home" >&2
    # Anew each time: half an installation, or one of another Python, never stays.
    "$uv" venv --quiet --clear --python "$python" $home
    "$uv" pip sync --quiet --python $home/bin/python --require-hashes packaging/datacontract.lock
    printf '%s' "$wanted" > $home/.installed-from
fi
echo "$PWD/$home/bin/datacontract"
