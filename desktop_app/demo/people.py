"""Invented patients: no name, date or number belongs to a person; NIR serials are 9xx."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

SURNAMES = (
    "Allard", "Amiel", "Arnaud", "Astier", "Aubry", "Bailly", "Barbier", "Barrière", "Baudry", "Berger",
    "Bernard", "Bertin", "Besson", "Billard", "Blanchard", "Blondel", "Bonnet", "Boulay", "Bourdin",
    "Bouvier", "Brossard", "Brunet", "Béguin", "Cadet", "Camus", "Carlier", "Carpentier", "Castagnet",
    "Cazenave", "Chapuis", "Charrier", "Chartier", "Chauvet", "Clément", "Cochet", "Colin", "Combes",
    "Cordier", "Costes", "Courtois", "Cousin", "Darrieux", "Daumas", "Dauphin", "David", "Delcourt",
    "Delmas", "Deschamps", "Devaux", "Dubreuil", "Ducasse", "Duchêne", "Dufour", "Dumas", "Dupré",
    "Durieux", "Duval", "Escalier", "Estève", "Fabre", "Faucher", "Fauré", "Ferrand", "Ferry", "Fontaine",
    "Forestier", "Fournier", "Gaillard", "Gallet", "Garnier", "Gauthier", "Gayet", "Gendron", "Gilbert",
    "Giraud", "Godard", "Granger", "Grosjean", "Guichard", "Guyot", "Guérin", "Hamelin", "Hardy", "Husson",
    "Hébert", "Imbert", "Jacquet", "Jamet", "Jarry", "Joubert", "Jourdan", "Julien", "Labarthe", "Labat",
    "Laborde", "Lacoste", "Lafitte", "Lagrange", "Lalande", "Lambert", "Langlois", "Laporte", "Larrieu",
    "Lataste", "Lebrun", "Leclercq", "Lefort", "Legrand", "Lemaître", "Lemoine", "Lepage", "Lescure",
    "Lestrade", "Lhomme", "Loiseau", "Louvet", "Maillard", "Mallet", "Manceau", "Marchand", "Marquet",
    "Marty", "Massé", "Maurin", "Mazet", "Mercier", "Meunier", "Michaud", "Millet", "Monnier", "Moreau",
    "Morel", "Mouton", "Ménard", "Navarre", "Nogaro", "Noël", "Olivier", "Pages", "Parent", "Pasquier",
    "Pelletier", "Perrin", "Petitjean", "Peyron", "Picard", "Pichon", "Pineau", "Poirier", "Pons",
    "Prévost", "Pujol", "Quentin", "Rambaud", "Raynal", "Renaud", "Richard", "Rivière", "Robin", "Rolland",
    "Roussel", "Rousset", "Régnier", "Sabatier", "Salles", "Saunier", "Sicard", "Soulier", "Tardieu",
    "Tessier", "Thibault", "Tournier", "Vacher", "Valette", "Vasseur", "Verdier", "Verger", "Vidal",
    "Villeneuve", "Weber", "Étchegaray",
)  # fmt: skip
COMPOUND = ("De La Tour", "Le Goff", "Saint-Martin", "D'Arras", "Ben Salah", "Da Silva", "Dupont-Lacaze")
WOMEN = (
    "Adèle", "Agnès", "Alice", "Anne", "Béatrice", "Brigitte", "Camille", "Catherine", "Chantal",
    "Christine", "Claire", "Colette", "Danielle", "Denise", "Élise", "Émilie", "Françoise", "Geneviève",
    "Hélène", "Isabelle", "Jacqueline", "Jeanne", "Josette", "Laurence", "Lucie", "Madeleine", "Marie",
    "Martine", "Michèle", "Monique", "Nathalie", "Nicole", "Odette", "Pauline", "Renée", "Sophie",
    "Suzanne", "Sylvie", "Thérèse", "Yvonne",
)  # fmt: skip
MEN = (
    "Alain", "André", "Antoine", "Bernard", "Bruno", "Charles", "Christian", "Claude", "Daniel", "Denis",
    "Didier", "Émile", "Éric", "Étienne", "Francis", "François", "Gérard", "Gilles", "Guy", "Henri",
    "Hervé", "Jacques", "Jean", "Joseph", "Julien", "Laurent", "Louis", "Lucien", "Marcel", "Maurice",
    "Michel", "Nicolas", "Patrick", "Paul", "Philippe", "Pierre", "Raymond", "René", "Roger", "Serge",
)  # fmt: skip
# Insee code of the commune and one of its postal codes (Code officiel géographique 2026).
HOMES = (
    ("33063", "33000"), ("33522", "33400"), ("33281", "33700"), ("33039", "33130"), ("33249", "33310"),
    ("33009", "33120"), ("24322", "24000"), ("24037", "24100"), ("40192", "40000"), ("40088", "40100"),
    ("47001", "47000"), ("64445", "64000"), ("64102", "64100"), ("17300", "17000"), ("87085", "87000"),
)  # fmt: skip
BIRTHPLACES = (*(code for code, _ in HOMES), "16015", "19031", "35238", "31555", "69123")
ABROAD = ("99352", "99139", "99134", "99127")


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person; `nir` is the 15-character number with its key."""

    sexe: str
    birth: date
    birth_name: str
    used_name: str
    given: str
    birthplace: str
    home: tuple[str, str]
    nir: str


def nir_key(number: str) -> str:
    """Two-digit key of a 13-character NIR: 97 - (number mod 97), 2A read as 19 and 2B as 18 (Insee)."""
    digits = number.replace("2A", "19").replace("2B", "18")
    return f"{97 - int(digits) % 97:02d}"


def nir(sexe: str, birth: date, birthplace: str, serial: int) -> str:
    """A NIR with a valid key; `serial` is the order number, 900 to 999 for invented people."""
    number = f"{sexe}{birth:%y%m}{birthplace}{serial:03d}"
    return number + nir_key(number)


def finess(department: str, serial: int) -> str:
    """An invented FINESS number: department, 99, four digits, Luhn key over 9 characters."""
    body = f"{department}99{serial:04d}"
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in body[::-2])
    plain = sum(int(digit) for digit in body[-2::-2])
    return body + str(-(doubled + plain) % 10)


class Crowd:
    """Draws people, never twice the same identity or the same number."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._identities: set[tuple[str, str, date]] = set()
        self._numbers: set[str] = set()

    def draw(self, sexe: str, birth: date) -> Person:
        """A person of that sex, born that day or, when the identity is taken, shortly before."""
        rng = self._rng
        birth_name = rng.choice(COMPOUND) if rng.random() < 0.08 else rng.choice(SURNAMES)
        given = rng.choice(WOMEN if sexe == "2" else MEN)
        if rng.random() < 0.3:
            given += " " + rng.choice(WOMEN if sexe == "2" else MEN)
        while (birth_name, given.split()[0], birth) in self._identities:
            birth -= timedelta(days=1)
        self._identities.add((birth_name, given.split()[0], birth))
        married = sexe == "2" and rng.random() < 0.55
        used = rng.choice(SURNAMES) if married else birth_name
        birthplace = rng.choice(ABROAD) if rng.random() < 0.06 else rng.choice(BIRTHPLACES)
        number = self._number(sexe, birth, birthplace)
        return Person(sexe, birth, birth_name, used, given, birthplace, rng.choice(HOMES), number)

    def twin(self, person: Person) -> Person:
        """Same day, place, sex and birth name; another given name and another number."""
        names = WOMEN if person.sexe == "2" else MEN
        first = person.given.split()[0]
        given = self._rng.choice([name for name in names if name != first])
        number = self._number(person.sexe, person.birth, person.birthplace)
        return replace(person, given=given, nir=number, used_name=person.birth_name)

    def namesake(self, person: Person) -> Person:
        """Same names and sex; born years apart, elsewhere."""
        birth = person.birth - timedelta(days=self._rng.randrange(900, 3000))
        birthplace = self._rng.choice([place for place in BIRTHPLACES if place != person.birthplace])
        number = self._number(person.sexe, birth, birthplace)
        home = self._rng.choice([home for home in HOMES if home != person.home])
        return replace(person, birth=birth, birthplace=birthplace, nir=number, home=home)

    def _number(self, sexe: str, birth: date, birthplace: str) -> str:
        serial = self._rng.randrange(900, 1000)
        number = nir(sexe, birth, birthplace, serial)
        while number in self._numbers:
            serial = 900 + (serial - 899) % 100
            number = nir(sexe, birth, birthplace, serial)
        self._numbers.add(number)
        return number


def misspelt(rng: random.Random, name: str) -> str:
    """`name` with one typing error after its first letter: one lost, doubled or exchanged with the next."""
    at = rng.randrange(1, len(name) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[: at + 1] + name[at] + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
