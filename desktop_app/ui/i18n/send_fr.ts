<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_GB">
<context>
    <name>DispatchBar</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Envoi</translation>
    </message>
    <message>
        <source>Stop for now; what was sent stays sent, and sending goes on from there</source>
        <translation>Arrêter pour l’instant&#xa0;; ce qui est parti reste parti, et l’envoi reprendra de là</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
    <message>
        <source>about {n} s left</source>
        <translation>encore {n} s environ</translation>
    </message>
    <message>
        <source>about {n} min left</source>
        <translation>encore {n} min environ</translation>
    </message>
</context>
<context>
    <name>FeedbackPage</name>
    <message>
        <source>No feedback yet</source>
        <translation>Pas encore de retour</translation>
    </message>
    <message>
        <source>What the registry says of a batch appears here: known persons, matches to review.</source>
        <translation>Ce que le registre répond à un lot apparaît ici&#xa0;: personnes connues, rapprochements à examiner.</translation>
    </message>
    <message>
        <source>Look for feedback</source>
        <translation>Chercher les retours</translation>
    </message>
    <message>
        <source>Your rows</source>
        <translation>Vos lignes</translation>
    </message>
    <message>
        <source>See these rows in the grid</source>
        <translation>Voir ces lignes dans la grille</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>Retours</translation>
    </message>
    <message>
        <source>What the registry found by linking your batch with the other sources, on your own rows.</source>
        <translation>Ce que le registre a trouvé en rapprochant votre lot des autres sources, sur vos propres lignes.</translation>
    </message>
    <message>
        <source>Ask the registry now (F5)</source>
        <translation>Interroger le registre maintenant (F5)</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Lot</translation>
    </message>
    <message>
        <source>Only these rows, on the page Fix (Enter on a row: that row)</source>
        <translation>Ces lignes seules, à la page Corriger (Entrée sur une ligne&#xa0;: cette ligne)</translation>
    </message>
    <message>
        <source>This site is not enrolled with a registry yet: see the settings.</source>
        <translation>Ce site n’est pas encore enrôlé auprès d’un registre&#xa0;: voyez les réglages.</translation>
    </message>
    <message>
        <source>Looking for feedback</source>
        <translation>Recherche des retours</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new answer(s) from the registry.</source>
        <translation>
            <numerusform>%Ln nouveau retour du registre.</numerusform>
            <numerusform>%Ln nouveaux retours du registre.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing new from the registry.</source>
        <translation>Rien de nouveau du registre.</translation>
    </message>
</context>
<context>
    <name>LetterView</name>
    <message>
        <source>Columns that leave</source>
        <translation>Colonnes qui partent</translation>
    </message>
    <message>
        <source>Example rows for the linkage unit</source>
        <translation>Lignes d’exemple pour l’unité d’appariement</translation>
    </message>
    <message>
        <source>Example rows for the registry</source>
        <translation>Lignes d’exemple pour le registre</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>{number}, received on {when}; the registry’s signature is verified</source>
        <translation>{number}, du {when}&#xa0;; la signature du registre est vérifiée</translation>
    </message>
    <message>
        <source>{size} in two sealed parts: one for the linkage unit, one for the registry</source>
        <translation>{size} en deux parties scellées&#xa0;: l’une pour l’unité d’appariement, l’autre pour le registre</translation>
    </message>
    <message>
        <source>This is all that left this computer, as the registry’s receipt says it.</source>
        <translation>Voici tout ce qui a quitté cet ordinateur, d’après le reçu du registre.</translation>
    </message>
    <message>
        <source>Exactly these columns left, in this form</source>
        <translation>Exactement ces colonnes sont parties, sous cette forme</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Lot</translation>
    </message>
    <message>
        <source>Seal (SHA-256)</source>
        <translation>Sceau (SHA-256)</translation>
    </message>
    <message>
        <source>Please read before sending: this is all that leaves this computer.</source>
        <translation>À lire avant l’envoi&#xa0;: voici tout ce qui quittera cet ordinateur.</translation>
    </message>
    <message>
        <source>{key}, check value {value} verified, valid until {day}</source>
        <translation>{key}, valeur de contrôle {value} vérifiée, valable jusqu’au {day}</translation>
    </message>
    <message>
        <source>To</source>
        <translation>À</translation>
    </message>
    <message>
        <source>the registry, at {place}</source>
        <translation>le registre, à l’adresse {place}</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>Incidence</source>
        <translation>Incidence</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} à {last}</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Forme</translation>
    </message>
    <message>
        <source>Never leaves</source>
        <translation>Ne part jamais</translation>
    </message>
    <message>
        <source>Linkage key</source>
        <translation>Clé d’appariement</translation>
    </message>
    <message>
        <source>Confirmed findings</source>
        <translation>Constats confirmés</translation>
    </message>
    <message>
        <source>two sealed parts: one for the linkage unit, one for the registry; neither can open the other’s. No name, no number and no full date of birth leaves.</source>
        <translation>deux parties scellées&#xa0;: l’une pour l’unité d’appariement, l’autre pour le registre&#xa0;; aucun des deux ne peut ouvrir celle de l’autre. Aucun nom, aucun numéro, aucune date de naissance complète ne part.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>Exactly these columns leave, in this form</source>
        <translation>Exactement ces colonnes partent, sous cette forme</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln enregistrement</numerusform>
            <numerusform>%Ln enregistrements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln personne</numerusform>
            <numerusform>%Ln personnes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln go with the batch:</source>
        <translation>
            <numerusform>%Ln accompagne le lot&#xa0;:</numerusform>
            <numerusform>%Ln accompagnent le lot&#xa0;:</numerusform>
        </translation>
    </message>
    <message>
        <source>Three rows as they will leave: to the linkage unit</source>
        <translation>Trois lignes telles qu’elles partiront&#xa0;: vers l’unité d’appariement</translation>
    </message>
    <message>
        <source>The same three rows: to the registry</source>
        <translation>Les mêmes trois lignes&#xa0;: vers le registre</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Destinataire</translation>
    </message>
    <message>
        <source>In what form</source>
        <translation>Sous quelle forme</translation>
    </message>
    <message>
        <source>both recipients</source>
        <translation>les deux destinataires</translation>
    </message>
</context>
<context>
    <name>OutcomeList</name>
    <message>
        <source>What the registry answered</source>
        <translation>Ce que le registre a répondu</translation>
    </message>
    <message>
        <source>Choose a line to see your rows.</source>
        <translation>Choisissez une réponse pour voir vos lignes.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) to review</source>
        <translation>
            <numerusform>%Ln ligne à examiner</numerusform>
            <numerusform>%Ln lignes à examiner</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to review</source>
        <translation>Rien à examiner</translation>
    </message>
</context>
<context>
    <name>OutcomesModel</name>
    <message>
        <source>to review</source>
        <translation>à examiner</translation>
    </message>
    <message>
        <source>nothing to do</source>
        <translation>rien à faire</translation>
    </message>
</context>
<context>
    <name>QualityPage</name>
    <message>
        <source>No figures yet</source>
        <translation>Pas encore de chiffres</translation>
    </message>
    <message>
        <source>The figures of a batch appear here once its file has been loaded and checked.</source>
        <translation>Les chiffres d’un lot apparaissent ici dès que son fichier est chargé et vérifié.</translation>
    </message>
    <message>
        <source>Export as HTML…</source>
        <translation>Exporter en HTML…</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualité</translation>
    </message>
    <message>
        <source>The quality of the batch in figures and charts, beside the national median.</source>
        <translation>La qualité du lot en chiffres et en graphiques, à côté de la médiane nationale.</translation>
    </message>
    <message>
        <source>Counting the indicators</source>
        <translation>Calcul des indicateurs</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Écriture du rapport</translation>
    </message>
    <message>
        <source>Figures and charts</source>
        <translation>Chiffres et graphiques</translation>
    </message>
    <message>
        <source>One page that opens anywhere and prints; it holds counts only (Ctrl+E)</source>
        <translation>Une page qui s’ouvre partout et s’imprime&#xa0;; elle ne contient que des nombres (Ctrl+E)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln enregistrement</numerusform>
            <numerusform>%Ln enregistrements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln personne</numerusform>
            <numerusform>%Ln personnes</numerusform>
        </translation>
    </message>
    <message>
        <source>years of incidence {first} to {last}</source>
        <translation>années d’incidence {first} à {last}</translation>
    </message>
    <message>
        <source>quality-report</source>
        <translation>rapport-qualite</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>Exporter le rapport</translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation>Pages web (*.html)</translation>
    </message>
    <message>
        <source>The report is written: {name}</source>
        <translation>Le rapport est enregistré&#xa0;: {name}</translation>
    </message>
</context>
<context>
    <name>SendPage</name>
    <message>
        <source>Nothing to send yet</source>
        <translation>Rien à envoyer pour l’instant</translation>
    </message>
    <message>
        <source>Load, map and check a file: the batch leaves from here.</source>
        <translation>Chargez, associez et vérifiez un fichier&#xa0;: le lot part d’ici.</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>What leaves, for whom and in what form, before it leaves; then the registry’s receipt.</source>
        <translation>Ce qui part, pour qui et sous quelle forme, avant que cela parte&#xa0;; puis le reçu du registre.</translation>
    </message>
    <message>
        <source>The letter</source>
        <translation>La lettre</translation>
    </message>
    <message numerus="yes">
        <source>Sending is closed: %Ln finding(s) still to be corrected or confirmed.</source>
        <translation>
            <numerusform>L’envoi est fermé&#xa0;:&#xa0;%Ln constat est encore à corriger ou à confirmer.</numerusform>
            <numerusform>L’envoi est fermé&#xa0;:&#xa0;%Ln constats sont encore à corriger ou à confirmer.</numerusform>
        </translation>
    </message>
    <message>
        <source>Errors are corrected; the others are corrected, or confirmed with a reason.</source>
        <translation>Les erreurs se corrigent&#xa0;; les autres se corrigent, ou se confirment avec un motif.</translation>
    </message>
    <message>
        <source>Go and fix them</source>
        <translation>Aller les corriger</translation>
    </message>
    <message>
        <source>This site is not enrolled with a registry yet.</source>
        <translation>Ce site n’est pas encore enrôlé auprès d’un registre.</translation>
    </message>
    <message>
        <source>Import the enrolment file that the registry gave you; nothing can leave before.</source>
        <translation>Importez le fichier d’enrôlement remis par le registre&#xa0;; rien ne peut partir avant.</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>Ouvrir les réglages</translation>
    </message>
    <message>
        <source>The letter is being written…</source>
        <translation>La lettre se prépare…</translation>
    </message>
    <message>
        <source>Ready to leave.</source>
        <translation>Prêt à partir.</translation>
    </message>
    <message>
        <source>It is sealed on this computer; only the two recipients can open it.</source>
        <translation>Le lot est scellé sur cet ordinateur&#xa0;; seuls ses deux destinataires peuvent l’ouvrir.</translation>
    </message>
    <message>
        <source>The registry refused the last sending: {why}</source>
        <translation>Le registre a refusé le dernier envoi&#xa0;: {why}</translation>
    </message>
    <message>
        <source>Once put right, it leaves as a new sending.</source>
        <translation>Une fois corrigé, il repart comme un nouvel envoi.</translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln record(s)</source>
        <translation>
            <numerusform>Envoyer&#xa0;%Ln enregistrement</numerusform>
            <numerusform>Envoyer&#xa0;%Ln enregistrements</numerusform>
        </translation>
    </message>
    <message>
        <source>The batch is kept sealed on this computer; go on whenever you like.</source>
        <translation>Le lot est conservé scellé sur cet ordinateur&#xa0;; reprenez quand vous voulez.</translation>
    </message>
    <message numerus="yes">
        <source>The registry does not answer. Next try in %Ln second(s).</source>
        <translation>
            <numerusform>Le registre ne répond pas. Prochain essai dans&#xa0;%Ln seconde.</numerusform>
            <numerusform>Le registre ne répond pas. Prochain essai dans&#xa0;%Ln secondes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Sealed, waiting to go.</source>
        <translation>Scellé, en attente de départ.</translation>
    </message>
    <message>
        <source>Stopped: {why}</source>
        <translation>Arrêté&#xa0;: {why}</translation>
    </message>
    <message>
        <source>Put it right, then go on: what was sent stays sent.</source>
        <translation>Réglez cela, puis reprenez&#xa0;: ce qui est parti reste parti.</translation>
    </message>
    <message>
        <source>Paused at {done} of {total}.</source>
        <translation>En pause à {done} sur {total}.</translation>
    </message>
    <message>
        <source>Go on sending</source>
        <translation>Reprendre l’envoi</translation>
    </message>
    <message>
        <source>The registry has answered: its feedback waits to be read.</source>
        <translation>Le registre a répondu&#xa0;: ses retours vous attendent.</translation>
    </message>
    <message>
        <source>Nothing more to do: the registry links the batch, then its feedback comes.</source>
        <translation>Plus rien à faire ici&#xa0;: le registre apparie le lot, puis ses retours arrivent.</translation>
    </message>
    <message>
        <source>The receipt does not verify: the batch does not count as sent.</source>
        <translation>Le reçu ne se vérifie pas&#xa0;: le lot n’est pas considéré comme envoyé.</translation>
    </message>
    <message>
        <source>Sent. Receipt {number}, verified.</source>
        <translation>Envoyé. Reçu {number}, vérifié.</translation>
    </message>
    <message>
        <source>See the feedback</source>
        <translation>Voir les retours</translation>
    </message>
    <message>
        <source>Save the receipt…</source>
        <translation>Enregistrer le reçu…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Preparing the batch</source>
        <translation>Préparation du lot</translation>
    </message>
    <message>
        <source>The batch is sealed and kept: it leaves by itself once it can.</source>
        <translation>Le lot est scellé et conservé&#xa0;: il partira de lui-même dès que possible.</translation>
    </message>
    <message>
        <source>receipt</source>
        <translation>recu</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>Enregistrer le reçu</translation>
    </message>
    <message>
        <source>Signed receipts (*.jws)</source>
        <translation>Reçus signés (*.jws)</translation>
    </message>
    <message>
        <source>The receipt is written: {name}</source>
        <translation>Le reçu est enregistré&#xa0;: {name}</translation>
    </message>
</context>
</TS>
