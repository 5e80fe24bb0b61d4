<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_GB">
<context>
    <name>BlockActions</name>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Couper</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Coller</translation>
    </message>
    <message>
        <source>Fill down</source>
        <translation>Recopier vers le bas</translation>
    </message>
    <message>
        <source>Fill to the right</source>
        <translation>Recopier vers la droite</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Working out the block</source>
        <translation>Préparation du bloc</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) fell outside the grid and were not pasted.</source>
        <translation>
            <numerusform>%Ln cellule tombait hors de la grille et n’a pas été collée.</numerusform>
            <numerusform>%Ln cellules tombaient hors de la grille et n’ont pas été collées.</numerusform>
        </translation>
    </message>
    <message>
        <source>Select one block of cells, then try again.</source>
        <translation>Sélectionnez un seul bloc de cellules, puis recommencez.</translation>
    </message>
    <message>
        <source>More than {limit} cells at once: select fewer.</source>
        <translation>Plus de {limit} cellules à la fois&#xa0;: sélectionnez-en moins.</translation>
    </message>
</context>
<context>
    <name>CarriedDialog</name>
    <message>
        <source>Corrections of earlier batches</source>
        <translation>Corrections des lots précédents</translation>
    </message>
    <message>
        <source>Take our value all the same</source>
        <translation>Garder quand même notre valeur</translation>
    </message>
    <message>
        <source>See these rows</source>
        <translation>Voir ces lignes</translation>
    </message>
    <message>
        <source>Put back everything that was carried over</source>
        <translation>Annuler toutes les reprises en une fois</translation>
    </message>
    <message>
        <source>Save the list…</source>
        <translation>Enregistrer la liste…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>Confirmed by</source>
        <translation>Confirmé par</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>Why it lapsed</source>
        <translation>Pourquoi elle est caduque</translation>
    </message>
    <message>
        <source>Withdrawn by</source>
        <translation>Retiré par</translation>
    </message>
    <message>
        <source>Carried over</source>
        <translation>Reprises</translation>
    </message>
    <message>
        <source>No correction of an earlier batch holds here.</source>
        <translation>Aucune correction d’un lot précédent ne s’applique ici.</translation>
    </message>
    <message>
        <source>The source says something else</source>
        <translation>La source dit autre chose</translation>
    </message>
    <message>
        <source>Nowhere does the source say something else than before.</source>
        <translation>La source ne dit nulle part autre chose qu’avant.</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>À revoir</translation>
    </message>
    <message>
        <source>No corrected record shares its number with another row.</source>
        <translation>Aucun enregistrement corrigé ne partage son numéro avec une autre ligne.</translation>
    </message>
    <message>
        <source>Corrected in the source</source>
        <translation>Corrigées à la source</translation>
    </message>
    <message>
        <source>No correction has reached the source yet.</source>
        <translation>Aucune correction n’est encore arrivée dans le système source.</translation>
    </message>
    <message>
        <source>Not found in this extract</source>
        <translation>Introuvables dans cet extrait</translation>
    </message>
    <message>
        <source>Every corrected record is in this extract.</source>
        <translation>Tous les enregistrements corrigés sont dans cet extrait.</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Confirmés</translation>
    </message>
    <message>
        <source>No confirmation of another batch answers a finding here.</source>
        <translation>Aucune confirmation d’un autre lot ne répond à un constat de celui-ci.</translation>
    </message>
    <message>
        <source>Lapsed confirmations</source>
        <translation>Confirmations caduques</translation>
    </message>
    <message>
        <source>No confirmation has lapsed: nothing that they rest on has changed.</source>
        <translation>Aucune confirmation n’est caduque&#xa0;: rien de ce qui les fonde n’a changé.</translation>
    </message>
    <message>
        <source>Withdrawn records</source>
        <translation>Enregistrements retirés</translation>
    </message>
    <message>
        <source>No record that was withdrawn before is in this extract.</source>
        <translation>Aucun enregistrement retiré auparavant n’est dans cet extrait.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln confirmation(s) still hold.</source>
        <translation>
            <numerusform>%Ln confirmation tient toujours.</numerusform>
            <numerusform>%Ln confirmations tiennent toujours.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln confirmation(s) lapsed, since a value or the rule has changed: please look again.</source>
        <translation>
            <numerusform>%Ln confirmation est caduque, car une valeur ou la règle a changé&#xa0;: à revoir.</numerusform>
            <numerusform>%Ln confirmations sont caduques, car une valeur ou la règle a changé&#xa0;: à revoir.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CausesModel</name>
    <message>
        <source>{severity}. {text}</source>
        <translation>{severity}. {text}</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Confirmé</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Corrigé</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>To confirm</source>
        <translation>À confirmer</translation>
    </message>
    <message>
        <source>For information</source>
        <translation>Pour information</translation>
    </message>
    <message>
        <source>{count} findings, one cause: {cause}</source>
        <translation>{count} constats, une cause&#xa0;: {cause}</translation>
    </message>
    <message>
        <source>{rule} ({count}, all settled)</source>
        <translation>{rule} ({count}, tous réglés)</translation>
    </message>
    <message>
        <source>{rule} ({count})</source>
        <translation>{rule} ({count})</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>vide</translation>
    </message>
    <message numerus="yes">
        <source>{value}  (%Ln row(s))</source>
        <translation>
            <numerusform>{value}  (%Ln ligne)</numerusform>
            <numerusform>{value}  (%Ln lignes)</numerusform>
        </translation>
    </message>
    <message>
        <source>row {row}   {value}</source>
        <translation>ligne {row}   {value}</translation>
    </message>
    <message>
        <source>row {row}</source>
        <translation>ligne {row}</translation>
    </message>
</context>
<context>
    <name>ChangesDialog</name>
    <message>
        <source>Changes, confirmations, history</source>
        <translation>Changements, confirmations, historique</translation>
    </message>
    <message>
        <source>&amp;Changes</source>
        <translation>&amp;Changements</translation>
    </message>
    <message>
        <source>C&amp;onfirmations</source>
        <translation>C&amp;onfirmations</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>&amp;Historique</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>C&amp;onfirmations (%Ln to look at again)</source>
        <translation>
            <numerusform>C&amp;onfirmations (%Ln à revoir)</numerusform>
            <numerusform>C&amp;onfirmations (%Ln à revoir)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangesList</name>
    <message>
        <source>Changes of one rule</source>
        <translation>Changements d’une règle</translation>
    </message>
    <message>
        <source>&amp;Rule</source>
        <translation>&amp;Règle</translation>
    </message>
    <message>
        <source>Nothing was changed yet: what you correct or withdraw is listed here.</source>
        <translation>Rien n’a encore été changé&#xa0;: ce que vous corrigez ou retirez est listé ici.</translation>
    </message>
    <message>
        <source>Changes of this batch, latest first</source>
        <translation>Changements de ce lot, le plus récent en premier</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>All rules</source>
        <translation>Toutes les règles</translation>
    </message>
    <message>
        <source>{shown} of {all}</source>
        <translation>{shown} sur {all}</translation>
    </message>
    <message numerus="yes">
        <source>Take back the %Ln selected</source>
        <translation>
            <numerusform>Annuler le changement choisi</numerusform>
            <numerusform>Annuler les %Ln changements choisis</numerusform>
        </translation>
    </message>
    <message>
        <source>Take back the selection</source>
        <translation>Annuler ce qui est choisi</translation>
    </message>
    <message numerus="yes">
        <source>Take back all %Ln shown</source>
        <translation>
            <numerusform>Annuler le changement affiché</numerusform>
            <numerusform>Annuler les %Ln changements affichés</numerusform>
        </translation>
    </message>
    <message>
        <source>The whole record</source>
        <translation>L’enregistrement entier</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>in the batch</source>
        <translation>dans le lot</translation>
    </message>
    <message>
        <source>withdrawn, same as row {row}</source>
        <translation>retiré, même que la ligne {row}</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>retiré</translation>
    </message>
</context>
<context>
    <name>ColumnsDialog</name>
    <message>
        <source>Columns of the grid</source>
        <translation>Colonnes de la grille</translation>
    </message>
    <message>
        <source>Search a field</source>
        <translation>Chercher un champ</translation>
    </message>
    <message>
        <source>Fields, in the order of the grid; Space shows or hides one</source>
        <translation>Champs, dans l’ordre de la grille&#xa0;; la barre d’espace en montre ou en cache un</translation>
    </message>
    <message>
        <source>Columns that stay in place</source>
        <translation>Colonnes qui restent en place</translation>
    </message>
    <message>
        <source>Fewer stay in place while they would take more than half of the grid.</source>
        <translation>Il en reste moins tant qu’elles prendraient plus de la moitié de la grille.</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>Only those with findings</source>
        <translation>Seulement celles qui ont des constats</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>Comme au départ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Records side by side</source>
        <translation>Enregistrements côte à côte</translation>
    </message>
    <message>
        <source>Only what &amp;differs</source>
        <translation>Seulement ce qui &amp;diffère</translation>
    </message>
    <message>
        <source>Put this &amp;value in the other records</source>
        <translation>Mettre cette &amp;valeur dans les autres enregistrements</translation>
    </message>
    <message>
        <source>Values of the records, field by field</source>
        <translation>Valeurs des enregistrements, champ par champ</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Enregistrements</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>This finding is settled.</source>
        <translation>Ce constat est réglé.</translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message>
        <source>What has changed since the earlier batch</source>
        <translation>Ce qui a changé depuis le lot précédent</translation>
    </message>
    <message>
        <source>Earlier batch</source>
        <translation>Lot précédent</translation>
    </message>
    <message>
        <source>Show where its file is…</source>
        <translation>Indiquer où est son fichier…</translation>
    </message>
    <message>
        <source>See these rows</source>
        <translation>Voir ces lignes</translation>
    </message>
    <message>
        <source>Save the comparison…</source>
        <translation>Enregistrer la comparaison…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modifiés</translation>
    </message>
    <message>
        <source>No record has another value than before.</source>
        <translation>Aucun enregistrement n’a changé de valeur.</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Ajoutés</translation>
    </message>
    <message>
        <source>No record is new.</source>
        <translation>Aucun enregistrement n’est nouveau.</translation>
    </message>
    <message>
        <source>Not in this batch</source>
        <translation>Absents de ce lot</translation>
    </message>
    <message>
        <source>Every record of then is here.</source>
        <translation>Tous les enregistrements d’alors sont ici.</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Comparer avec</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Comparaison en cours…</translation>
    </message>
    <message>
        <source>Fields that changed: {fields}</source>
        <translation>Champs modifiés&#xa0;: {fields}</translation>
    </message>
</context>
<context>
    <name>ConfirmBox</name>
    <message>
        <source>Why it is right as it is</source>
        <translation>Pourquoi la valeur est juste</translation>
    </message>
    <message>
        <source>Choose a reason</source>
        <translation>Choisir un motif</translation>
    </message>
    <message>
        <source>Note (optional, stays on this computer)</source>
        <translation>Note (facultative, reste sur ce poste)</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Confirmed as true to life</source>
        <translation>Confirmé&#xa0;: conforme à la réalité</translation>
    </message>
    <message>
        <source>Take the confirmation back</source>
        <translation>Retirer la confirmation</translation>
    </message>
    <message>
        <source>Or it is right as it is</source>
        <translation>Ou la valeur est juste</translation>
    </message>
    <message numerus="yes">
        <source>Confirm %Ln finding(s)</source>
        <translation>
            <numerusform>Confirmer %Ln constat</numerusform>
            <numerusform>Confirmer %Ln constats</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirmer</translation>
    </message>
    <message>
        <source>This reason needs a note: write it, then confirm.</source>
        <translation>Ce motif demande une note&#xa0;: écrivez-la, puis confirmez.</translation>
    </message>
    <message>
        <source>Choose a reason, then confirm.</source>
        <translation>Choisissez un motif, puis confirmez.</translation>
    </message>
</context>
<context>
    <name>ConfirmationsList</name>
    <message>
        <source>&amp;Export the list…</source>
        <translation>&amp;Exporter la liste…</translation>
    </message>
    <message>
        <source>No confirmation here. A finding that is rare but true is confirmed on its card.</source>
        <translation>Aucune confirmation ici. Un constat rare mais vrai se confirme sur sa fiche.</translation>
    </message>
    <message>
        <source>Confirmations, those to look at again first</source>
        <translation>Confirmations, celles à revoir en premier</translation>
    </message>
    <message>
        <source>State of the confirmations</source>
        <translation>État des confirmations</translation>
    </message>
    <message>
        <source>Rule, row, person or note</source>
        <translation>Règle, ligne, personne ou note</translation>
    </message>
    <message>
        <source>Filter the confirmations</source>
        <translation>Filtrer les confirmations</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Why it is to be looked at again</source>
        <translation>Pourquoi la revoir</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>All confirmations</source>
        <translation>Toutes les confirmations</translation>
    </message>
    <message>
        <source>{shown} of {all}</source>
        <translation>{shown} sur {all}</translation>
    </message>
    <message numerus="yes">
        <source>Take back %Ln confirmation(s)</source>
        <translation>
            <numerusform>Retirer %Ln confirmation</numerusform>
            <numerusform>Retirer %Ln confirmations</numerusform>
        </translation>
    </message>
    <message>
        <source>Take back the selection</source>
        <translation>Annuler ce qui est choisi</translation>
    </message>
    <message>
        <source>Export the confirmations</source>
        <translation>Exporter les confirmations</translation>
    </message>
    <message>
        <source>confirmations.csv</source>
        <translation>confirmations.csv</translation>
    </message>
    <message>
        <source>{state}, from an earlier batch</source>
        <translation>{state}, d’un lot précédent</translation>
    </message>
</context>
<context>
    <name>ConflictsModel</name>
    <message>
        <source>Row</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>When it left</source>
        <translation>À l’export</translation>
    </message>
    <message>
        <source>Here now</source>
        <translation>Ici</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>Dans le fichier</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Décision</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>keep ours</source>
        <translation>garder la nôtre</translation>
    </message>
    <message>
        <source>take theirs</source>
        <translation>prendre la sienne</translation>
    </message>
    <message>
        <source>to decide</source>
        <translation>à décider</translation>
    </message>
</context>
<context>
    <name>CorrectBox</name>
    <message>
        <source>Field to correct</source>
        <translation>Champ à corriger</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Corriger</translation>
    </message>
    <message>
        <source>Why (optional, stays on this computer)</source>
        <translation>Pourquoi (facultatif, reste sur cet ordinateur)</translation>
    </message>
    <message>
        <source>Why it is corrected</source>
        <translation>Pourquoi la valeur est corrigée</translation>
    </message>
    <message>
        <source>Write the new value (Ctrl+Enter)</source>
        <translation>Écrire la nouvelle valeur (Ctrl+Entrée)</translation>
    </message>
    <message>
        <source>This row only</source>
        <translation>Cette ligne seulement</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln row(s) with these values</source>
        <translation>
            <numerusform>La seule ligne (%Ln) avec ces valeurs</numerusform>
            <numerusform>Les %Ln lignes avec ces valeurs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln finding(s) of this rule</source>
        <translation>
            <numerusform>Le seul constat (%Ln) de cette règle</numerusform>
            <numerusform>Les %Ln constats de cette règle</numerusform>
        </translation>
    </message>
    <message>
        <source>Correct: {field}</source>
        <translation>Corriger&#xa0;: {field}</translation>
    </message>
    <message>
        <source>New value of {field}</source>
        <translation>Nouvelle valeur de {field}</translation>
    </message>
    <message>
        <source>What you typed in {field}, row {row}, is kept but not written.</source>
        <translation>Ce que vous avez saisi dans «&#xa0;{field}&#xa0;», ligne {row}, est gardé mais pas encore écrit.</translation>
    </message>
    <message>
        <source>You typed this value before: it is kept, but not written yet.</source>
        <translation>Vous avez déjà saisi cette valeur&#xa0;: elle est gardée, mais pas encore écrite.</translation>
    </message>
    <message>
        <source>With its key: {value}</source>
        <translation>Avec sa clé&#xa0;: {value}</translation>
    </message>
    <message>
        <source>No change yet</source>
        <translation>Aucun changement pour l’instant</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>{old} → {new}</source>
        <translation>{old} → {new}</translation>
    </message>
    <message numerus="yes">
        <source>{values} and %Ln other value(s)</source>
        <translation>
            <numerusform>{values} et %Ln autre valeur</numerusform>
            <numerusform>{values} et %Ln autres valeurs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{old} → {new}, on %Ln row(s)</source>
        <translation>
            <numerusform>{old} → {new}, sur %Ln ligne</numerusform>
            <numerusform>{old} → {new}, sur %Ln lignes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CorrectionsModel</name>
    <message>
        <source>Row</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>vide</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Findings for a colleague</source>
        <translation>Constats pour un collègue</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Forme</translation>
    </message>
    <message>
        <source>Annotated workbook, to fill in and bring back (Excel, LibreOffice)</source>
        <translation>Classeur annoté, à remplir et à rendre (Excel, LibreOffice)</translation>
    </message>
    <message>
        <source>CSV file, to fill in and bring back</source>
        <translation>Fichier CSV, à remplir et à rendre</translation>
    </message>
    <message>
        <source>List to print, by institution</source>
        <translation>Liste à imprimer, par établissement</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Lignes</translation>
    </message>
    <message numerus="yes">
        <source>The %Ln row(s) in view</source>
        <translation>
            <numerusform>La ligne affichée (%Ln)</numerusform>
            <numerusform>Les %Ln lignes affichées</numerusform>
        </translation>
    </message>
    <message>
        <source>All rows with an open finding</source>
        <translation>Toutes les lignes qui ont un constat ouvert</translation>
    </message>
    <message>
        <source>Findings to confirm too, not only errors</source>
        <translation>Les constats à confirmer aussi, pas seulement les erreurs</translation>
    </message>
    <message>
        <source>All clinical fields, not only those that the findings are about</source>
        <translation>Tous les champs cliniques, pas seulement ceux dont un constat parle</translation>
    </message>
    <message>
        <source>Identities</source>
        <translation>Identités</translation>
    </message>
    <message>
        <source>Which identity fields leave</source>
        <translation>Quels champs d’identité partent</translation>
    </message>
    <message>
        <source>The record’s number, and what a finding is about</source>
        <translation>Le numéro du dossier, et ce dont un constat parle</translation>
    </message>
    <message>
        <source>None: no name, no number of the patient</source>
        <translation>Aucune&#xa0;: ni nom, ni numéro de patient</translation>
    </message>
    <message>
        <source>All identity fields, to find the medical record</source>
        <translation>Tous les champs d’identité, pour retrouver le dossier</translation>
    </message>
    <message>
        <source>The file holds health data and is not encrypted: send it only through secure messaging or a protected share, and delete it once it is brought back.</source>
        <translation>Le fichier contient des données de santé et n’est pas chiffré&#xa0;: ne l’envoyez que par une messagerie sécurisée ou un partage protégé, et supprimez-le une fois repris.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Choose the file…</source>
        <translation>Choisir le fichier…</translation>
    </message>
</context>
<context>
    <name>FacetModel</name>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Root cause</source>
        <translation>Cause commune</translation>
    </message>
    <message>
        <source>Incidence year</source>
        <translation>Année d’incidence</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Établissement</translation>
    </message>
    <message>
        <source>Source of the notification</source>
        <translation>Source de la notification</translation>
    </message>
    <message>
        <source>Source file</source>
        <translation>Fichier d’origine</translation>
    </message>
    <message>
        <source>Not given</source>
        <translation>Non renseigné</translation>
    </message>
    <message>
        <source>No shared cause</source>
        <translation>Sans cause commune</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvert</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Confirmé</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Corrigé</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>To confirm</source>
        <translation>À confirmer</translation>
    </message>
    <message>
        <source>For information</source>
        <translation>Pour information</translation>
    </message>
    <message numerus="yes">
        <source>{label}, %Ln finding(s)</source>
        <translation>
            <numerusform>{label}, %Ln constat</numerusform>
            <numerusform>{label}, %Ln constats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FacetPanel</name>
    <message>
        <source>Filters</source>
        <translation>Filtres</translation>
    </message>
    <message>
        <source>{cases} of {all} findings</source>
        <translation>{cases} constats sur {all}</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln finding(s)</source>
        <translation>
            <numerusform>%Ln constat</numerusform>
            <numerusform>Les %Ln constats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldDialog</name>
    <message>
        <source>Field {field}</source>
        <translation>Champ «&#xa0;{field}&#xa0;»</translation>
    </message>
    <message>
        <source>Codes and rules</source>
        <translation>Codes et règles</translation>
    </message>
    <message numerus="yes">
        <source>Codes (%Ln)</source>
        <translation>
            <numerusform>Code (%Ln)</numerusform>
            <numerusform>Codes (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rules (%Ln)</source>
        <translation>
            <numerusform>Règle (%Ln)</numerusform>
            <numerusform>Règles (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Unknown: {value}</source>
        <translation>Inconnu&#xa0;: {value}</translation>
    </message>
    <message>
        <source>From {least} to {most}</source>
        <translation>De {least} à {most}</translation>
    </message>
    <message>
        <source>Search a code or its meaning</source>
        <translation>Chercher un code ou son sens</translation>
    </message>
    <message>
        <source>Codes of the field</source>
        <translation>Codes du champ</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Sens</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>To confirm</source>
        <translation>À confirmer</translation>
    </message>
    <message>
        <source>For information</source>
        <translation>Pour information</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>Ce qu’elle dit</translation>
    </message>
    <message>
        <source>Rules that read the field; Enter opens one</source>
        <translation>Règles qui lisent le champ&#xa0;; Entrée en ouvre une</translation>
    </message>
</context>
<context>
    <name>FieldWords</name>
    <message>
        <source>Required</source>
        <translation>Obligatoire</translation>
    </message>
    <message>
        <source>Not required</source>
        <translation>Facultatif</translation>
    </message>
    <message>
        <source>Required in some cases</source>
        <translation>Obligatoire dans certains cas</translation>
    </message>
    <message>
        <source>Leaves as a pseudonym of the site</source>
        <translation>Quitte le site sous forme de pseudonyme</translation>
    </message>
    <message>
        <source>Leaves as linkage tokens only</source>
        <translation>Ne quitte le site que sous forme de jetons d’appariement</translation>
    </message>
    <message>
        <source>Leaves as linkage tokens, and as a month</source>
        <translation>Quitte le site sous forme de jetons d’appariement, et de mois</translation>
    </message>
    <message>
        <source>Leaves as it is</source>
        <translation>Quitte le site tel quel</translation>
    </message>
    <message>
        <source>Never leaves the site</source>
        <translation>Ne quitte jamais le site</translation>
    </message>
    <message>
        <source>Form: {form}</source>
        <translation>Forme&#xa0;: {form}</translation>
    </message>
    <message>
        <source>Rules: {rules}</source>
        <translation>Règles&#xa0;: {rules}</translation>
    </message>
    <message>
        <source>Ctrl+F1: everything about this field</source>
        <translation>Ctrl+F1&#xa0;: tout sur ce champ</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>All of these hold</source>
        <translation>Toutes sont vraies</translation>
    </message>
    <message>
        <source>At least one of these holds</source>
        <translation>Au moins une est vraie</translation>
    </message>
    <message>
        <source>How the conditions are joined</source>
        <translation>Comment les conditions se combinent</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>Ajouter une condition</translation>
    </message>
    <message>
        <source>Take the filter away</source>
        <translation>Retirer le filtre</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>Finding</source>
        <translation>Constat</translation>
    </message>
    <message>
        <source>Choose a finding in the list, or a marked cell in the grid: its card opens here.</source>
        <translation>Choisissez un constat dans la liste ou une cellule marquée dans la grille&#xa0;: sa fiche s’ouvre ici.</translation>
    </message>
    <message>
        <source>Compare the records… (F9)</source>
        <translation>Comparer les enregistrements… (F9)</translation>
    </message>
    <message>
        <source>Compare… (F9)</source>
        <translation>Comparer… (F9)</translation>
    </message>
    <message>
        <source>The records of this finding side by side</source>
        <translation>Les enregistrements de ce constat côte à côte</translation>
    </message>
    <message>
        <source>Open the mapping</source>
        <translation>Ouvrir l’association</translation>
    </message>
    <message>
        <source>The &amp;rule…</source>
        <translation>La &amp;règle…</translation>
    </message>
    <message>
        <source>The page of this rule, with examples</source>
        <translation>La page de cette règle, avec des exemples</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Confirmé</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Corrigé</translation>
    </message>
    <message>
        <source>Withdrawn from the batch</source>
        <translation>Retiré du lot</translation>
    </message>
    <message>
        <source>{rule}, row {row}</source>
        <translation>{rule}, ligne {row}</translation>
    </message>
    <message>
        <source>{place} ({file}, row {row})</source>
        <translation>{place} ({file}, ligne {row})</translation>
    </message>
    <message>
        <source>rule of the site</source>
        <translation>règle du site</translation>
    </message>
    <message>
        <source>Source: {source}</source>
        <translation>Source&#xa0;: {source}</translation>
    </message>
    <message>
        <source>Shared cause: {cause}</source>
        <translation>Cause commune&#xa0;: {cause}</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>vide</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>Findings and corrections</source>
        <translation>Constats et corrections</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Constats</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>Corrections</translation>
    </message>
    <message>
        <source>Findings, worst first</source>
        <translation>Constats, les plus graves d’abord</translation>
    </message>
    <message>
        <source>Corrections of this batch, newest first</source>
        <translation>Corrections de ce lot, les plus récentes d’abord</translation>
    </message>
    <message>
        <source>Take this correction back</source>
        <translation>Retirer cette correction</translation>
    </message>
    <message>
        <source>All changes… (Ctrl+Shift+H)</source>
        <translation>Tous les changements… (Ctrl+Maj+H)</translation>
    </message>
    <message>
        <source>No finding in this selection: widen the filters to see others.</source>
        <translation>Aucun constat dans cette sélection&#xa0;: élargissez les filtres pour en voir d’autres.</translation>
    </message>
    <message>
        <source>No finding in this batch.</source>
        <translation>Aucun constat dans ce lot.</translation>
    </message>
    <message numerus="yes">
        <source>Corrections (%Ln)</source>
        <translation>
            <numerusform>Corrections (%Ln)</numerusform>
            <numerusform>Corrections (%Ln)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FixPage</name>
    <message>
        <source>Fix</source>
        <translation>Corriger</translation>
    </message>
    <message>
        <source>F8 and Shift+F8: next and previous finding. F7: what is suggested. F4: its new value, Ctrl+Enter: correct, Ctrl+Shift+Enter: confirm. F6: next pane. Ctrl+F: search. Ctrl+G: row. Ctrl+Z: undo. In the grid: type to replace, Ctrl+V to paste a block, Ctrl+D to fill down, Ctrl+H: find and replace, Ctrl+Shift+L: filter, Ctrl+F1: about the field.</source>
        <translation>F8 et Maj+F8&#xa0;: constat suivant et précédent. F7&#xa0;: ce qui est proposé. F4&#xa0;: sa nouvelle valeur, Ctrl+Entrée&#xa0;: corriger, Ctrl+Maj+Entrée&#xa0;: confirmer. F6&#xa0;: volet suivant. Ctrl+F&#xa0;: recherche. Ctrl+G&#xa0;: ligne. Ctrl+Z&#xa0;: annuler. Dans la grille&#xa0;: tapez pour remplacer, Ctrl+V colle un bloc, Ctrl+D recopie vers le bas, Ctrl+H&#xa0;: rechercher et remplacer, Ctrl+Maj+L&#xa0;: filtrer, Ctrl+F1&#xa0;: à propos du champ.</translation>
    </message>
    <message>
        <source>Once a batch is mapped, what is wrong in it is listed here: correct it, or confirm it.</source>
        <translation>Une fois le lot vérifié, ses constats sont listés ici&#xa0;: corrigez-les, ou confirmez-les.</translation>
    </message>
    <message>
        <source>No open finding is left in this selection.</source>
        <translation>Il ne reste aucun constat ouvert dans cette sélection.</translation>
    </message>
</context>
<context>
    <name>GridModel</name>
    <message>
        <source>Row {row}: withdrawn from the batch</source>
        <translation>Ligne {row}&#xa0;: retirée du lot</translation>
    </message>
    <message>
        <source>Row {row}: corrected</source>
        <translation>Ligne {row}&#xa0;: corrigée</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>To confirm</source>
        <translation>À confirmer</translation>
    </message>
    <message>
        <source>For information</source>
        <translation>Pour information</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Confirmé</translation>
    </message>
    <message>
        <source>{word} {rule}: {title}</source>
        <translation>{word} {rule}&#xa0;: {title}</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>{field}: {value}</source>
        <translation>{field}&#xa0;: {value}</translation>
    </message>
    <message>
        <source>{cell}. Withdrawn from the batch</source>
        <translation>{cell}. Retiré du lot</translation>
    </message>
</context>
<context>
    <name>GridTools</name>
    <message>
        <source>Find and replace…</source>
        <translation>Rechercher et remplacer…</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>Colonnes…</translation>
    </message>
    <message>
        <source>Filter…</source>
        <translation>Filtrer…</translation>
    </message>
    <message>
        <source>About this field</source>
        <translation>À propos de ce champ</translation>
    </message>
    <message>
        <source>Only rows with this value</source>
        <translation>Seulement les lignes avec cette valeur</translation>
    </message>
    <message>
        <source>Rows without this value</source>
        <translation>Les lignes sans cette valeur</translation>
    </message>
    <message>
        <source>Find the next occurrence</source>
        <translation>Rechercher l’occurrence suivante</translation>
    </message>
    <message>
        <source>Find the previous occurrence</source>
        <translation>Rechercher l’occurrence précédente</translation>
    </message>
    <message>
        <source>This batch has no row.</source>
        <translation>Ce lot n’a aucune ligne.</translation>
    </message>
    <message>
        <source>Load a file that holds records.</source>
        <translation>Chargez un fichier qui contient des enregistrements.</translation>
    </message>
    <message>
        <source>No row is in this selection.</source>
        <translation>Aucune ligne dans cette sélection.</translation>
    </message>
    <message>
        <source>Of {rows} rows, none passes the filters, the search and the conditions.</source>
        <translation>Sur {rows} lignes, aucune ne passe les filtres, la recherche et les conditions.</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>Rechercher et remplacer</translation>
    </message>
    <message>
        <source>Sort by this field</source>
        <translation>Trier par ce champ</translation>
    </message>
    <message>
        <source>Filter by this field…</source>
        <translation>Filtrer par ce champ…</translation>
    </message>
    <message>
        <source>Hide this column</source>
        <translation>Cacher cette colonne</translation>
    </message>
    <message>
        <source>Keep the columns up to here in place</source>
        <translation>Garder en place les colonnes jusqu’ici</translation>
    </message>
    <message>
        <source>Keep no column in place</source>
        <translation>Ne garder aucune colonne en place</translation>
    </message>
    <message>
        <source>There is no row {row} in this batch.</source>
        <translation>Il n’y a pas de ligne {row} dans ce lot.</translation>
    </message>
    <message>
        <source>Row {row} is not in this selection: show all rows to see it.</source>
        <translation>La ligne {row} n’est pas dans cette sélection&#xa0;: affichez toutes les lignes pour la voir.</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message>
        <source>Rows of the batch</source>
        <translation>Lignes du lot</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
    <message>
        <source>Row numbers in the file</source>
        <translation>Numéros de ligne dans le fichier</translation>
    </message>
    <message>
        <source>The column “{field}” was hidden: it is shown again.</source>
        <translation>La colonne «&#xa0;{field}&#xa0;» était cachée&#xa0;: la voici de nouveau.</translation>
    </message>
    <message>
        <source>Sort by this field</source>
        <translation>Trier par ce champ</translation>
    </message>
    <message>
        <source>Withdraw from the batch, or bring back… (Ctrl+Shift+Del)</source>
        <translation>Retirer du lot, ou y remettre… (Ctrl+Maj+Suppr)</translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message>
        <source>Steps of this batch, latest first</source>
        <translation>Étapes de ce lot, la plus récente en premier</translation>
    </message>
    <message>
        <source>Nothing was done yet.</source>
        <translation>Rien n’a encore été fait.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Étape</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>You are here</source>
        <translation>Vous êtes ici</translation>
    </message>
    <message numerus="yes">
        <source>Redo %Ln step(s), up to this one</source>
        <translation>
            <numerusform>Rétablir cette étape</numerusform>
            <numerusform>Rétablir %Ln étapes, jusqu’à celle-ci</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Go back here: undo %Ln step(s)</source>
        <translation>
            <numerusform>Revenir ici&#xa0;: annuler %Ln étape</numerusform>
            <numerusform>Revenir ici&#xa0;: annuler %Ln étapes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> and %Ln more</source>
        <translation>
            <numerusform> et %Ln autre</numerusform>
            <numerusform> et %Ln autres</numerusform>
        </translation>
    </message>
    <message>
        <source>row {row}</source>
        <translation>ligne {row}</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>{row}, {field}: {old} → {new}</source>
        <translation>{row}, {field}&#xa0;: {old} → {new}</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>en vigueur</translation>
    </message>
    <message>
        <source>holds, latest</source>
        <translation>en vigueur, dernière</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>annulée</translation>
    </message>
</context>
<context>
    <name>KeepBox</name>
    <message>
        <source>Why they are right as they are</source>
        <translation>Pourquoi ils sont justes tels quels</translation>
    </message>
    <message numerus="yes">
        <source>They are %Ln different tumours: keep them all</source>
        <translation>
            <numerusform>C’est bien une tumeur à part&#xa0;: la garder</numerusform>
            <numerusform>Ce sont bien %Ln tumeurs différentes&#xa0;: tout garder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is right: keep the %Ln records as they are</source>
        <translation>
            <numerusform>C’est exact&#xa0;: garder l’enregistrement tel quel</numerusform>
            <numerusform>C’est exact&#xa0;: garder les %Ln enregistrements tels quels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They are %Ln different events: keep them all</source>
        <translation>
            <numerusform>C’est bien un événement à part&#xa0;: le garder</numerusform>
            <numerusform>Ce sont bien %Ln événements différents&#xa0;: tout garder</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirms {rules} on these rows.</source>
        <translation>Confirme {rules} sur ces lignes.</translation>
    </message>
    <message numerus="yes">
        <source>Confirm %Ln finding(s)</source>
        <translation>
            <numerusform>Confirmer %Ln constat</numerusform>
            <numerusform>Confirmer %Ln constats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Months</name>
    <message>
        <source>From one month to the next</source>
        <translation>D’un mois à l’autre</translation>
    </message>
    <message>
        <source>Corrections of earlier batches, what the source has to put right, comparison</source>
        <translation>Corrections des lots précédents, ce que la source doit rectifier, comparaison</translation>
    </message>
    <message>
        <source>Corrections of earlier batches…</source>
        <translation>Corrections des lots précédents…</translation>
    </message>
    <message>
        <source>Compare with an earlier batch…</source>
        <translation>Comparer à un lot précédent…</translation>
    </message>
    <message>
        <source>To correct in the source system: make the list…</source>
        <translation>À corriger dans le système source&#xa0;: faire la liste…</translation>
    </message>
    <message>
        <source>to-correct-in-the-source</source>
        <translation>a-corriger-a-la-source</translation>
    </message>
    <message>
        <source>List for the source system</source>
        <translation>Liste pour le système source</translation>
    </message>
    <message>
        <source>Writing the list</source>
        <translation>Écriture de la liste</translation>
    </message>
    <message>
        <source>Looking at the corrections of earlier batches</source>
        <translation>Examen des corrections des lots précédents</translation>
    </message>
    <message>
        <source>Corrections of earlier batches</source>
        <translation>Corrections des lots précédents</translation>
    </message>
    <message>
        <source>carried-over</source>
        <translation>reprises</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Comparaison</translation>
    </message>
    <message>
        <source>The file of the earlier batch</source>
        <translation>Le fichier du lot précédent</translation>
    </message>
    <message>
        <source>Comparison of two batches</source>
        <translation>Comparaison de deux lots</translation>
    </message>
    <message>
        <source>comparison</source>
        <translation>comparaison</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tableaux (*.csv)</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Pages to print (*.html)</source>
        <translation>Pages à imprimer (*.html)</translation>
    </message>
    <message>
        <source>The list is written: {name}. It names patients: keep it safe.</source>
        <translation>La liste est écrite&#xa0;: {name}. Elle nomme des patients&#xa0;: gardez-la en lieu sûr.</translation>
    </message>
</context>
<context>
    <name>NothingInView</name>
    <message>
        <source>Show everything</source>
        <translation>Tout afficher</translation>
    </message>
</context>
<context>
    <name>ReasonBox</name>
    <message>
        <source>Choose a reason</source>
        <translation>Choisissez un motif</translation>
    </message>
    <message>
        <source>Note (optional, stays on this computer)</source>
        <translation>Note (facultative, reste sur cet ordinateur)</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
</context>
<context>
    <name>RecordsModel</name>
    <message>
        <source>Row {row}</source>
        <translation>Ligne {row}</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>{field}, row {row}: {value}</source>
        <translation>{field}, ligne {row}&#xa0;: {value}</translation>
    </message>
    <message>
        <source>{cell}. The records differ here.</source>
        <translation>{cell}. Les enregistrements diffèrent ici.</translation>
    </message>
</context>
<context>
    <name>ReplaceDialog</name>
    <message>
        <source>Find and replace</source>
        <translation>Rechercher et remplacer</translation>
    </message>
    <message>
        <source>Match capitals</source>
        <translation>Respecter la casse</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Précédent</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Replace by</source>
        <translation>Remplacer par</translation>
    </message>
    <message>
        <source>What of the cell</source>
        <translation>Quelle partie de la cellule</translation>
    </message>
    <message>
        <source>In the field</source>
        <translation>Dans le champ</translation>
    </message>
    <message>
        <source>In the rows</source>
        <translation>Dans les lignes</translation>
    </message>
    <message>
        <source>Any part of the cell</source>
        <translation>Une partie de la cellule</translation>
    </message>
    <message>
        <source>The whole cell (nothing: blank cells)</source>
        <translation>La cellule entière (rien&#xa0;: les cellules vides)</translation>
    </message>
    <message>
        <source>Its beginning</source>
        <translation>Son début</translation>
    </message>
    <message>
        <source>A pattern (regular expression; $1: first group)</source>
        <translation>Un motif (expression régulière&#xa0;; $1&#xa0;: premier groupe)</translation>
    </message>
    <message>
        <source>Rows in view</source>
        <translation>Lignes affichées</translation>
    </message>
    <message>
        <source>Selected cells</source>
        <translation>Cellules sélectionnées</translation>
    </message>
    <message>
        <source>All rows of the batch</source>
        <translation>Toutes les lignes du lot</translation>
    </message>
    <message>
        <source>Every column shown</source>
        <translation>Toutes les colonnes affichées</translation>
    </message>
    <message>
        <source>What would change; Space leaves a line out</source>
        <translation>Ce qui changerait&#xa0;; la barre d’espace écarte une ligne</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Searching the cells</source>
        <translation>Recherche dans les cellules</translation>
    </message>
    <message numerus="yes">
        <source>Replace in %Ln cell(s)</source>
        <translation>
            <numerusform>Remplacer dans %Ln cellule</numerusform>
            <numerusform>Remplacer dans %Ln cellules</numerusform>
        </translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>No cell would change.</source>
        <translation>Aucune cellule ne changerait.</translation>
    </message>
    <message numerus="yes">
        <source>{cells} of %Ln cell(s), {rows}.</source>
        <translation>
            <numerusform>{cells} sur %Ln cellule, {rows}.</numerusform>
            <numerusform>{cells} sur %Ln cellules, {rows}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s) would break a rule.</source>
        <translation>
            <numerusform>%Ln valeur enfreindrait une règle.</numerusform>
            <numerusform>%Ln valeurs enfreindraient une règle.</numerusform>
        </translation>
    </message>
    <message>
        <source>Working out the cells</source>
        <translation>Préparation des cellules</translation>
    </message>
    <message>
        <source>Not found in the rows in view.</source>
        <translation>Introuvable dans les lignes affichées.</translation>
    </message>
</context>
<context>
    <name>ReplacingModel</name>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Cellules</translation>
    </message>
    <message>
        <source>What the rules say of the first row</source>
        <translation>Ce que les règles disent de la première ligne</translation>
    </message>
    <message>
        <source>(blank)</source>
        <translation>(vide)</translation>
    </message>
    <message>
        <source>breaks {rules}</source>
        <translation>enfreint {rules}</translation>
    </message>
    <message>
        <source>clears {rules}</source>
        <translation>lève {rules}</translation>
    </message>
    <message>
        <source>nothing else</source>
        <translation>rien d’autre</translation>
    </message>
</context>
<context>
    <name>ReturnDialog</name>
    <message>
        <source>Bring back what a colleague filled in</source>
        <translation>Reprendre ce qu’un collègue a rempli</translation>
    </message>
    <message>
        <source>What came back</source>
        <translation>Ce qui est revenu</translation>
    </message>
    <message>
        <source>&amp;Keep ours</source>
        <translation>&amp;Garder la nôtre</translation>
    </message>
    <message>
        <source>&amp;Take theirs</source>
        <translation>&amp;Prendre la sienne</translation>
    </message>
    <message>
        <source>Keep ours for the rest</source>
        <translation>Garder la nôtre pour le reste</translation>
    </message>
    <message>
        <source>Take theirs for the rest</source>
        <translation>Prendre la sienne pour le reste</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>To decide: {n}</source>
        <translation>À décider&#xa0;: {n}</translation>
    </message>
    <message>
        <source>Corrections that came back</source>
        <translation>Corrections revenues</translation>
    </message>
    <message>
        <source>Corrections: {n}</source>
        <translation>Corrections&#xa0;: {n}</translation>
    </message>
    <message>
        <source>Confirmations: {n}</source>
        <translation>Confirmations&#xa0;: {n}</translation>
    </message>
    <message>
        <source>Left out: {n}</source>
        <translation>Laissés de côté&#xa0;: {n}</translation>
    </message>
    <message>
        <source>Cells that changed on both sides</source>
        <translation>Cellules changées des deux côtés</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Constat</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Précision</translation>
    </message>
    <message>
        <source>Confirmations that came back</source>
        <translation>Confirmations revenues</translation>
    </message>
    <message>
        <source>Line of the file</source>
        <translation>Ligne du fichier</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>Ce qui est laissé de côté</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) came back</source>
        <translation>
            <numerusform>%Ln dossier est revenu</numerusform>
            <numerusform>%Ln dossiers sont revenus</numerusform>
        </translation>
    </message>
    <message>
        <source>{records}, from {who}.</source>
        <translation>{records}, de la part de {who}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) changed here too: decide which value holds.</source>
        <translation>
            <numerusform>%Ln cellule a changé aussi ici&#xa0;: décidez quelle valeur garder.</numerusform>
            <numerusform>%Ln cellules ont changé aussi ici&#xa0;: décidez quelle valeur garder.</numerusform>
        </translation>
    </message>
    <message>
        <source>Each correction is logged with its remark, and can be undone (Ctrl+Z).</source>
        <translation>Chaque correction est notée avec sa remarque, et peut être annulée (Ctrl+Z).</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln correction(s)</source>
        <translation>
            <numerusform>Reprendre %Ln correction</numerusform>
            <numerusform>Reprendre %Ln corrections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln confirmation(s)</source>
        <translation>
            <numerusform>%Ln confirmation</numerusform>
            <numerusform>%Ln confirmations</numerusform>
        </translation>
    </message>
    <message>
        <source>{corrections} and {confirmations}</source>
        <translation>{corrections} et {confirmations}</translation>
    </message>
</context>
<context>
    <name>Rounds</name>
    <message>
        <source>Findings for a colleague…</source>
        <translation>Constats pour un collègue…</translation>
    </message>
    <message>
        <source>Bring back what a colleague filled in…</source>
        <translation>Reprendre ce qu’un collègue a rempli…</translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation>Collègue</translation>
    </message>
    <message>
        <source>Send findings to a colleague without Navette, and bring them back</source>
        <translation>Confier des constats à un collègue sans Navette, et les reprendre</translation>
    </message>
    <message>
        <source>Workbooks (*.xlsx)</source>
        <translation>Classeurs (*.xlsx)</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Fichiers CSV (*.csv)</translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation>Pages Web (*.html)</translation>
    </message>
    <message>
        <source>Findings for a colleague</source>
        <translation>Constats pour un collègue</translation>
    </message>
    <message>
        <source>Writing the findings</source>
        <translation>Écriture des constats</translation>
    </message>
    <message>
        <source>Gathering the findings</source>
        <translation>Préparation des constats</translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s)</source>
        <translation>
            <numerusform>%Ln constat</numerusform>
            <numerusform>%Ln constats</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} is written: {count}.</source>
        <translation>{name} est écrit&#xa0;: {count}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) about identities were left out.</source>
        <translation>
            <numerusform>%Ln constat sur une identité est laissé de côté.</numerusform>
            <numerusform>%Ln constats sur des identités sont laissés de côté.</numerusform>
        </translation>
    </message>
    <message>
        <source>This workspace is open to read only: nothing can be taken in.</source>
        <translation>Ce dossier de travail est en lecture seule&#xa0;: rien ne peut être repris.</translation>
    </message>
    <message>
        <source>Bring back what a colleague filled in</source>
        <translation>Reprendre ce qu’un collègue a rempli</translation>
    </message>
    <message>
        <source>Workbooks and CSV files (*.xlsx *.xls *.ods *.csv *.txt);;All files (*)</source>
        <translation>Classeurs et fichiers CSV (*.xlsx *.xls *.ods *.csv *.txt);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Comparing with the batch</source>
        <translation>Comparaison avec le lot</translation>
    </message>
    <message>
        <source>Reading what came back</source>
        <translation>Lecture de ce qui est revenu</translation>
    </message>
    <message>
        <source>Nothing in this file differs from the batch: there is nothing to take.</source>
        <translation>Rien dans ce fichier ne diffère du lot&#xa0;: il n’y a rien à reprendre.</translation>
    </message>
</context>
<context>
    <name>RuleDialog</name>
    <message>
        <source>Rule {rule}</source>
        <translation>Règle {rule}</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Exemples</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>rule of the site, never sent</source>
        <translation>règle du site, jamais transmise</translation>
    </message>
    <message>
        <source>{rule}, version {version}, {family}</source>
        <translation>{rule}, version {version}, {family}</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>Ce qu’elle dit</translation>
    </message>
    <message>
        <source>Why it matters</source>
        <translation>Pourquoi c’est important</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>Fields it reads</source>
        <translation>Champs qu’elle lit</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>D’où elle vient</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>found</source>
        <translation>signalé</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>accepté</translation>
    </message>
    <message>
        <source>Exact condition</source>
        <translation>Condition exacte</translation>
    </message>
    <message>
        <source>Shows or hides the condition that the computer evaluates</source>
        <translation>Montre ou cache la condition que l’ordinateur évalue</translation>
    </message>
</context>
<context>
    <name>SameBox</name>
    <message>
        <source>Record to withdraw</source>
        <translation>Enregistrement à retirer</translation>
    </message>
    <message>
        <source>Record to keep</source>
        <translation>Enregistrement à garder</translation>
    </message>
    <message>
        <source>Why it is withdrawn</source>
        <translation>Pourquoi il est retiré</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>same as</source>
        <translation>même que</translation>
    </message>
    <message>
        <source>It is the same tumour: withdraw one record</source>
        <translation>C’est la même tumeur&#xa0;: retirer un enregistrement</translation>
    </message>
    <message>
        <source>It is the same event, entered twice: withdraw one record</source>
        <translation>C’est le même événement, saisi deux fois&#xa0;: retirer un enregistrement</translation>
    </message>
    <message>
        <source>Row {row}</source>
        <translation>Ligne {row}</translation>
    </message>
    <message numerus="yes">
        <source>First fill %Ln blank field(s) of row {row} with its values</source>
        <translation>
            <numerusform>Compléter d’abord %Ln champ vide de la ligne {row} avec sa valeur</numerusform>
            <numerusform>Compléter d’abord %Ln champs vides de la ligne {row} avec ses valeurs</numerusform>
        </translation>
    </message>
    <message>
        <source>Withdraw row {row} from the batch</source>
        <translation>Retirer la ligne {row} du lot</translation>
    </message>
</context>
<context>
    <name>SpreadDialog</name>
    <message>
        <source>Before and after</source>
        <translation>Avant et après</translation>
    </message>
    <message>
        <source>All rows with these values</source>
        <translation>Toutes les lignes avec ces valeurs</translation>
    </message>
    <message>
        <source>All findings of this rule</source>
        <translation>Tous les constats de cette règle</translation>
    </message>
    <message>
        <source>Each row is tried on the rules…</source>
        <translation>Chaque ligne est essayée sur les règles…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Avancement</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Corriger</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message numerus="yes">
        <source>Correct %Ln row(s)</source>
        <translation>
            <numerusform>Corriger %Ln ligne</numerusform>
            <numerusform>Corriger %Ln lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>No row can be corrected this way.</source>
        <translation>Aucune ligne ne peut être corrigée ainsi.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) would be corrected; nothing is written yet.</source>
        <translation>
            <numerusform>%Ln ligne serait corrigée&#xa0;; rien n’est encore écrit.</numerusform>
            <numerusform>%Ln lignes seraient corrigées&#xa0;; rien n’est encore écrit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) stay as they are: no value, more than one value, or another error.</source>
        <translation>
            <numerusform>%Ln ligne reste telle quelle&#xa0;: aucune valeur, plusieurs valeurs, ou une autre erreur.</numerusform>
            <numerusform>%Ln lignes restent telles quelles&#xa0;: aucune valeur, plusieurs valeurs, ou une autre erreur.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) would then have something to confirm.</source>
        <translation>
            <numerusform>%Ln ligne aurait alors un point à confirmer.</numerusform>
            <numerusform>%Ln lignes auraient alors un point à confirmer.</numerusform>
        </translation>
    </message>
    <message>
        <source>blank</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Lignes</translation>
    </message>
</context>
<context>
    <name>SuggestBox</name>
    <message>
        <source>Suggestions (F7)</source>
        <translation>Propositions (F7)</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Propositions</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more suggestion(s)</source>
        <translation>
            <numerusform>%Ln autre proposition</numerusform>
            <numerusform>%Ln autres propositions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuggestionLine</name>
    <message>
        <source>Write for this row: {change}</source>
        <translation>Écrire pour cette ligne&#xa0;: {change}</translation>
    </message>
    <message>
        <source>This suggestion for other rows</source>
        <translation>Cette proposition pour d’autres lignes</translation>
    </message>
    <message>
        <source>This suggestion for other rows, seen first</source>
        <translation>Cette proposition pour d’autres lignes, à voir d’abord</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln row(s) with these values…</source>
        <translation>
            <numerusform>%Ln ligne avec ces valeurs…</numerusform>
            <numerusform>Les %Ln lignes avec ces valeurs…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln finding(s) of this rule…</source>
        <translation>
            <numerusform>%Ln constat de cette règle…</numerusform>
            <numerusform>Les %Ln constats de cette règle…</numerusform>
        </translation>
    </message>
    <message>
        <source>{field}: {change}</source>
        <translation>{field}&#xa0;: {change}</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>Then there is something to confirm: {rules}.</source>
        <translation>Il y aura alors un point à confirmer&#xa0;: {rules}.</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>Go on to Send</source>
        <translation>Passer à l’envoi</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to confirm</source>
        <translation>
            <numerusform>%Ln à confirmer</numerusform>
            <numerusform>%Ln à confirmer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to correct</source>
        <translation>
            <numerusform>%Ln à corriger</numerusform>
            <numerusform>%Ln à corriger</numerusform>
        </translation>
    </message>
    <message>
        <source>{to_fix}, {to_confirm}</source>
        <translation>{to_fix}, {to_confirm}</translation>
    </message>
    <message>
        <source>No errors in {rows} records. {to_confirm}.</source>
        <translation>Aucune erreur dans {rows} enregistrements. {to_confirm}.</translation>
    </message>
    <message>
        <source>No errors in {rows} records, nothing left to confirm: ready to send.</source>
        <translation>Aucune erreur dans {rows} enregistrements, rien à confirmer&#xa0;: prêt à envoyer.</translation>
    </message>
</context>
<context>
    <name>TakenModel</name>
    <message>
        <source>Row</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Actuelle</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nouvelle</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Remarque</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Apply the filter again</source>
        <translation>Appliquer de nouveau le filtre</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>Rechercher et remplacer</translation>
    </message>
    <message>
        <source>Compact rows</source>
        <translation>Lignes serrées</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>Colonnes…</translation>
    </message>
    <message>
        <source>Columns and rows of the grid</source>
        <translation>Colonnes et lignes de la grille</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>Rows without findings too</source>
        <translation>Aussi les lignes sans constat</translation>
    </message>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>Rechercher (Ctrl+F)</translation>
    </message>
    <message>
        <source>Search in every field</source>
        <translation>Rechercher dans tous les champs</translation>
    </message>
    <message>
        <source>Row (Ctrl+G)</source>
        <translation>Ligne (Ctrl+G)</translation>
    </message>
    <message>
        <source>Go to row</source>
        <translation>Aller à la ligne</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln row(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>Les&#xa0;%Ln lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>{rows} of {all} rows</source>
        <translation>{rows} lignes sur {all}</translation>
    </message>
    <message>
        <source>{rows} of {all} rows, those with a finding</source>
        <translation>{rows} lignes avec constat, sur {all}</translation>
    </message>
    <message>
        <source>{cases} of {all} findings</source>
        <translation>{cases} constats sur {all}</translation>
    </message>
</context>
<context>
    <name>Windows</name>
    <message>
        <source>This finding stands against no other record any more.</source>
        <translation>Ce constat n’oppose plus cet enregistrement à aucun autre.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln confirmation(s) no longer hold: Ctrl+Shift+H, Confirmations, tells why.</source>
        <translation>
            <numerusform>%Ln confirmation n’est plus en vigueur&#xa0;: Ctrl+Maj+H, Confirmations, dit pourquoi.</numerusform>
            <numerusform>%Ln confirmations ne sont plus en vigueur&#xa0;: Ctrl+Maj+H, Confirmations, dit pourquoi.</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirmed on {day} by {who}, to look at again: {why}.</source>
        <translation>Confirmé le {day} par {who}, à revoir&#xa0;: {why}.</translation>
    </message>
    <message>
        <source>Confirmed on {day} by {who}: “{reason}” ({note}).</source>
        <translation>Confirmé le {day} par {who}&#xa0;: «&#xa0;{reason}&#xa0;» ({note}).</translation>
    </message>
    <message>
        <source>Confirmed on {day} by {who}: “{reason}”.</source>
        <translation>Confirmé le {day} par {who}&#xa0;: «&#xa0;{reason}&#xa0;».</translation>
    </message>
    <message numerus="yes">
        <source>%Ln confirmation(s) exported.</source>
        <translation>
            <numerusform>%Ln confirmation exportée.</numerusform>
            <numerusform>%Ln confirmations exportées.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WithdrawDialog</name>
    <message>
        <source>Withdraw from the batch</source>
        <translation>Retirer du lot</translation>
    </message>
    <message>
        <source>Row {row} stays in your file and in sight here, but is not sent.</source>
        <translation>La ligne {row} reste dans votre fichier et visible ici, mais n’est pas envoyée.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) stay in your file and in sight here, but are not sent.</source>
        <translation>
            <numerusform>%Ln ligne reste dans votre fichier et visible ici, mais n’est pas envoyée.</numerusform>
            <numerusform>%Ln lignes restent dans votre fichier et visibles ici, mais ne sont pas envoyées.</numerusform>
        </translation>
    </message>
    <message>
        <source>Why it is withdrawn</source>
        <translation>Pourquoi il est retiré</translation>
    </message>
    <message numerus="yes">
        <source>Withdraw %Ln record(s)</source>
        <translation>
            <numerusform>Retirer %Ln enregistrement</numerusform>
            <numerusform>Retirer %Ln enregistrements</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>_Changes</name>
    <message>
        <source>blank</source>
        <translation>vide</translation>
    </message>
</context>
<context>
    <name>_Line</name>
    <message>
        <source>Field of the condition</source>
        <translation>Champ de la condition</translation>
    </message>
    <message>
        <source>How the field is compared</source>
        <translation>Comment le champ est comparé</translation>
    </message>
    <message>
        <source>Value to compare with</source>
        <translation>Valeur à comparer</translation>
    </message>
    <message>
        <source>Take this condition away</source>
        <translation>Retirer cette condition</translation>
    </message>
</context>
</TS>
