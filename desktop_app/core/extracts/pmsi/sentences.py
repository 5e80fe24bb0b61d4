"""What is said of PMSI files: refusals, and what a person should know of the notifications made of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from desktop_app.core.errors import AppError
from desktop_app.core.extracts.pmsi.formats import Family, versions
from desktop_app.core.extracts.pmsi.kind import Recognised
from validation_rules.text import Text, counted, grouped

_NAMES = {"rss": "RSS", "vidhosp": "VID-HOSP"}
_STAY = (Text("séjour", "stay"), Text("séjours", "stays"))
_LINE = (Text("ligne", "line"), Text("lignes", "lines"))
_FIRST = 8


def other_version(path: Path, found: Recognised) -> AppError:
    """A version of RSS or VID-HOSP whose zones are not known."""
    family: Family = "rss" if found.sort == "rss" else "vidhosp"
    name = _NAMES[family]
    return AppError(
        "pmsi-version",
        Text(
            f"« {path.name} » est un {name} au format {found.version}, que Navette ne lit pas "
            f"(formats lus : {versions(family)}).",
            f"“{path.name}” is a {name} in format {found.version}, which Navette does not read "
            f"(formats read: {versions(family)}).",
        ),
        Text("Exportez-le de nouveau dans l’un de ces formats.", "Export it again in one of these formats."),
    )


def without_identity(path: Path, found: Recognised) -> AppError:
    """RSA or ANO-HOSP: no person can be found in them any more."""
    name = "RSA" if found.sort == "rsa" else "ANO-HOSP"
    return AppError(
        "pmsi-anonymous",
        Text(
            f"« {path.name} » est un {name} : il est anonyme, aucune personne ne peut y être retrouvée.",
            f"“{path.name}” is an {name} file: it is anonymous, no person can be found in it.",
        ),
        Text(
            "Donnez le RSS (022 ou 122) et le VID-HOSP dont il a été fait.",
            "Give the RSS (022 or 122) and the VID-HOSP that it was made of.",
        ),
    )


def one_lacks(path: Path, has: Family) -> AppError:
    """One of the two files alone."""
    if has == "rss":
        what = Text(
            f"« {path.name} » est un RSS : il a les diagnostics, mais ni IPP ni matricule INS.",
            f"“{path.name}” is an RSS: it has the diagnoses, but neither patient number nor INS number.",
        )
        todo = Text(
            "Donnez aussi le VID-HOSP du même mois, ou placez-le dans le même dossier.",
            "Give the VID-HOSP of the same month too, or put it in the same folder.",
        )
    else:
        what = Text(
            f"« {path.name} » est un VID-HOSP : il dit qui est venu, mais sans aucun diagnostic.",
            f"“{path.name}” is a VID-HOSP: it says who came, but holds no diagnosis.",
        )
        todo = Text(
            "Donnez aussi le RSS (022 ou 122) du même mois, ou placez-le dans le même dossier.",
            "Give the RSS (022 or 122) of the same month too, or put it in the same folder.",
        )
    return AppError("pmsi-one-lacks", what, todo)


def several_beside(path: Path, has: Family, names: Sequence[str]) -> AppError:
    """More than one file could be the other half: none is taken."""
    lacks = _NAMES["vidhosp" if has == "rss" else "rss"]
    listed = ", ".join(names[:_FIRST])
    return AppError(
        "pmsi-which",
        Text(
            f"Plusieurs {lacks} du même dossier pourraient aller avec « {path.name} » : {listed}.",
            f"Several {lacks} files of the same folder could go with “{path.name}”: {listed}.",
        ),
        Text("Choisissez celui du même mois.", "Choose the one of the same month."),
    )


def not_in_batches(path: Path) -> AppError:
    """Batches were asked for: a stay may lie anywhere in both files."""
    return AppError(
        "pmsi-not-in-batches",
        Text(
            f"« {path.name} » est un fichier du PMSI : il se lit d’un seul tenant, avec celui qui va avec.",
            f"“{path.name}” is a PMSI file: it is read as a whole, along with its other file.",
        ),
        Text("Recommencez sans --batch-rows, ou mois par mois.", "Try without --batch-rows, or by month."),
    )


def not_a_pair(path: Path, other: Path) -> AppError:
    """Two files that are not one RSS and one VID-HOSP."""
    return AppError(
        "pmsi-not-a-pair",
        Text(
            f"« {path.name} » et « {other.name} » ne sont pas un RSS et un VID-HOSP.",
            f"“{path.name}” and “{other.name}” are not an RSS and a VID-HOSP.",
        ),
        Text(
            "Donnez un fichier RSS (022 ou 122) et un fichier VID-HOSP (V016) du même mois.",
            "Give one RSS file (022 or 122) and one VID-HOSP file (V016) of the same month.",
        ),
    )


def not_together(names: Sequence[str]) -> AppError:
    """More files than one RSS, one VID-HOSP and one list of patients."""
    listed = ", ".join(names[:_FIRST])
    return AppError(
        "pmsi-not-together",
        Text(f"Ces fichiers ne vont pas ensemble : {listed}.", f"These files do not go together: {listed}."),
        Text(
            "Donnez un RSS, son VID-HOSP et, si vous l’avez, un fichier des patients (IPP, nom, prénoms, "
            "commune).",
            "Give one RSS, its VID-HOSP and, if you have one, a file of the patients (IPP, name, given "
            "names, "
            "commune).",
        ),
    )


def months(pairs: Sequence[tuple[str, str]]) -> Text:
    """The months that are read one after the other: names of each RSS and its VID-HOSP."""
    more = ", …" if len(pairs) > _FIRST else ""
    listed = ", ".join(f"{rss} + {vidhosp}" for rss, vidhosp in pairs[:_FIRST]) + more
    return Text(
        f"{len(pairs)} mois du PMSI seront lus l’un après l’autre, chaque RSS avec son VID-HOSP : {listed}.",
        f"{len(pairs)} months of the PMSI will be read one after the other, each RSS with its VID-HOSP: "
        f"{listed}.",
    )


def told_again(count: int) -> Text:
    """Notifications that a later month has too."""
    number = grouped(count)
    if count == 1:
        return Text(
            "1 notification est aussi dans un mois suivant : celui-ci est gardé, depuis la première entrée, "
            "et l’autre est de côté.",
            "1 notification is in a later month too: that one is kept, from the first entry on, and the "
            "other is aside.",
        )
    return Text(
        f"{number.fr} notifications sont aussi dans un mois suivant : la dernière est gardée, depuis la "
        "première entrée, et les autres sont de côté.",
        f"{number.en} notifications are in a later month too: the last is kept, from the first entry on, "
        "and the others are aside.",
    )


def months_unpaired(rss: int, vidhosp: int, others: int) -> AppError:
    """Several months, but not one VID-HOSP for each RSS."""
    return AppError(
        "pmsi-months",
        Text(
            f"Il y a {rss} RSS, {vidhosp} VID-HOSP et {others} autres fichiers : il faut un VID-HOSP par "
            "RSS, et un seul fichier des patients.",
            f"There are {rss} RSS files, {vidhosp} VID-HOSP files and {others} others: each RSS needs its "
            "VID-HOSP, and there is one file of the patients at most.",
        ),
        Text(
            "Ajoutez le fichier qui manque, ou chargez un mois à la fois.",
            "Add the file that lacks, or load one month at a time.",
        ),
    )


def month_unknown(rss: Path, names: Sequence[str]) -> AppError:
    """No VID-HOSP, or several as good, for one RSS of several."""
    listed = ", ".join(names[:_FIRST])
    return AppError(
        "pmsi-which-month",
        Text(
            f"Les séjours ne disent pas lequel de ces VID-HOSP va avec « {rss.name} » : {listed}.",
            f"The stays do not tell which of these VID-HOSP files goes with “{rss.name}”: {listed}.",
        ),
        Text("Chargez ce mois à part, avec son VID-HOSP.", "Load that month alone, with its VID-HOSP."),
    )


def several_hospitals(numbers: Sequence[str]) -> AppError:
    """Months of several hospitals."""
    listed = ", ".join(numbers[:_FIRST])
    return AppError(
        "pmsi-hospitals",
        Text(
            f"Ces RSS sont de plusieurs établissements : {listed}.",
            f"These RSS files are of several hospitals: {listed}.",
        ),
        Text("Chargez un établissement à la fois.", "Load one hospital at a time."),
    )


def no_key(path: Path) -> AppError:
    """A file of patients in which none of the patients is found."""
    return AppError(
        "pmsi-patients-unknown",
        Text(
            f"Aucune colonne de « {path.name} » ne contient les IPP ou les numéros de séjour des "
            f"notifications.",
            f"No column of “{path.name}” holds the patient or stay numbers of the notifications.",
        ),
        Text(
            "Ajoutez l’IPP à cet export, écrit comme dans le VID-HOSP, ou chargez le PMSI sans ce fichier.",
            "Add the patient number (IPP) to that export, written as in VID-HOSP, or load the PMSI "
            "without it.",
        ),
    )


def no_stay_in_common(rss: Path, vidhosp: Path) -> AppError:
    """Two files of different months or hospitals."""
    return AppError(
        "pmsi-no-common-stay",
        Text(
            f"« {rss.name} » et « {vidhosp.name} » n’ont aucun séjour en commun.",
            f"“{rss.name}” and “{vidhosp.name}” have no stay in common.",
        ),
        Text(
            "Vérifiez qu’ils sont du même établissement et du même mois.",
            "Check that they are of the same hospital and the same month.",
        ),
    )


def no_tumour(rss: Path, stays: int) -> AppError:
    """An RSS without a single tumour."""
    number = counted(stays, *_STAY)
    return AppError(
        "pmsi-no-tumour",
        Text(
            f"Aucun des diagnostics de « {rss.name} » ({number.fr}) n’est une tumeur à notifier.",
            f"None of the diagnoses of “{rss.name}” ({number.en}) is a tumour to notify.",
        ),
        Text(
            "Vérifiez le mois et l’établissement de l’export : il n’y a rien à envoyer.",
            "Check the month and the hospital of the export: there is nothing to send.",
        ),
    )


def no_whole_record(path: Path, lines: int) -> AppError:
    """Every line is cut short or of another version."""
    count = counted(lines, *_LINE)
    return AppError(
        "pmsi-no-record",
        Text(
            f"« {path.name} » n’a aucun enregistrement complet du PMSI ({count.fr} de côté).",
            f"“{path.name}” has no whole PMSI record ({count.en} aside).",
        ),
        Text(
            "Refaites l’export : les lignes sont sans doute coupées, ou d’un autre format.",
            "Export it again: its lines are probably cut, or of another format.",
        ),
    )


class Tally(NamedTuple):
    """What became of the lines of both files. `aside` are line numbers in each; the rest are numbers of stays
    that notify a tumour, but for `stays`, `common` (in both files) and `unused_lines` (in VID-HOSP alone)."""

    stays: int
    notified: int
    rows: int
    absent: int
    another: int
    differing: int
    mixed: int
    only_insured: int
    contradicting: int
    acts_over: int
    unused_lines: int
    common: int
    same_hospital: bool
    aside_rss: tuple[int, ...]
    aside_vidhosp: tuple[int, ...]


def remarks(tally: Tally) -> tuple[Text, ...]:
    """Sentences for a person, the sum first; nothing is said of what did not happen."""
    whole, some = counted(tally.stays, *_STAY), counted(tally.notified, *_STAY)
    made = counted(tally.rows, Text("notification", "notification"), Text("notifications", "notifications"))
    said = [
        Text(
            f"{whole.fr} dans le RSS ; {some.fr} avec une tumeur à notifier, soit {made.fr}.",
            f"{whole.en} in the RSS; {some.en} with a tumour to notify: {made.en}.",
        )
    ]
    said += [_about(number, text) for number, text in _told(tally) if number]
    if not tally.same_hospital:
        said.append(
            Text(
                "Les deux fichiers n’ont pas le même numéro FINESS : ils sont rapprochés par le seul "
                "numéro de "
                "séjour. Vérifiez qu’ils sont du même établissement.",
                "The two files do not have the same FINESS number: they are joined by the stay number alone. "
                "Check that they are of the same hospital.",
            )
        )
    for name, lines in (("RSS", tally.aside_rss), ("VID-HOSP", tally.aside_vidhosp)):
        if lines:
            said.append(_aside(name, lines))
    return tuple(said)


def _about(number: int, text: Text) -> Text:
    count = counted(number, *_STAY)
    return Text(text.fr.format(n=count.fr), text.en.format(n=count.en))


def _told(tally: Tally) -> tuple[tuple[int, Text], ...]:
    return (
        (tally.absent, Text(
            "{n} sans ligne dans le VID-HOSP : ni IPP ni matricule INS.",
            "{n} without a line in VID-HOSP: neither patient number nor INS number.")),
        (tally.another, Text(
            "{n} où la date de naissance et le sexe du VID-HOSP sont tous deux ceux d’une autre personne "
            ": son "
            "identité n’est pas reprise.",
            "{n} where both the date of birth and the sex in VID-HOSP are another person’s: that "
            "identity is not "
            "used.")),
        (tally.differing, Text(
            "{n} où la date de naissance ou le sexe diffère entre les deux fichiers : ceux du RSS sont "
            "gardés.",
            "{n} where the date of birth or the sex differs between the two files: those of the RSS are "
            "kept.")),
        (tally.mixed, Text(
            "{n} où les RUM n’ont pas tous la même date de naissance et le même sexe : les premiers sont "
            "gardés. "
            "Vérifiez qu’un numéro de séjour n’a pas servi deux fois.",
            "{n} where the RUMs do not all have the same date of birth and sex: the first are kept. "
            "Check that a "
            "stay number was not given twice.")),
        (tally.only_insured, Text(
            "{n} où seul le numéro de l’assuré est connu : il peut être celui d’un proche et n’est pas "
            "repris.",
            "{n} where only the number of the insured is known: it may be a relative’s and is not used.")),
        (tally.contradicting, Text(
            "{n} où les lignes du VID-HOSP se contredisent : ce qui diffère est laissé vide.",
            "{n} where the lines of VID-HOSP contradict each other: what differs is left blank.")),
        (tally.acts_over, Text(
            "{n} avec plus de 50 actes : les 50 premiers sont gardés.",
            "{n} with more than 50 procedures: the first 50 are kept.")),
        (tally.unused_lines, Text(
            "{n} du VID-HOSP sans RSS (consultations, actes externes) : rien n’y est à notifier.",
            "{n} of VID-HOSP without an RSS (outpatients): there is nothing to notify in them.")),
    )  # fmt: skip


def _aside(name: str, lines: Sequence[int]) -> Text:
    count = counted(len(lines), *_LINE)
    listed = ", ".join(str(line) for line in lines[:_FIRST]) + (", …" if len(lines) > _FIRST else "")
    return Text(
        f"Mis de côté dans le {name}, incomplet ou d’un autre format : {count.fr} ({listed}).",
        f"Set aside in the {name}, not whole or of another format: {count.en} ({listed}).",
    )
