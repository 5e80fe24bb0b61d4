"""What `navette findings --help` teaches."""

from __future__ import annotations

from desktop_app.cli.speech import t

FINDINGS_HELP = t(
    "Les constats d’un lot, pour un collègue qui n’a pas Navette, et ce qu’il rend.",
    "The findings of a batch, for a colleague without Navette, and what they send back.",
)
EXPORT_HELP = t(
    """Écrit les constats ouverts d’un lot : classeur annoté, CSV, ou liste à imprimer.

    Dans le classeur, les cellules en cause sont colorées et commentées, les numéros protégés, les codes en
    listes. Le collègue corrige ou confirme, puis rend le fichier : « navette findings import » le reprend.

    Le fichier contient des données de santé : --identities et --institution limitent ce qui part.

    Exemple : navette findings export "Lot de novembre 2026" --output constats.xlsx
    """,
    """Write the open findings of a batch: annotated workbook, CSV, or a list to print.

    In the workbook the cells concerned are coloured and commented, numbers protected, codes in lists. The
    colleague corrects or confirms and sends the file back: 'navette findings import' takes it in.

    The file holds health data: --identities and --institution limit what leaves.

    Example: navette findings export "Batch of November 2026" --output findings.xlsx
    """,
)
IMPORT_HELP = t(
    """Reprend comme corrections ce qu’un collègue a écrit dans un fichier exporté.

    Seules les cellules qu’il a changées comptent. Une cellule qui a changé aussi ici est un conflit : rien
    n’est alors repris (code 1) tant que --conflicts ne dit pas quelle valeur garder.

    Exemple : navette findings import "Lot de novembre 2026" constats.xlsx
    """,
    """Take in as corrections what a colleague wrote in an exported file.

    Only the cells they changed count. A cell that changed here too is a conflict: nothing is taken then
    (exit code 1) until --conflicts says which value to keep.

    Example: navette findings import "Batch of November 2026" findings.xlsx
    """,
)
