#!/bin/sh
# The demonstration: in the window where there is a display, else (or with HEADLESS=1) one line a station.
set -eu
cd "$(dirname "$0")/.."
options=''
case "${HEADLESS:-}" in ''|0) ;; *) options='--headless' ;; esac
[ -z "${FRESH:-}" ] || options="$options --fresh"
# shellcheck disable=SC2086
exec .venv/bin/navette demo $options
