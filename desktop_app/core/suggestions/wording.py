"""Why a value is suggested, in one sentence; and its name, for the log and for a whole rule.

Places: `{old}`, `{new}` (codes with their label), `{label}` of the first field written, and each part of the
record by its name. Values of the row are for the screen, never for a log: `NAMES` hold none.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from validation_rules.text import Text

WHY: Mapping[str, Text] = MappingProxyType(
    {
        "site.unspecified": Text(
            "La CIM-O n’a pas {old}. {new} est le code de l’organe sans précision de la partie atteinte.",
            "ICD-O does not have {old}. {new} is the code of the organ, part not specified.",
        ),
        "site.icd10": Text(
            "{old} est un code de la CIM-10. La CIM-O code ce siège {new} et dit le type par l’histologie.",
            "{old} is an ICD-10 code. ICD-O codes that site {new} and tells the type by the histology.",
        ),
        "site.lone": Text(
            "L’histologie {histology} ne se rencontre que dans cet organe.",
            "Histology {histology} is found in that organ only.",
        ),
        "site.unknown": Text(
            "Une métastase dont la tumeur primitive est inconnue se code C80.9, comportement 3. Si la tumeur "
            "primitive est connue, codez son siège.",
            "A metastasis of an unknown primary is coded C80.9 with behaviour 3. If the primary is known, code "
            "its site.",
        ),
        "histology.exchanged": Text(
            "{old} n’existe pas ; {new} existe : deux chiffres voisins ont pu être intervertis.",
            "{old} does not exist and {new} does: two neighbouring digits may have been exchanged.",
        ),
        "histology.alike": Text(
            "{new} est du même groupe d’histologies que {old}, et la localisation {site} l’admet.",
            "{new} is of the same group of histologies as {old}, and site {site} allows it.",
        ),
        "behaviour.listed": Text(
            "La CIM-O décrit l’histologie {histology} avec le comportement {new}.",
            "ICD-O lists histology {histology} with behaviour {new}.",
        ),
        "behaviour.t": Text(
            "Le T dit si la tumeur est invasive : cT {ct}, pT {pt}.",
            "T tells whether the tumour is invasive: cT {ct}, pT {pt}.",
        ),
        "edition.listed": Text(
            "L’édition {new} contient l’histologie {histology} avec le comportement {behaviour}.",
            "Edition {new} has histology {histology} with behaviour {behaviour}.",
        ),
        "grade.fixed": Text(
            "L’histologie {histology} fixe elle-même ce grade.",
            "Histology {histology} itself states this grade.",
        ),
        "grade.none": Text(
            "9 : grade inconnu, ou tumeur qui n’en a pas (comportement {behaviour}, histologie {histology}).",
            "9: grade unknown, or a tumour without one (behaviour {behaviour}, histology {histology}).",
        ),
        "side.none": Text(
            "L’organe {site} n’est pas pair : la latéralité est sans objet.",
            "Organ {site} is not paired: laterality does not apply.",
        ),
        "side.unknown": Text(
            "L’organe {site} est pair. Si le dossier ne dit pas le côté, 9 le dit.",
            "Organ {site} is paired. If the record does not tell the side, 9 says so.",
        ),
        "basis.year": Text(
            "Pour une incidence du {incidence}, la liste de l’ENCR dit la même chose par {new}.",
            "For incidence on {incidence}, the ENCR list says the same by {new}.",
        ),
        "basis.pathology": Text(
            "L’anatomopathologie est parmi les sources ({sources}) : il y a une preuve microscopique.",
            "Pathology is among the sources ({sources}): there is microscopic proof.",
        ),
        "sources.pathology": Text(
            "La base du diagnostic {basis} suppose un compte rendu d’anatomopathologie.",
            "Basis of diagnosis {basis} implies a pathology report.",
        ),
    }
)
NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "site.unspecified": Text("partie de l’organe non précisée", "part of the organ not specified"),
        "site.icd10": Text("code CIM-10 traduit", "ICD-10 code translated"),
        "site.lone": Text("siège de l’histologie", "site of the histology"),
        "site.unknown": Text("siège primitif inconnu", "primary site unknown"),
        "histology.exchanged": Text("chiffres intervertis", "digits exchanged"),
        "histology.alike": Text("histologie du même groupe", "histology of the same group"),
        "behaviour.listed": Text("comportement décrit par la CIM-O", "behaviour listed in ICD-O"),
        "behaviour.t": Text("comportement selon le T", "behaviour from T"),
        "edition.listed": Text("édition qui contient le code", "edition that has the code"),
        "grade.fixed": Text("grade de l’histologie", "grade of the histology"),
        "grade.none": Text("grade 9", "grade 9"),
        "side.none": Text("latéralité sans objet", "laterality not applicable"),
        "side.unknown": Text("latéralité inconnue", "laterality unknown"),
        "basis.year": Text("code de la liste en vigueur", "code of the list in force"),
        "basis.pathology": Text("base selon les sources", "basis from the sources"),
        "sources.pathology": Text("source anatomopathologie ajoutée", "pathology source added"),
    }
)
