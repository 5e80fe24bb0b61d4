"""Short names of ICD-O topography categories, as a report writes them."""

from __future__ import annotations

from typing import Final

from validation_rules.text import Text

SITES: Final[dict[str, Text]] = {
    code: Text(fr, en)
    for code, fr, en in (
        ("C00", "Lèvre", "Lip"),
        ("C01", "Base de langue", "Base of tongue"),
        ("C02", "Langue", "Tongue"),
        ("C03", "Gencive", "Gum"),
        ("C04", "Plancher de la bouche", "Floor of mouth"),
        ("C05", "Palais", "Palate"),
        ("C06", "Bouche", "Mouth"),
        ("C07", "Parotide", "Parotid gland"),
        ("C08", "Glandes salivaires", "Salivary glands"),
        ("C09", "Amygdale", "Tonsil"),
        ("C10", "Oropharynx", "Oropharynx"),
        ("C11", "Nasopharynx", "Nasopharynx"),
        ("C12", "Sinus piriforme", "Pyriform sinus"),
        ("C13", "Hypopharynx", "Hypopharynx"),
        ("C14", "Pharynx", "Pharynx"),
        ("C15", "Œsophage", "Oesophagus"),
        ("C16", "Estomac", "Stomach"),
        ("C17", "Intestin grêle", "Small intestine"),
        ("C18", "Côlon", "Colon"),
        ("C19", "Jonction recto-sigmoïdienne", "Rectosigmoid junction"),
        ("C20", "Rectum", "Rectum"),
        ("C21", "Anus", "Anus"),
        ("C22", "Foie", "Liver"),
        ("C23", "Vésicule biliaire", "Gallbladder"),
        ("C24", "Voies biliaires", "Biliary tract"),
        ("C25", "Pancréas", "Pancreas"),
        ("C26", "Appareil digestif, mal défini", "Digestive organs, ill-defined"),
        ("C30", "Fosses nasales", "Nasal cavity"),
        ("C31", "Sinus de la face", "Sinuses"),
        ("C32", "Larynx", "Larynx"),
        ("C33", "Trachée", "Trachea"),
        ("C34", "Poumon", "Lung"),
        ("C37", "Thymus", "Thymus"),
        ("C38", "Cœur, médiastin, plèvre", "Heart, mediastinum, pleura"),
        ("C39", "Appareil respiratoire, mal défini", "Respiratory organs, ill-defined"),
        ("C40", "Os des membres", "Bones of limbs"),
        ("C41", "Autres os", "Other bones"),
        ("C42", "Moelle, sang, rate", "Marrow, blood, spleen"),
        ("C44", "Peau", "Skin"),
        ("C47", "Nerfs périphériques", "Peripheral nerves"),
        ("C48", "Péritoine", "Peritoneum"),
        ("C49", "Tissus mous", "Soft tissues"),
        ("C50", "Sein", "Breast"),
        ("C51", "Vulve", "Vulva"),
        ("C52", "Vagin", "Vagina"),
        ("C53", "Col de l’utérus", "Cervix uteri"),
        ("C54", "Corps de l’utérus", "Corpus uteri"),
        ("C55", "Utérus", "Uterus"),
        ("C56", "Ovaire", "Ovary"),
        ("C57", "Trompe, annexes", "Tube, adnexa"),
        ("C58", "Placenta", "Placenta"),
        ("C60", "Pénis", "Penis"),
        ("C61", "Prostate", "Prostate"),
        ("C62", "Testicule", "Testis"),
        ("C63", "Autres organes masculins", "Other male organs"),
        ("C64", "Rein", "Kidney"),
        ("C65", "Bassinet", "Renal pelvis"),
        ("C66", "Uretère", "Ureter"),
        ("C67", "Vessie", "Bladder"),
        ("C68", "Autres organes urinaires", "Other urinary organs"),
        ("C69", "Œil", "Eye"),
        ("C70", "Méninges", "Meninges"),
        ("C71", "Encéphale", "Brain"),
        ("C72", "Moelle épinière, nerfs", "Spinal cord, nerves"),
        ("C73", "Thyroïde", "Thyroid"),
        ("C74", "Surrénale", "Adrenal gland"),
        ("C75", "Autres glandes", "Other glands"),
        ("C76", "Site mal défini", "Ill-defined site"),
        ("C77", "Ganglions", "Lymph nodes"),
        ("C80", "Site primitif inconnu", "Unknown primary site"),
    )
}


def site_label(code: str) -> Text:
    """`C50` as « C50 Sein »; a code without a name stays as it is."""
    name = SITES.get(code)
    return Text(f"{code} {name.fr}", f"{code} {name.en}") if name else Text(code, code)
