"""Headers that sites may give to the columns of rnc-tumeurs, for measuring the draft: written without the
contract's synonyms at hand. `HELD_OUT` was never used to choose a synonym.

One line a set, in the order of the contract's fields.
"""

from __future__ import annotations

from collections.abc import Mapping

FIELDS = (
    "numero_patient",
    "numero_tumeur",
    "matricule_ins",
    "oid_ins",
    "statut_identite",
    "nom_naissance",
    "nom_utilise",
    "prenoms",
    "sexe",
    "date_naissance",
    "commune_naissance",
    "commune_residence",
    "code_postal",
    "date_incidence",
    "age_incidence",
    "topographie",
    "morphologie",
    "comportement",
    "edition_cimo",
    "base_diagnostic",
    "lateralite",
    "grade",
    "autopsie",
    "statut_vital",
    "date_dernieres_nouvelles",
    "cause_deces",
    "edition_tnm",
    "ct",
    "cn",
    "cm",
    "pt",
    "pn",
    "pm",
    "systeme_stade",
    "stade",
    "chirurgie",
    "radiotherapie",
    "chimiotherapie",
    "therapie_ciblee",
    "immunotherapie",
    "hormonotherapie",
    "autre_traitement",
    "greffe_csh",
    "finess_diagnostic",
    "finess_traitement",
    "sources",
    "date_enregistrement",
    "code_adicap",
)


def _set(line: str) -> Mapping[str, str]:
    headers = [header.strip() for header in line.strip().split("|")]
    return dict(zip(FIELDS, headers, strict=True))


TUNING: Mapping[str, Mapping[str, str]] = {
    "français, en toutes lettres": _set(
        "Numéro du patient|Numéro de la tumeur|Numéro INS du patient|Identifiant OID de l'INS|"
        "Statut de l'identité INS|Nom de naissance du patient|Nom d'usage du patient|"
        "Prénoms du patient|Sexe du patient|Date de naissance du patient|"
        "Commune de naissance (code Insee)|Commune de résidence au diagnostic|"
        "Code postal de résidence|Date de diagnostic de la tumeur|Âge du patient au diagnostic|"
        "Code topographique CIM-O-3|Code morphologique CIM-O-3|Code de comportement|"
        "Édition de la CIM-O utilisée|Base la plus valide du diagnostic|Latéralité de la tumeur|"
        "Grade histopronostique|Diagnostic fait à l'autopsie|Statut vital aux dernières nouvelles|"
        "Date des dernières nouvelles du patient|Cause principale du décès|"
        "Édition de la classification TNM|T clinique (cTNM)|N clinique (cTNM)|M clinique (cTNM)|"
        "T pathologique (pTNM)|N pathologique (pTNM)|M pathologique (pTNM)|Système de stadification|"
        "Stade de la tumeur|Traitement par chirurgie|Traitement par radiothérapie|"
        "Traitement par chimiothérapie|Traitement par thérapie ciblée|Traitement par immunothérapie|"
        "Traitement par hormonothérapie|Autre traitement reçu|Greffe de cellules souches (CSH)|"
        "Établissement ayant fait le diagnostic (FINESS)|"
        "Établissement du premier traitement (FINESS)|Sources d'information du cas|"
        "Date d'enregistrement dans la base|Code ADICAP de la lésion"
    ),
    "français, base de données": _set(
        "PAT_NUM|TUM_NUM|PAT_INS|PAT_INS_OID|PAT_ID_STATUT|PAT_NOM_NAISS|PAT_NOM_USAGE|PAT_PRENOM|"
        "PAT_SEXE|PAT_DATE_NAISS|PAT_COM_NAISS|PAT_COM_RESID|PAT_CP|TUM_DATE_INC|TUM_AGE|TUM_TOPO|"
        "TUM_MORPHO|TUM_COMPORT|TUM_CIMO_VERSION|TUM_BASE_DIAG|TUM_LATERALITE|TUM_GRADE|TUM_AUTOPSIE|"
        "PAT_STATUT_VITAL|PAT_DATE_DN|PAT_CAUSE_DECES|TNM_EDITION|TNM_CT|TNM_CN|TNM_CM|TNM_PT|TNM_PN|"
        "TNM_PM|STADE_SYSTEME|STADE_VALEUR|TTT_CHIR|TTT_RADIO|TTT_CHIMIO|TTT_CIBLE|TTT_IMMUNO|"
        "TTT_HORMONO|TTT_AUTRE|TTT_GREFFE|FINESS_DG|FINESS_TT|TUM_SOURCES|DATE_CREATION|TUM_ADICAP"
    ),
    "anglais": _set(
        "Patient number|Tumour number|INS identifier|INS identifier OID|Identity trust status|"
        "Name at birth|Name used|First given names|Gender|Date of birth|Municipality of birth|"
        "Municipality of residence|Postal code of residence|Date of incidence|Age at diagnosis|"
        "Topography ICD-O-3|Morphology ICD-O-3|Behaviour ICD-O-3|ICD-O version used|"
        "Most valid basis of diagnosis|Laterality of tumour|Tumour grade|Diagnosed at autopsy|"
        "Vital status at last contact|Date last known alive or dead|Underlying cause|"
        "TNM edition used|Clinical T category|Clinical N category|Clinical M category|"
        "Pathological T category|Pathological N category|Pathological M category|Staging system used|"
        "Stage at diagnosis|Surgery done|Radiotherapy done|Chemotherapy done|Targeted therapy done|"
        "Immunotherapy done|Hormone therapy done|Other therapy done|Stem cell transplant done|"
        "Diagnosing hospital FINESS|Treating hospital FINESS|Notification sources|Date of entry|"
        "ADICAP lesion code"
    ),
}

HELD_OUT: Mapping[str, Mapping[str, str]] = {
    "français, logiciel de registre": _set(
        "Numéro patient|Numéro tumeur|Matricule INS (NIR)|OID du matricule|Statut INS|"
        "Nom patronymique|Nom marital|Prénom|Sexe (1/2)|Né(e) le|Insee naissance|Insee domicile|"
        "CP domicile|Date du diagnostic|Âge au diagnostic|Topographie (CIM-O3)|Morphologie (CIM-O3)|"
        "Comportement (CIM-O3)|Version CIMO|Mode de diagnostic|Côté|Différenciation|"
        "Découverte autopsique|État aux DN|Date des DN|Cause initiale du décès (CIM10)|Version TNM|"
        "cT (TNM)|cN (TNM)|cM (TNM)|pT (TNM)|pN (TNM)|pM (TNM)|Type de stade|Stade au diagnostic|"
        "Chirurgie (O/N)|Radiothérapie (O/N)|Chimiothérapie (O/N)|Thérapie ciblée (O/N)|"
        "Immunothérapie (O/N)|Hormonothérapie (O/N)|Autre traitement (O/N)|Greffe de moelle|"
        "FINESS du diagnostic|FINESS du traitement|Sources du dossier|Date de saisie du cas|"
        "Code lésion ADICAP"
    ),
    "français, abrégé": _set(
        "NumPat|NumTum|INS|OID|StatIdent|NomNaiss|NomUsage|Prenoms|Sexe|DateNaiss|CommNaiss|"
        "CommResid|CodPost|DateInc|AgeInc|Topo|Morpho|Comport|EdCIMO|BaseDiag|Lateral|Grade|Autopsie|"
        "StatVital|DateDN|CauseDeces|EdTNM|cT|cN|cM|pT|pN|pM|SystStade|Stade|Chir|Radio|Chimio|"
        "ThCiblee|Immuno|Hormono|AutreTtt|Greffe|FinessDiag|FinessTtt|Sources|DateEnreg|Adicap"
    ),
    "anglais, logiciel de registre": _set(
        "PatientID|TumourID|NationalID|ID authority|ID status|Surname at birth|Current surname|"
        "Forenames|Sex|DOB|Place of birth (code)|Residence (code)|Zip|Incidence date|Age|"
        "Primary site|Histology|Behavior|ICD-O edition|Basis of dx|Side|Grading|Autopsy|Vital status|"
        "Last follow-up date|Cause of death (ICD-10)|TNM edition|cT|cN|cM|pT|pN|pM|Stage type|Stage|"
        "Surgery|Radiation|Chemo|Targeted tx|Immuno tx|Hormone tx|Other tx|Transplant|Dx hospital|"
        "Tx hospital|Sources|Entry date|Pathology code"
    ),
    "anglais, base de données": _set(
        "patient_no|tumour_no|ins_number|ins_oid|identity_status|birth_surname|used_surname|"
        "given_names|sex_code|birth_date|birth_commune|residence_commune|postcode|incidence_date|"
        "age_at_incidence|topography_code|morphology_code|behaviour_code|icdo_edition|"
        "basis_of_diagnosis|laterality_code|grade_code|autopsy_flag|vital_status|last_contact_date|"
        "death_cause|tnm_edition|clin_t|clin_n|clin_m|path_t|path_n|path_m|stage_system|"
        "summary_stage|surgery_flag|radiotherapy_flag|chemotherapy_flag|targeted_flag|"
        "immunotherapy_flag|hormone_flag|other_treatment_flag|sct_flag|finess_dx|finess_tx|"
        "source_codes|registration_date|adicap_code"
    ),
}

# Languages that the contract has no words for: nothing is promised but that no guess is wrong and sure.
FOREIGN: Mapping[str, Mapping[str, str]] = {
    "espagnol": _set(
        "Número de paciente|Número de tumor|Documento nacional|OID documento|Estado identidad|"
        "Apellido de nacimiento|Apellido usado|Nombre|Sexo|Fecha de nacimiento|Lugar de nacimiento|"
        "Municipio|Código postal|Fecha de incidencia|Edad|Topografía|Morfología|Comportamiento|"
        "Edición CIE-O|Base del diagnóstico|Lateralidad|Grado|Autopsia|Estado vital|"
        "Fecha último contacto|Causa de muerte|Edición TNM|T clínico|N clínico|M clínico|"
        "T patológico|N patológico|M patológico|Sistema de estadio|Estadio|Cirugía|Radioterapia|"
        "Quimioterapia|Terapia dirigida|Inmunoterapia|Hormonoterapia|Otro tratamiento|Trasplante|"
        "Hospital diagnóstico|Hospital tratamiento|Fuentes|Fecha de registro|Código ADICAP"
    ),
    "allemand": _set(
        "Patientennummer|Tumornummer|Versichertennummer|Nummern-OID|Identitätsstatus|Geburtsname|"
        "Familienname|Vornamen|Geschlecht|Geburtsdatum|Geburtsort|Wohnort|Postleitzahl|Diagnosedatum|"
        "Alter|Lokalisation|Histologie|Dignität|ICD-O-Auflage|Diagnosesicherung|Seite|Grading|"
        "Autopsie|Vitalstatus|Letzter Kontakt|Todesursache|TNM-Auflage|cT-Kategorie|cN-Kategorie|"
        "cM-Kategorie|pT-Kategorie|pN-Kategorie|pM-Kategorie|Stadiensystem|Stadium|Operation|"
        "Bestrahlung|Chemotherapie|Zielgerichtete Therapie|Immuntherapie|Hormontherapie|"
        "Andere Therapie|Transplantation|Diagnoseklinik|Therapieklinik|Quellen|Erfassungsdatum|"
        "ADICAP-Code"
    ),
}

# Columns that an export often holds beside those of the contract, and what their cells look like.
UNKNOWN: Mapping[str, tuple[str, ...]] = {
    "Médecin référent": ("Dr LEROY", "Dr MORIN", "Pr ANDRÉ"),
    "Nom du médecin": ("LEROY", "MORIN", "ANDRÉ", "PETIT", "SIMON"),
    "Date de la RCP": ("12/03/2021", "28/05/2022", "17/01/2020"),
    "Date de consultation": ("14/03/2021", "29/05/2022", "18/01/2020"),
    "Code postal du médecin": ("33000", "33200", "33700"),
    "Téléphone": ("0556000001", "0556000002", "0556000003"),
    "Taille (cm)": ("170", "165", "182"),
    "Poids": ("70", "65", "82,5"),
    "Score OMS": ("0", "1", "2", "9"),
    "Tabac": ("0", "1", "9"),
    "Service": ("ONCO", "CHIR", "PNEUMO"),
    "GHM": ("04M09", "06C04", "17M06"),
    "Diagnostic PMSI": ("C509", "C61", "C349"),
    "Nombre de ganglions": ("0", "3", "12"),
    "Taille tumeur (mm)": ("12", "25", "8"),
    "KI67": ("10", "25", "40"),
    "Récepteurs hormonaux": ("1", "0", "9"),
    "Code utilisateur": ("U12", "U07", "U31"),
    "Année": ("2020", "2021", "2022"),
    "Remarque": ("", "revoir dossier", "RAS"),
}

# Columns close in name to one of the contract but about something else, met without the true one beside them.
NEAR_MISSES: Mapping[str, tuple[str, ...]] = {
    "Date de la biopsie": ("12/03/2021", "28/05/2022", "17/01/2020"),
    "Date de chirurgie": ("12/03/2021", "28/05/2022", "17/01/2020"),
    "Date de début de radiothérapie": ("12/03/2021", "28/05/2022", "17/01/2020"),
    "Date d'entrée": ("12/03/2021", "28/05/2022", "17/01/2020"),
    "Date de la récidive": ("12/03/2021", "28/05/2022", "17/01/2020"),
    "Date de dernière consultation": ("12/03/2021", "28/05/2022", "17/01/2020"),
    "Date de naissance de l'enfant": ("12/03/2001", "28/05/2002", "17/01/2000"),
    "Date de naissance de la mère": ("12/03/1941", "28/05/1932", "17/01/1940"),
    "Nom usuel du médecin": ("LEROY", "MORIN", "ANDRE", "PETIT", "SIMON"),
    "Nom de l'établissement": ("CHU NORD", "CLINIQUE DU LAC", "CHU SUD"),
    "Nom de la mère": ("LEROY", "MORIN", "ANDRE", "PETIT", "SIMON"),
    "Prénom du père": ("PAUL", "JEAN", "LUC", "MARC"),
    "Sexe du conjoint": ("1", "2"),
    "Commune de travail": ("33063", "69123", "13055"),
    "Code postal du médecin traitant": ("33000", "33200", "33700"),
    "Code postal établissement": ("33000", "33200", "33700"),
    "Numéro de séjour": ("100001", "100002", "100003"),
    "Numéro de prélèvement": ("21H00012", "21H00013", "22H00012"),
    "Numéro de lit": ("12", "14", "112"),
    "Âge à la ménopause": ("51", "49", "53"),
    "Âge gestationnel": ("38", "40", "39"),
    "Grade de Gleason": ("3", "4", "5"),
    "Stade FIGO": ("1", "2", "3", "4"),
    "Stade à la récidive": ("1", "2", "3", "4"),
    "pT récidive": ("T1", "T2", "T3"),
    "Topographie de la métastase": ("C220", "C340", "C710"),
    "Libellé topographie": ("Sein", "Prostate", "Poumon"),
    "Libellé morphologie": ("Adénocarcinome", "Carcinome canalaire"),
    "Base de données": ("1", "2", "3"),
    "Version du logiciel": ("3.1", "3.2", "3.2"),
    "Statut OMS": ("0", "1", "2", "9"),
    "Statut tabagique": ("0", "1", "9"),
    "Statut marital": ("1", "2", "3", "9"),
    "Source de financement": ("1", "2", "9"),
    "Radiothérapie antérieure": ("0", "1", "9"),
    "Refus de chirurgie": ("0", "1", "9"),
    "Chimiothérapie palliative": ("0", "1", "9"),
    "Greffe rénale": ("0", "1", "9"),
    "Antécédent d'autre cancer": ("0", "1", "9"),
    "FINESS du laboratoire": ("330781204", "750712184", "690781810"),
    "Cause de sortie": ("1", "2", "9"),
    "Mode de vie": ("1", "2", "9"),
    "CT scan": ("0", "1", "9"),
    "HT": ("0", "1", "9"),
    "DN": ("12/03/2021", "28/05/2022", "17/01/2020"),
}
