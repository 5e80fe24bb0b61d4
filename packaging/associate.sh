#!/bin/sh
# Offers Navette under « Open with » for extracts, for this person only, on Linux desktops; the program that opens
# them by default stays the same.
#   associate.sh [PROGRAM]     PROGRAM: dist/navette/navette, else .venv/bin/navette, when it is not given
#   associate.sh --remove
set -eu
cd "$(dirname "$0")/.."
share=${XDG_DATA_HOME:-$HOME/.local/share}
desktop=$share/applications/navette.desktop
icon=$share/icons/hicolor/scalable/apps/navette.svg
types=$share/mime/packages/navette.xml

refresh() {
    ! command -v update-desktop-database >/dev/null 2>&1 || update-desktop-database "$share/applications" || true
    ! command -v update-mime-database >/dev/null 2>&1 || update-mime-database "$share/mime" || true
}

if [ "${1:-}" = --remove ]; then
    rm -f "$desktop" "$icon" "$types"
    refresh
    exit 0
fi

program=${1:-}
if [ -z "$program" ]; then
    for program in "$PWD/dist/navette/navette" "$PWD/.venv/bin/navette"; do [ ! -x "$program" ] || break; done
fi
[ -x "$program" ] && [ ! -d "$program" ] || { echo "There is no program at '$program'. Give its path." >&2; exit 2; }
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")

mkdir -p "$(dirname "$desktop")" "$(dirname "$icon")" "$(dirname "$types")"
# A path in Exec is quoted; inside, these characters keep a backslash, and a backslash is doubled once more
# as everywhere in such a file. A percent sign is doubled.
PROGRAM=$program awk '
    function quoted(path,   out, i, c) {
        for (i = 1; i <= length(path); i++) {
            c = substr(path, i, 1)
            if (c == "\\") out = out "\\\\\\\\"
            else if (c == "\"" || c == "`" || c == "$") out = out "\\\\" c
            else if (c == "%") out = out "%%"
            else out = out c
        }
        return "\"" out "\""
    }
    /^Exec=/ { print "Exec=" quoted(ENVIRON["PROGRAM"]) " open %F"; next }
    { print }
' packaging/desktop/navette.desktop > "$desktop"
cp packaging/desktop/navette.svg "$icon"
cp packaging/desktop/navette-mime.xml "$types"
refresh
echo "Navette is offered under « Open with » (packaging/associate.sh --remove takes it back)."
