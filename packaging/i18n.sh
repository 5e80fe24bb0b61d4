#!/bin/sh
# Reads the sentences out of the source again, group by group, and compiles what was translated.
# English needs plural forms only: its other sentences are the source itself.
set -eu
cd "$(dirname "$0")/.."
ui=desktop_app/ui

group() {
    name=$1
    shift
    files=$(find "$@" -name '*.py' ! -name '__init__.py' | sort)
    # shellcheck disable=SC2086
    .venv/bin/pyside6-lupdate $files -silent -locations none -no-obsolete -disable-heuristic sametext \
        -source-language en_GB -target-language fr_FR -ts "$ui/i18n/${name}_fr.ts"
    # shellcheck disable=SC2086
    .venv/bin/pyside6-lupdate $files -silent -locations none -no-obsolete -disable-heuristic sametext -pluralonly \
        -source-language en_GB -target-language en_GB -ts "$ui/i18n/${name}_en.ts"
    for language in fr en; do
        .venv/bin/pyside6-lrelease -silent "$ui/i18n/${name}_$language.ts" -qm "$ui/i18n/${name}_$language.qm"
    done
}

pages=$ui/pages
group shell "$ui/main_window.py" "$ui/session.py" "$ui/files_at_hand.py" "$ui/stations.py" "$ui/widgets" "$ui/mapping" "$ui/loading" \
    "$ui/start.py" "$ui/keep" "$ui/plain.py" \
    "$pages/batches.py" "$pages/load.py" "$pages/map.py" "$pages/settings.py" "$pages/unlock.py"
group fix "$pages/fix.py" "$ui/fix" "$ui/models" "$ui/months"
group send "$pages/send.py" "$pages/feedback.py" "$pages/quality.py" "$ui/send"
