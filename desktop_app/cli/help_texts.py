"""What `--help` teaches: what a command does, when to use it, an example."""

from __future__ import annotations

from desktop_app.cli.speech import t

ENROL_HELP = t(
    """Enrôle ce poste auprès du registre, avec le fichier qu’il vous a remis.

    Les clés privées sont faites ici et n’en sortent pas. Interrompu, relancez avec le même fichier.

    Exemple : navette enrol 339921000.enrolment.json
    """,
    """Enrol this site with the registry, using the file it gave you.

    Private keys are made here and never leave. Interrupted? Run again with the same file.

    Example: navette enrol 339921000.enrolment.json
    """,
)
SUBMIT_HELP = t(
    """Vérifie un extrait, le pseudonymise, le scelle, l’envoie et attend le reçu vérifié.

    Refuse de sceller tant qu’il reste une erreur, ou un constat à confirmer sans confirmation (code 1).
    Réseau coupé : l’envoi reprend où il en était ; interrompu, « navette outbox --send » le termine.

    Exemple : navette submit extrait.csv --recipe recette.json --accept-confirmations confirmations.json
    """,
    """Check an extract, pseudonymise it, seal it, send it and wait for the verified receipt.

    Refuses to seal while an error is left, or a finding to confirm without a confirmation (exit code 1).
    Network cut: sending resumes where it was; interrupted, 'navette outbox --send' finishes it.

    Example: navette submit extract.csv --recipe recipe.json --accept-confirmations confirmations.json
    """,
)
OUTBOX_HELP = t(
    """Les lots en partance et ceux que le registre a reçus.

    « Envoyé » n’apparaît qu’après vérification du reçu signé. Exemple : navette outbox --send
    """,
    """The batches on their way out and those the registry has received.

    'Sent' appears only once the signed receipt has been verified. Example: navette outbox --send
    """,
)
FEEDBACK_HELP = t(
    """Ce que le registre dit de vos lignes : personnes connues, doublons, désaccords.

    Exemple : navette feedback --json
    """,
    """What the registry says of your rows: known people, duplicates, disagreements.

    Example: navette feedback --json
    """,
)
REPORT_HELP = t(
    """Le rapport de qualité d’un extrait ou d’un lot, en une page HTML, sans aucune identité.

    Exemple : navette report extrait.csv --recipe recette.json --output rapport.html
    """,
    """The quality report of an extract or a batch, as one HTML page, with no identity in it.

    Example: navette report extract.csv --recipe recipe.json --output report.html
    """,
)
KEYS_HELP = t(
    """Les clés de ce poste : certificat de signature, clés d’appariement et leur valeur de contrôle.

    Les clés sont essayées sur un cas connu. Exemple : navette keys
    """,
    """The keys of this site: signing certificate, linkage keys and their check value.

    The keys are tried on a known case. Example: navette keys
    """,
)
DEMO_HELP = t(
    """La démonstration : deux sites inventés, un registre sur 127.0.0.1, tout le parcours.

    Avec un écran, la fenêtre s’ouvre ; sinon une ligne par étape. Tout reste dans demo-output/.

    Exemples : navette demo ; navette demo --headless ; navette demo --samples extraits/
    """,
    """The demonstration: two invented sites, a registry on 127.0.0.1, the whole flow.

    With a display the window opens; otherwise one line a station. Everything stays in demo-output/.

    Examples: navette demo; navette demo --headless; navette demo --samples extracts/
    """,
)
SERVE_HELP = t(
    """Le point de réception du registre (pour qui l’exploite, et pour la démonstration).

    Exemples :

      navette serve --folder registre --init --port 8443

      navette serve --folder registre --enrol-site 339921000 "Registre X" -o site.enrolment.json
    """,
    """The registry endpoint (for its operator, and for the demonstration).

    Examples:

      navette serve --folder registry --init --port 8443

      navette serve --folder registry --enrol-site 339921000 "Registry X" -o site.enrolment.json
    """,
)
SELFTEST_HELP = t(
    "Vérifie que cette installation fait tout le parcours, sur des données inventées.",
    "Check that this installation can do the whole flow, on invented data.",
)
