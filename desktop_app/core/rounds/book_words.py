"""The instructions that travel with a workbook: what it is, what to do, what not to do."""

from __future__ import annotations

from desktop_app.core.rounds import terms
from desktop_app.core.rounds.outgoing import Outgoing
from validation_rules.text import Text, counted, rows

_FINDING = (Text("constat", "finding"), Text("constats", "findings"))
_WHAT = Text(
    "{rows} d’un extrait de cas de cancer à revoir, avec {found}. Les cellules en cause sont "
    "colorées, portent un "
    "trait à gauche et un commentaire qui dit ce qui ne va pas et que faire.",
    "{rows} of an extract of cancer cases to look at, with {found}. The cells concerned are coloured, have a "
    "bar at their left and a comment that says what is wrong and what to do.",
)
_PRIVATE = Text(
    "Ce classeur contient des données de santé nominatives ou indirectement identifiantes. Ne "
    "l’envoyez que par "
    "une messagerie sécurisée de santé ou un partage protégé ; supprimez-le une fois rendu.",
    "This workbook holds health data about people. Send it only through secure health messaging or a "
    "protected "
    "share; delete it once it is handed back.",
)
_STEPS = (
    (
        Text("1. Corriger", "1. Correct"),
        Text(
            "Feuille « À corriger » : écrivez la bonne valeur à la place de la mauvaise. Une liste de codes "
            "s’ouvre là où il y en a une ; la feuille « Codes » les explique. Laissez tel quel ce "
            "que vous ne "
            "savez pas.",
            "Sheet “To correct”: write the right value over the wrong one. A list of codes opens "
            "where there is "
            "one; the sheet “Codes” explains them. Leave alone what you do not know.",
        ),
    ),
    (
        Text("2. Ou confirmer", "2. Or confirm"),
        Text(
            "Feuille « Constats » : quand une valeur « à confirmer » est rare mais juste, choisissez "
            "un motif, et "
            "précisez-le au besoin sans nommer le patient.",
            "Sheet “Findings”: when a value “to confirm” is rare but right, choose a reason, and say "
            "more where "
            "needed, without naming the patient.",
        ),
    ),
    (
        Text("3. Rendre", "3. Hand back"),
        Text(
            "Enregistrez ce classeur et rendez-le à qui vous l’a envoyé. Navette lui montrera chaque "
            "changement "
            "avant de le reprendre.",
            "Save this workbook and hand it back to who sent it. Navette shows them each change "
            "before it takes it.",
        ),
    ),
    (
        Text("Dates", "Dates"),
        Text(
            "AAAA-MM-JJ ou JJ/MM/AAAA ; AAAA-MM ou AAAA si le jour ou le mois est inconnu.",
            "YYYY-MM-DD or DD/MM/YYYY; YYYY-MM or YYYY when the day or the month is unknown.",
        ),
    ),
    (
        Text("À ne pas faire", "Please do not"),
        Text(
            "Ne changez pas les titres des colonnes, ni les colonnes protégées, ni le repère caché "
            "au début de "
            "chaque ligne. Vous pouvez filtrer, élargir ou laisser des lignes de côté.",
            "Do not change the titles of the columns, the protected columns, or the hidden reference "
            "at the start "
            "of each row. You may filter, widen, or leave rows aside.",
        ),
    ),
)
_LEFT_OUT = Text(
    "{found} sur l’identité des patients ne sont pas dans ce classeur.",
    "{found} about the identity of patients are not in this workbook.",
)


def instructions(outgoing: Outgoing) -> list[tuple[str, str]]:
    """The lines of the sheet, in two columns."""
    say = outgoing.say
    found = counted(outgoing.cases.height, *_FINDING)
    height = rows(outgoing.frame.height)
    what = Text(
        _WHAT.fr.format(rows=height.fr, found=found.fr), _WHAT.en.format(rows=height.en, found=found.en)
    )
    lines = [
        ("Navette", say(what)),
        (say(Text("Confidentiel", "Confidential")), say(_PRIVATE)),
        *((say(left), say(right)) for left, right in _STEPS),
    ]
    if outgoing.left_out:
        left = counted(outgoing.left_out, *_FINDING)
        lines.append(("", say(Text(_LEFT_OUT.fr.format(found=left.fr), _LEFT_OUT.en.format(found=left.en)))))
    contract = outgoing.contract
    lines.append(
        (say(Text("Contrat", "Contract")), f"{say(contract.title)} ({contract.id} {contract.version})")
    )
    lines.append((say(terms.YOUR_NAME), ""))
    return lines
