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
        <source>F8 and Shift+F8: next and previous finding. F4: its new value, Ctrl+Enter: correct, Ctrl+Shift+Enter: confirm. F6: next pane. Ctrl+F: search. Ctrl+G: row. Ctrl+Z: undo. In the grid: type to replace, Ctrl+V to paste a block, Ctrl+D to fill down, Ctrl+H: find and replace, Ctrl+Shift+L: filter, Ctrl+F1: about the field.</source>
        <translation>F8 et Maj+F8&#xa0;: constat suivant et précédent. F4&#xa0;: sa nouvelle valeur, Ctrl+Entrée&#xa0;: corriger, Ctrl+Maj+Entrée&#xa0;: confirmer. F6&#xa0;: volet suivant. Ctrl+F&#xa0;: recherche. Ctrl+G&#xa0;: ligne. Ctrl+Z&#xa0;: annuler. Dans la grille&#xa0;: tapez pour remplacer, Ctrl+V colle un bloc, Ctrl+D recopie vers le bas, Ctrl+H&#xa0;: rechercher et remplacer, Ctrl+Maj+L&#xa0;: filtrer, Ctrl+F1&#xa0;: à propos du champ.</translation>
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
        <source>Find next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Précédent</translation>
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
</context>
<context>
    <name>NothingInView</name>
    <message>
        <source>Show everything</source>
        <translation>Tout afficher</translation>
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
    <message>
        <source>{cells} of {all} cells, {rows} rows.</source>
        <translation>{cells} cellules sur {all}, {rows} lignes.</translation>
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
        <source>Compact rows</source>
        <translation>Lignes serrées</translation>
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
