<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_GB">
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
        <source>Incidence year</source>
        <translation>Année d’incidence</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Établissement</translation>
    </message>
    <message>
        <source>Not given</source>
        <translation>Non renseigné</translation>
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
        <source>No finding in this selection.</source>
        <translation>Aucun constat dans cette sélection.</translation>
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
        <source>F8 and Shift+F8: next and previous finding. F4: its new value, Ctrl+Enter: correct, Ctrl+Shift+Enter: confirm. F6: next pane. Ctrl+F: search. Ctrl+G: row. Ctrl+Z: undo. In the grid: type to replace, Ctrl+V to paste a block, Ctrl+D to fill down.</source>
        <translation>F8 et Maj+F8&#xa0;: constat suivant, précédent. F4&#xa0;: sa nouvelle valeur, Ctrl+Entrée&#xa0;: corriger, Ctrl+Maj+Entrée&#xa0;: confirmer. F6&#xa0;: volet suivant. Ctrl+F&#xa0;: rechercher. Ctrl+G&#xa0;: ligne. Ctrl+Z&#xa0;: annuler. Dans la grille&#xa0;: tapez pour remplacer, Ctrl+V pour coller un bloc, Ctrl+D pour recopier vers le bas.</translation>
    </message>
    <message>
        <source>Once a batch is mapped, what is wrong in it is listed here: correct it, or confirm it.</source>
        <translation>Une fois le lot vérifié, ses constats sont listés ici&#xa0;: corrigez-les, ou confirmez-les.</translation>
    </message>
    <message>
        <source>No open finding is left in this selection.</source>
        <translation>Il ne reste aucun constat ouvert dans cette sélection.</translation>
    </message>
    <message>
        <source>There is no row {row} in this batch.</source>
        <translation>Ce lot n’a pas de ligne {row}.</translation>
    </message>
    <message>
        <source>Row {row} is not in this selection: show all rows to see it.</source>
        <translation>La ligne {row} n’est pas dans cette sélection&#xa0;: affichez toutes les lignes pour la voir.</translation>
    </message>
</context>
<context>
    <name>GridModel</name>
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
        <source>Copy</source>
        <translation>Copier</translation>
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
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Sort by this field</source>
        <translation>Trier par ce champ</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) fell outside the grid and were not pasted.</source>
        <translation>
            <numerusform>%Ln cellule sortait de la grille et n’a pas été collée.</numerusform>
            <numerusform>%Ln cellules sortaient de la grille et n’ont pas été collées.</numerusform>
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
        <source>What is left out</source>
        <translation>Ce qui est laissé de côté</translation>
    </message>
    <message>
        <source>Line of the file</source>
        <translation>Ligne du fichier</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
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
        <source>Show everything</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>Rows without findings too</source>
        <translation>Aussi les lignes sans constat</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Compact</translation>
    </message>
    <message>
        <source>Lower rows, to see more of them</source>
        <translation>Lignes plus basses, pour en voir davantage</translation>
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
    <name>_Changes</name>
    <message>
        <source>blank</source>
        <translation>vide</translation>
    </message>
</context>
</TS>
