<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_GB">
<context>
    <name>Arrivals</name>
    <message>
        <source>Not these</source>
        <translation>Pas ceux-là</translation>
    </message>
    <message>
        <source>Do not propose these files again; you can still open them yourself</source>
        <translation>Ne plus proposer ces fichiers&#xa0;; vous pourrez toujours les ouvrir vous-même</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new file(s) in the watched folder “{folder}”: {names}</source>
        <translation>
            <numerusform>%Ln nouveau fichier dans le dossier surveillé «&#xa0;{folder}&#xa0;»&#xa0;: {names}</numerusform>
            <numerusform>%Ln nouveaux fichiers dans le dossier surveillé «&#xa0;{folder}&#xa0;»&#xa0;: {names}</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvert</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Ouvrir…</translation>
    </message>
    <message>
        <source>All together, as one batch</source>
        <translation>Tous ensemble, en un seul lot</translation>
    </message>
</context>
<context>
    <name>BatchesModel</name>
    <message>
        <source>Batch</source>
        <translation>Lot</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>Dernier changement</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Détail</translation>
    </message>
    <message>
        <source>Being prepared</source>
        <translation>En préparation</translation>
    </message>
    <message>
        <source>Waiting to go</source>
        <translation>En attente de départ</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>En cours d’envoi</translation>
    </message>
    <message>
        <source>Sent, receipt verified</source>
        <translation>Envoyé, reçu vérifié</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Feedback arrived</source>
        <translation>Retours arrivés</translation>
    </message>
    <message>
        <source>Receipt {number}</source>
        <translation>Reçu {number}</translation>
    </message>
</context>
<context>
    <name>BatchesPage</name>
    <message>
        <source>No batch yet</source>
        <translation>Aucun lot pour l’instant</translation>
    </message>
    <message>
        <source>A batch is one extract on its way to the registry. Begin with “New batch”.</source>
        <translation>Un lot, c’est un extrait en route vers le registre. Commencez par «&#xa0;Nouveau lot&#xa0;».</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>Lots</translation>
    </message>
    <message>
        <source>All batches of this site. Open one to go on where it was left; nothing is ever lost.</source>
        <translation>Tous les lots de ce site. Ouvrez-en un pour reprendre où vous en étiez&#xa0;; rien ne se perd.</translation>
    </message>
    <message>
        <source>Open a batch to go on where it was left.</source>
        <translation>Ouvrez un lot pour le reprendre où vous l’aviez laissé.</translation>
    </message>
    <message>
        <source>Open the batch</source>
        <translation>Ouvrir le lot</translation>
    </message>
    <message>
        <source>Go on where it was left (Enter)</source>
        <translation>Reprendre où il en était (Entrée)</translation>
    </message>
    <message>
        <source>New batch</source>
        <translation>Nouveau lot</translation>
    </message>
    <message>
        <source>Begin with an extract (Ctrl+N)</source>
        <translation>Commencer par un extrait (Ctrl+N)</translation>
    </message>
</context>
<context>
    <name>CodeDelegate</name>
    <message>
        <source>Becomes</source>
        <translation>Devient</translation>
    </message>
    <message>
        <source>Code of the contract</source>
        <translation>Code du contrat</translation>
    </message>
    <message>
        <source>leave as it is</source>
        <translation>laisser tel quel</translation>
    </message>
</context>
<context>
    <name>ColumnsModel</name>
    <message>
        <source>Column</source>
        <translation>Colonne</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Valeurs</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Va dans</translation>
    </message>
    <message>
        <source>stays on this computer</source>
        <translation>reste sur cet ordinateur</translation>
    </message>
    <message>
        <source>The values are being counted.</source>
        <translation>Les valeurs sont en cours de décompte.</translation>
    </message>
    <message>
        <source>The column is empty.</source>
        <translation>La colonne est vide.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln distinct value(s)</source>
        <translation>
            <numerusform>%Ln valeur distincte</numerusform>
            <numerusform>%Ln valeurs distinctes</numerusform>
        </translation>
    </message>
    <message>
        <source>{values}; {filled} of {rows} rows are filled.</source>
        <translation>{values}&#xa0;; lignes remplies&#xa0;: {filled} sur {rows}.</translation>
    </message>
</context>
<context>
    <name>ColumnsPane</name>
    <message>
        <source>Columns of the file</source>
        <translation>Colonnes du fichier</translation>
    </message>
    <message>
        <source>Values of the column</source>
        <translation>Valeurs de la colonne</translation>
    </message>
    <message>
        <source>Columns of the file: {count}</source>
        <translation>Colonnes du fichier&#xa0;: {count}</translation>
    </message>
    <message>
        <source>Use for “{field}”</source>
        <translation>Utiliser pour «&#xa0;{field}&#xa0;»</translation>
    </message>
    <message>
        <source>Drag a column onto a field, or press Enter to use it for the field at hand</source>
        <translation>Faites glisser une colonne sur un champ, ou appuyez sur Entrée pour l’utiliser dans le champ choisi</translation>
    </message>
    <message>
        <source>Fill the field at hand from this column (Enter in the list)</source>
        <translation>Remplir le champ choisi avec cette colonne (Entrée dans la liste)</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Lignes</translation>
    </message>
</context>
<context>
    <name>DateForms</name>
    <message>
        <source>Add a form</source>
        <translation>Ajouter une forme</translation>
    </message>
    <message>
        <source>another form: dd.mm.yyyy</source>
        <translation>autre forme&#xa0;: jj.mm.aaaa</translation>
    </message>
    <message>
        <source>Another form of date</source>
        <translation>Autre forme de date</translation>
    </message>
    <message>
        <source>date cell of a workbook</source>
        <translation>cellule de date d’un classeur</translation>
    </message>
    <message>
        <source>ISO: 2026-12-31</source>
        <translation>ISO&#xa0;: 2026-12-31</translation>
    </message>
    <message>
        <source>dd</source>
        <translation>jj</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>yyyy</source>
        <translation>aaaa</translation>
    </message>
    <message>
        <source>&amp;Unknown day or month written</source>
        <translation>Jour ou mois &amp;inconnu écrit</translation>
    </message>
    <message>
        <source>Unknown day or month written</source>
        <translation>Jour ou mois inconnu écrit</translation>
    </message>
    <message>
        <source>Try earlier</source>
        <translation>Essayer plus tôt</translation>
    </message>
    <message>
        <source>Try later</source>
        <translation>Essayer plus tard</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>A form is written with dd, mm and yyyy, each once, and a mark between them.</source>
        <translation>Une forme s’écrit avec jj, mm et aaaa, chacun une fois, et une marque entre eux.</translation>
    </message>
</context>
<context>
    <name>DateQuestion</name>
    <message>
        <source>Nothing tells whether the day or the month comes first in {columns}. Which day is {example}?</source>
        <translation>Rien ne dit si le jour ou le mois vient d’abord dans {columns}. Quel jour est le {example}&#xa0;?</translation>
    </message>
    <message>
        <source>{date} (day first)</source>
        <translation>{date} (le jour d’abord)</translation>
    </message>
    <message>
        <source>{date} (month first)</source>
        <translation>{date} (le mois d’abord)</translation>
    </message>
</context>
<context>
    <name>DriftModel</name>
    <message>
        <source>Proposal</source>
        <translation>Proposition</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changement</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Colonne</translation>
    </message>
    <message>
        <source>Contract field</source>
        <translation>Champ du contrat</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>What was seen</source>
        <translation>Ce qui a été vu</translation>
    </message>
    <message>
        <source>new column</source>
        <translation>nouvelle colonne</translation>
    </message>
    <message>
        <source>column gone</source>
        <translation>colonne disparue</translation>
    </message>
    <message>
        <source>column renamed</source>
        <translation>colonne renommée</translation>
    </message>
    <message>
        <source>other codes</source>
        <translation>autres codes</translation>
    </message>
    <message>
        <source>written otherwise</source>
        <translation>autre écriture</translation>
    </message>
    <message>
        <source>whole file</source>
        <translation>tout le fichier</translation>
    </message>
    <message>
        <source>for you to decide</source>
        <translation>à vous de décider</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>acceptée</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>non acceptée</translation>
    </message>
</context>
<context>
    <name>DriftView</name>
    <message>
        <source>What changed since the recipe was made</source>
        <translation>Ce qui a changé depuis la recette</translation>
    </message>
    <message>
        <source>Accept &amp;every proposal</source>
        <translation>&amp;Tout accepter</translation>
    </message>
    <message>
        <source>Accept &amp;none</source>
        <translation>Ne &amp;rien accepter</translation>
    </message>
    <message>
        <source>Set this recipe aside</source>
        <translation>Mettre cette recette de côté</translation>
    </message>
    <message>
        <source>{kind}: {count}</source>
        <translation>{kind}&#xa0;: {count}</translation>
    </message>
    <message>
        <source>The file at hand differs from the one for which “{name}” was made</source>
        <translation>Ce fichier diffère de celui pour lequel «&#xa0;{name}&#xa0;» a été faite</translation>
    </message>
    <message>
        <source>The file has changed since its recipe was made</source>
        <translation>Le fichier a changé depuis sa recette</translation>
    </message>
    <message>
        <source>The file has changed since the recipe of {day}</source>
        <translation>Le fichier a changé depuis la recette du {day}</translation>
    </message>
    <message>
        <source>Nothing is changed unless you accept it. What you leave is settled on the page that follows.</source>
        <translation>Rien n’est changé sans votre accord. Ce que vous laissez se règle à la page suivante.</translation>
    </message>
    <message>
        <source>Go on to the mapping (Ctrl+Enter)</source>
        <translation>Passer à l’association (Ctrl+Entrée)</translation>
    </message>
    <message>
        <source>Map this file as the program guesses it, as if there were no recipe</source>
        <translation>Associer ce fichier comme le programme le devine, comme s’il n’y avait pas de recette</translation>
    </message>
    <message>
        <source>Enter or Space accepts the proposal of the line</source>
        <translation>Entrée ou Espace accepte la proposition de la ligne</translation>
    </message>
    <message numerus="yes">
        <source>Go on with %Ln accepted change(s)</source>
        <translation>
            <numerusform>Continuer avec %Ln changement accepté</numerusform>
            <numerusform>Continuer avec %Ln changements acceptés</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on without them</source>
        <translation>Continuer sans rien accepter</translation>
    </message>
    <message>
        <source>Values seen: {values}</source>
        <translation>Valeurs vues&#xa0;: {values}</translation>
    </message>
    <message>
        <source>The file alone cannot tell what to do: decide on the page that follows.</source>
        <translation>Le fichier seul ne dit pas que faire&#xa0;: décidez à la page suivante.</translation>
    </message>
    <message>
        <source>Proposal: {changes}</source>
        <translation>Proposition&#xa0;: {changes}</translation>
    </message>
    <message>
        <source>note that the column stays on this computer.</source>
        <translation>noter que la colonne reste sur cet ordinateur.</translation>
    </message>
    <message>
        <source>read the file in this way.</source>
        <translation>lire le fichier ainsi.</translation>
    </message>
</context>
<context>
    <name>FieldPanel</name>
    <message>
        <source>Your &amp;column</source>
        <translation>Votre &amp;colonne</translation>
    </message>
    <message>
        <source>&amp;Same value for all rows</source>
        <translation>&amp;Même valeur partout</translation>
    </message>
    <message>
        <source>Rows of the file, before and after</source>
        <translation>Lignes du fichier, avant et après</translation>
    </message>
    <message>
        <source>Con&amp;firm this column</source>
        <translation>Con&amp;firmer cette colonne</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
    <message numerus="yes">
        <source>Accept the %Ln suggestion(s)</source>
        <translation>
            <numerusform>Accepter la suggestion</numerusform>
            <numerusform>Accepter les %Ln suggestions</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirm this column</source>
        <translation>Confirmer cette colonne</translation>
    </message>
    <message>
        <source>Say that the program&apos;s guess for this field is right (Alt+F)</source>
        <translation>Dire que la proposition du programme pour ce champ est juste (Alt+F)</translation>
    </message>
    <message>
        <source>Give the value at hand the code that is suggested (Ctrl+Space)</source>
        <translation>Donner à la valeur choisie le code suggéré (Ctrl+Espace)</translation>
    </message>
    <message>
        <source>Give every value the code that is suggested (Ctrl+Shift+Space)</source>
        <translation>Donner à chaque valeur le code suggéré (Ctrl+Maj+Espace)</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Valeurs</translation>
    </message>
    <message>
        <source>Rows, before and after</source>
        <translation>Lignes, avant et après</translation>
    </message>
    <message>
        <source>What the column becomes</source>
        <translation>Ce que devient la colonne</translation>
    </message>
    <message>
        <source>Values of this column</source>
        <translation>Valeurs de cette colonne</translation>
    </message>
    <message>
        <source>no column</source>
        <translation>aucune colonne</translation>
    </message>
    <message>
        <source>{column} (not in the file)</source>
        <translation>{column} (absente du fichier)</translation>
    </message>
    <message>
        <source>Required.</source>
        <translation>Obligatoire.</translation>
    </message>
    <message>
        <source>Optional.</source>
        <translation>Facultatif.</translation>
    </message>
    <message>
        <source>Required in some cases.</source>
        <translation>Obligatoire dans certains cas.</translation>
    </message>
    <message>
        <source>Leaves as a pseudonym of your site.</source>
        <translation>Part sous un pseudonyme propre à votre site.</translation>
    </message>
    <message>
        <source>Never leaves: only irreversible linkage tokens do.</source>
        <translation>Ne part jamais&#xa0;: seuls partent des jetons d’appariement irréversibles.</translation>
    </message>
    <message>
        <source>Leaves as linkage tokens, and as month and year.</source>
        <translation>Part en jetons d’appariement, et en mois et année.</translation>
    </message>
    <message>
        <source>Leaves as it is.</source>
        <translation>Part tel quel.</translation>
    </message>
    <message>
        <source>Never leaves this computer.</source>
        <translation>Ne quitte jamais cet ordinateur.</translation>
    </message>
    <message>
        <source>Why this column: {evidence}</source>
        <translation>Pourquoi cette colonne&#xa0;: {evidence}</translation>
    </message>
    <message>
        <source>Rows filled: {filled}, changed: {changed}.</source>
        <translation>Lignes remplies&#xa0;: {filled}, changées&#xa0;: {changed}.</translation>
    </message>
    <message>
        <source>Without a match: {rows} rows, {values} different values.</source>
        <translation>Sans correspondance&#xa0;: lignes {rows}, valeurs distinctes {values}.</translation>
    </message>
    <message>
        <source>The contract knows every value.</source>
        <translation>Le contrat connaît toutes les valeurs.</translation>
    </message>
    <message>
        <source>Not all values are listed: those without a match come first.</source>
        <translation>Toutes les valeurs ne sont pas montrées&#xa0;: celles sans correspondance viennent d’abord.</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>sans correspondance</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>changée</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>inchangée</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
</context>
<context>
    <name>FieldsPane</name>
    <message>
        <source>Contract fields</source>
        <translation>Champs du contrat</translation>
    </message>
    <message>
        <source>Contract fields (* required)</source>
        <translation>Champs du contrat (* obligatoire)</translation>
    </message>
    <message>
        <source>Which fields are shown</source>
        <translation>Champs montrés</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tous</translation>
    </message>
    <message>
        <source>to look at</source>
        <translation>à regarder</translation>
    </message>
    <message>
        <source>required</source>
        <translation>obligatoires</translation>
    </message>
    <message>
        <source>required and missing</source>
        <translation>obligatoires et manquants</translation>
    </message>
    <message>
        <source>without a column</source>
        <translation>sans colonne</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln column(s)</source>
        <translation>
            <numerusform>%Ln colonne</numerusform>
            <numerusform>%Ln colonnes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln blank row(s)</source>
        <translation>
            <numerusform>%Ln ligne vide</numerusform>
            <numerusform>%Ln lignes vides</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) kept aside</source>
        <translation>
            <numerusform>%Ln ligne de côté</numerusform>
            <numerusform>%Ln lignes de côté</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln duplicate row(s)</source>
        <translation>
            <numerusform>%Ln doublon</numerusform>
            <numerusform>%Ln doublons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilesAtHand</name>
    <message>
        <source>Looking at the file</source>
        <translation>Examen du fichier</translation>
    </message>
</context>
<context>
    <name>GuessChips</name>
    <message>
        <source>Chosen by you: the contract that the rows are checked against, {contract}.</source>
        <translation>Choisi par vous&#xa0;: le contrat auquel les lignes sont confrontées, {contract}.</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Contenu</translation>
    </message>
    <message>
        <source>tumours, national registry</source>
        <translation>tumeurs, registre national</translation>
    </message>
    <message>
        <source>notifications of a hospital, national registry</source>
        <translation>notifications d’un établissement, registre national</translation>
    </message>
    <message>
        <source>incidence, European call</source>
        <translation>incidence, appel européen</translation>
    </message>
    <message>
        <source>mortality, European call</source>
        <translation>mortalité, appel européen</translation>
    </message>
    <message>
        <source>population, European call</source>
        <translation>population, appel européen</translation>
    </message>
    <message>
        <source>life tables, European call</source>
        <translation>tables de mortalité, appel européen</translation>
    </message>
    <message>
        <source>Record layout</source>
        <translation>Dessin d’enregistrement</translation>
    </message>
    <message>
        <source>Layouts (*.csv);;All files (*)</source>
        <translation>Dessins (*.csv);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>Un autre fichier…</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Sure.</source>
        <translation>Sûr.</translation>
    </message>
    <message>
        <source>Likely.</source>
        <translation>Probable.</translation>
    </message>
    <message>
        <source>Please check.</source>
        <translation>À vérifier.</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Encodage</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>Séparateur</translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation>Guillemets</translation>
    </message>
    <message>
        <source>Header row</source>
        <translation>Ligne d’en-tête</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Feuille</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Dessin</translation>
    </message>
    <message>
        <source>File in the archive</source>
        <translation>Fichier de l’archive</translation>
    </message>
    <message>
        <source>Read along with</source>
        <translation>Lu avec</translation>
    </message>
    <message>
        <source>Names of the patients</source>
        <translation>Noms des patients</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Dates</translation>
    </message>
    <message>
        <source>Decimal mark</source>
        <translation>Décimales</translation>
    </message>
    <message>
        <source>Thousands mark</source>
        <translation>Milliers</translation>
    </message>
    <message>
        <source>File shown</source>
        <translation>Fichier montré</translation>
    </message>
    <message>
        <source>to be decided</source>
        <translation>à préciser</translation>
    </message>
    <message>
        <source>none: choose…</source>
        <translation>aucun&#xa0;: choisir…</translation>
    </message>
    <message>
        <source>semicolon ;</source>
        <translation>point-virgule&#xa0;;</translation>
    </message>
    <message>
        <source>comma ,</source>
        <translation>virgule ,</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>tabulation</translation>
    </message>
    <message>
        <source>vertical bar |</source>
        <translation>barre verticale |</translation>
    </message>
    <message>
        <source>double quotes &quot;</source>
        <translation>doubles &quot;</translation>
    </message>
    <message>
        <source>single quotes &apos;</source>
        <translation>simples &apos;</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>point .</source>
        <translation>point .</translation>
    </message>
    <message>
        <source>space</source>
        <translation>espace</translation>
    </message>
    <message>
        <source>day/month/year</source>
        <translation>jour/mois/année</translation>
    </message>
    <message>
        <source>month/day/year</source>
        <translation>mois/jour/année</translation>
    </message>
    <message>
        <source>separated text</source>
        <translation>texte délimité</translation>
    </message>
    <message>
        <source>fixed width</source>
        <translation>largeur fixe</translation>
    </message>
    <message>
        <source>PMSI, acute care</source>
        <translation>PMSI, MCO</translation>
    </message>
    <message>
        <source>Excel workbook</source>
        <translation>classeur Excel</translation>
    </message>
    <message>
        <source>old Excel workbook</source>
        <translation>ancien classeur Excel</translation>
    </message>
    <message>
        <source>OpenDocument workbook</source>
        <translation>classeur OpenDocument</translation>
    </message>
    <message>
        <source>table of a Web page</source>
        <translation>tableau d’une page Web</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>History of the recipe</source>
        <translation>Historique de la recette</translation>
    </message>
    <message>
        <source>Versions of the recipe, newest first</source>
        <translation>Versions de la recette, la plus récente d’abord</translation>
    </message>
    <message>
        <source>Take this version back</source>
        <translation>Reprendre cette version</translation>
    </message>
    <message>
        <source>A version is kept at each check that changed the recipe. Taking one back adds a version: nothing is lost.</source>
        <translation>Une version est conservée à chaque contrôle qui a changé la recette. En reprendre une ajoute une version&#xa0;: rien n’est perdu.</translation>
    </message>
    <message>
        <source>What this version does otherwise than the recipe on the screen</source>
        <translation>Ce que cette version fait autrement que la recette à l’écran</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Conservée</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Par</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>en service</translation>
    </message>
    <message>
        <source>version {number} taken back</source>
        <translation>reprise de la version {number}</translation>
    </message>
    <message>
        <source>made from the recipe of another shape of file</source>
        <translation>faite à partir de la recette d’une autre forme de fichier</translation>
    </message>
    <message>
        <source>No version yet: the recipe is kept at the first check.</source>
        <translation>Aucune version&#xa0;: la recette est conservée au premier contrôle.</translation>
    </message>
    <message>
        <source>Nothing: it is the recipe on the screen.</source>
        <translation>Rien&#xa0;: c’est la recette à l’écran.</translation>
    </message>
</context>
<context>
    <name>KeepCard</name>
    <message>
        <source>Show the folder</source>
        <translation>Montrer le dossier</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Sauvegarder…</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Restaurer…</translation>
    </message>
    <message>
        <source>Destroy identities…</source>
        <translation>Détruire les identités…</translation>
    </message>
    <message>
        <source>Forget the recent files</source>
        <translation>Oublier les fichiers récents</translation>
    </message>
    <message>
        <source>Empty the list on the page Load; the files themselves stay</source>
        <translation>Vider la liste de la page Charger&#xa0;; les fichiers eux-mêmes restent</translation>
    </message>
    <message>
        <source>Passphrase to unlock…</source>
        <translation>Phrase de déverrouillage…</translation>
    </message>
    <message>
        <source>Change the passphrase…</source>
        <translation>Changer la phrase secrète…</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message numerus="yes">
        <source>%Ln batch(es) older than that</source>
        <translation>
            <numerusform>%Ln lot plus ancien</numerusform>
            <numerusform>%Ln lots plus anciens</numerusform>
        </translation>
    </message>
    <message>
        <source>No batch is older</source>
        <translation>Aucun lot plus ancien</translation>
    </message>
    <message>
        <source>What is kept on this computer</source>
        <translation>Ce qui est conservé sur ce poste</translation>
    </message>
    <message>
        <source>Workspace, encrypted</source>
        <translation>Dossier de travail, chiffré</translation>
    </message>
    <message>
        <source>List of files</source>
        <translation>Liste des fichiers</translation>
    </message>
    <message>
        <source>Last good copy, on this disk</source>
        <translation>Dernière copie saine, sur ce disque</translation>
    </message>
    <message>
        <source>Last backup, elsewhere</source>
        <translation>Dernière sauvegarde, ailleurs</translation>
    </message>
    <message>
        <source>&amp;Keep identities</source>
        <translation>&amp;Garder les identités</translation>
    </message>
    <message>
        <source>Loc&amp;k the window</source>
        <translation>&amp;Verrouiller la fenêtre</translation>
    </message>
    <message>
        <source>Batches, corrections, receipts and recipes stay here. Identities are only destroyed once you agree; receipts never are.</source>
        <translation>Lots, corrections, reçus et recettes restent ici. Les identités ne sont détruites qu’avec votre accord&#xa0;; les reçus ne le sont jamais.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln year(s)</source>
        <translation>
            <numerusform>%Ln an</numerusform>
            <numerusform>%Ln ans</numerusform>
        </translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Toujours</translation>
    </message>
    <message numerus="yes">
        <source>After %Ln minute(s) without use</source>
        <translation>
            <numerusform>Après %Ln minute sans activité</numerusform>
            <numerusform>Après %Ln minutes sans activité</numerusform>
        </translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>Backups of Navette (*{suffix})</source>
        <translation>Sauvegardes de Navette (*{suffix})</translation>
    </message>
    <message>
        <source>Back up the workspace</source>
        <translation>Sauvegarder le dossier de travail</translation>
    </message>
    <message>
        <source>This passphrase opens the backup, on this computer or another one. Write it down in a safe place: without it nobody can read the backup.</source>
        <translation>Cette phrase secrète ouvre la sauvegarde, sur ce poste ou sur un autre. Notez-la en lieu sûr&#xa0;: sans elle, personne ne peut relire la sauvegarde.</translation>
    </message>
    <message>
        <source>Passphrase of the backup</source>
        <translation>Phrase secrète de la sauvegarde</translation>
    </message>
    <message>
        <source>Backing up</source>
        <translation>Sauvegarde</translation>
    </message>
    <message>
        <source>Backup written: {file}</source>
        <translation>Sauvegarde écrite&#xa0;: {file}</translation>
    </message>
    <message>
        <source>Destroying identities</source>
        <translation>Destruction des identités</translation>
    </message>
    <message>
        <source>When the window has locked itself, this passphrase shows it again. Leave it empty to unlock with a click; the session of this computer then protects you.</source>
        <translation>Quand la fenêtre s’est verrouillée, cette phrase la montre de nouveau. Laissez-la vide pour déverrouiller d’un clic&#xa0;; c’est alors la session de l’ordinateur qui vous protège.</translation>
    </message>
    <message>
        <source>Passphrase to unlock</source>
        <translation>Phrase de déverrouillage</translation>
    </message>
    <message>
        <source>Keeping the passphrase</source>
        <translation>Enregistrement de la phrase</translation>
    </message>
    <message>
        <source>This workspace opens with a passphrase, which also unlocks the window. Copies and backups made before keep the one they have.</source>
        <translation>Ce dossier de travail s’ouvre avec une phrase secrète, qui déverrouille aussi la fenêtre. Les copies et sauvegardes faites avant gardent la leur.</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>Changer la phrase secrète</translation>
    </message>
    <message>
        <source>Changing the passphrase</source>
        <translation>Changement de la phrase secrète</translation>
    </message>
    <message>
        <source>Done. This workspace opens with the new passphrase, and no longer with the old one.</source>
        <translation>C’est fait. Ce dossier de travail s’ouvre avec la nouvelle phrase secrète, et plus avec l’ancienne.</translation>
    </message>
    <message>
        <source>Kept. It is asked for when the window has locked itself.</source>
        <translation>C’est enregistré, et valable dès le prochain verrouillage.</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>Restaurer une sauvegarde</translation>
    </message>
    <message>
        <source>The workspace of the backup takes the place of the one in this folder, which is put aside and not deleted. Give the passphrase chosen when the backup was made.</source>
        <translation>Le dossier de travail de la sauvegarde prend la place de celui qui est ici, qui est mis de côté sans être effacé. Donnez la phrase secrète choisie le jour de la sauvegarde.</translation>
    </message>
</context>
<context>
    <name>Keeper</name>
    <message>
        <source>Copying the workspace</source>
        <translation>Copie du dossier de travail</translation>
    </message>
    <message>
        <source>Unlocking</source>
        <translation>Déverrouillage</translation>
    </message>
</context>
<context>
    <name>LoadPage</name>
    <message>
        <source>Load</source>
        <translation>Charger</translation>
    </message>
    <message>
        <source>Open an extract. The program shows how it reads the file; change a guess that is wrong.</source>
        <translation>Ouvrez un extrait. Le programme montre comment il lit le fichier&#xa0;; changez ce qu’il aurait mal deviné.</translation>
    </message>
    <message>
        <source>Extracts (*.csv *.tsv *.txt *.dat *.xlsx *.xlsm *.xls *.ods *.html *.htm *.parquet *.sas7bdat *.xpt *.sav *.zsav *.por *.dta *.gz *.zip);;All files (*)</source>
        <translation>Extraits (*.csv *.tsv *.txt *.dat *.xlsx *.xlsm *.xls *.ods *.html *.htm *.parquet *.sas7bdat *.xpt *.sav *.zsav *.por *.dta *.gz *.zip);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Open an extract</source>
        <translation>Ouvrir un extrait</translation>
    </message>
    <message>
        <source>Drop an extract here</source>
        <translation>Déposez un extrait ici</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Ouvrir un fichier…</translation>
    </message>
    <message>
        <source>Open a file (Ctrl+O)</source>
        <translation>Ouvrir un fichier (Ctrl+O)</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>Fichiers récents</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>Choisir un autre fichier</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Go on to Map</source>
        <translation>Passer à l’association</translation>
    </message>
    <message>
        <source>CSV, workbook, fixed width, PMSI, SAS, SPSS, Stata or Parquet, zipped or not; several files of one shape make one batch. Your file is read, never changed, and stays on this computer.</source>
        <translation>CSV, classeur, largeur fixe, PMSI, SAS, SPSS, Stata ou Parquet, compressés ou non&#xa0;; plusieurs fichiers de même forme font un seul lot. Votre fichier est lu, jamais modifié, et reste sur ce poste.</translation>
    </message>
    <message>
        <source>Read the whole file and map its columns (Ctrl+Enter)</source>
        <translation>Lire tout le fichier et associer ses colonnes (Ctrl+Entrée)</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Fichiers CSV (*.csv)</translation>
    </message>
    <message>
        <source>Save the rows kept aside</source>
        <translation>Enregistrer les lignes de côté</translation>
    </message>
    <message>
        <source>Saving the rows kept aside</source>
        <translation>Enregistrement des lignes de côté</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) saved.</source>
        <translation>
            <numerusform>%Ln ligne enregistrée.</numerusform>
            <numerusform>%Ln lignes enregistrées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>et %Ln autre</numerusform>
            <numerusform>et %Ln autres</numerusform>
        </translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>Ouvrir {name}</translation>
    </message>
    <message>
        <source>These are the first rows; the whole file is read when you continue.</source>
        <translation>Voici les premières lignes&#xa0;; le fichier entier sera lu quand vous continuerez.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln column(s)</source>
        <translation>
            <numerusform>%Ln colonne</numerusform>
            <numerusform>%Ln colonnes</numerusform>
        </translation>
    </message>
    <message>
        <source>Answer the question about the dates to go on.</source>
        <translation>Répondez à la question sur les dates pour continuer.</translation>
    </message>
    <message>
        <source>The whole file was read.</source>
        <translation>Le fichier entier a été lu.</translation>
    </message>
    <message numerus="yes">
        <source>one of %Ln file(s), {size} in all</source>
        <translation>
            <numerusform>le seul fichier, {size}</numerusform>
            <numerusform>un des %Ln fichiers, {size} en tout</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) in this one</source>
        <translation>
            <numerusform>%Ln ligne dans celui-ci</numerusform>
            <numerusform>%Ln lignes dans celui-ci</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>Passphrase</source>
        <translation>Phrase secrète</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Déverrouiller</translation>
    </message>
    <message>
        <source>Show it again</source>
        <translation>Afficher de nouveau</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Verrouillé</translation>
    </message>
    <message>
        <source>Nobody used Navette for a while: what it shows is hidden. All your work is saved.</source>
        <translation>Navette n’a pas servi depuis un moment&#xa0;: ce qu’il montre est caché. Tout votre travail est enregistré.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>What this page is for (F1)</source>
        <translation>À quoi sert cette page (F1)</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>Lots</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
</context>
<context>
    <name>MapModel</name>
    <message>
        <source>Contract field</source>
        <translation>Champ du contrat</translation>
    </message>
    <message>
        <source>Your column</source>
        <translation>Votre colonne</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confiance</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Exemples</translation>
    </message>
    <message>
        <source>no column</source>
        <translation>aucune colonne</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) without a match</source>
        <translation>
            <numerusform>%Ln à recoder</numerusform>
            <numerusform>%Ln à recoder</numerusform>
        </translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>choisi</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>sûr</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>probable</translation>
    </message>
    <message>
        <source>to choose</source>
        <translation>à choisir</translation>
    </message>
    <message>
        <source>column not in the file</source>
        <translation>colonne absente</translation>
    </message>
    <message>
        <source>same for all rows</source>
        <translation>même valeur partout</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>facultatif</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Map</source>
        <translation>Associer</translation>
    </message>
    <message>
        <source>Say which of your columns fills which field of the contract. The choice is kept for next month.</source>
        <translation>Dites quelle colonne remplit quel champ du contrat. Le choix est conservé pour le mois prochain.</translation>
    </message>
    <message>
        <source>No columns yet</source>
        <translation>Pas encore de colonnes</translation>
    </message>
    <message>
        <source>Load a file: its columns are mapped here to the fields of the contract.</source>
        <translation>Chargez un fichier&#xa0;: ses colonnes s’associent ici aux champs du contrat.</translation>
    </message>
    <message>
        <source>The recipe “{name}” fits this file.</source>
        <translation>La recette «&#xa0;{name}&#xa0;» convient à ce fichier.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) of the recipe accepted.</source>
        <translation>
            <numerusform>%Ln changement de la recette accepté.</numerusform>
            <numerusform>%Ln changements de la recette acceptés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Recipes (*.json);;All files (*)</source>
        <translation>Recettes (*.json);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Import a recipe</source>
        <translation>Importer une recette</translation>
    </message>
    <message>
        <source>Export the recipe</source>
        <translation>Exporter la recette</translation>
    </message>
</context>
<context>
    <name>MarkRow</name>
    <message>
        <source>Mark between the items</source>
        <translation>Marque entre les éléments</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>Fermer le message</translation>
    </message>
</context>
<context>
    <name>NamesRow</name>
    <message>
        <source>Mark between the parts</source>
        <translation>Marque entre les parties</translation>
    </message>
    <message>
        <source>One more</source>
        <translation>Une partie de plus</translation>
    </message>
    <message>
        <source>Part {number}</source>
        <translation>Partie {number}</translation>
    </message>
    <message>
        <source>take this part away</source>
        <translation>retirer cette partie</translation>
    </message>
</context>
<context>
    <name>PadRow</name>
    <message>
        <source>Number of digits</source>
        <translation>Nombre de chiffres</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>The passphrase of today</source>
        <translation>Phrase secrète actuelle</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Phrase secrète</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Nouvelle phrase secrète</translation>
    </message>
    <message>
        <source>The same passphrase again</source>
        <translation>La même phrase, encore une fois</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The two passphrases differ. Type the same one twice.</source>
        <translation>Les deux phrases diffèrent. Tapez deux fois la même.</translation>
    </message>
    <message numerus="yes">
        <source>At least %Ln character(s), please.</source>
        <translation>
            <numerusform>Il faut au moins %Ln caractère.</numerusform>
            <numerusform>Il faut au moins %Ln caractères.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message>
        <source>Progress</source>
        <translation>Avancement</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Stop this work; nothing that was saved is lost</source>
        <translation>Arrêter ce travail&#xa0;; rien de ce qui est enregistré n’est perdu</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message numerus="yes">
        <source>Nothing has come from the file for %Ln second(s): a slow share or drive? Wait, or cancel and copy it to this computer.</source>
        <translation>
            <numerusform>Rien ne vient du fichier depuis %Ln seconde&#xa0;: un partage ou un disque lent&#xa0;? Attendez, ou annulez et copiez-le sur ce poste.</numerusform>
            <numerusform>Rien ne vient du fichier depuis %Ln secondes&#xa0;: un partage ou un disque lent&#xa0;? Attendez, ou annulez et copiez-le sur ce poste.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln second(s) left</source>
        <translation>
            <numerusform>encore %Ln seconde environ</numerusform>
            <numerusform>encore %Ln secondes environ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s) left</source>
        <translation>
            <numerusform>encore %Ln minute environ</numerusform>
            <numerusform>encore %Ln minutes environ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PurgeDialog</name>
    <message>
        <source>Destroy old identities</source>
        <translation>Détruire les identités anciennes</translation>
    </message>
    <message numerus="yes">
        <source>The identities of %Ln batch(es) will be destroyed on this computer: names, values before and after each correction, notes, and which row was which record.</source>
        <translation>
            <numerusform>Les identités de %Ln lot seront détruites sur ce poste&#xa0;: noms, valeurs avant et après chaque correction, notes, et quelle ligne était quel enregistrement.</numerusform>
            <numerusform>Les identités de %Ln lots seront détruites sur ce poste&#xa0;: noms, valeurs avant et après chaque correction, notes, et quelle ligne était quel enregistrement.</numerusform>
        </translation>
    </message>
    <message>
        <source>Batches whose identities will be destroyed</source>
        <translation>Lots dont les identités seront détruites</translation>
    </message>
    <message>
        <source>Receipts and confirmations stay. This cannot be undone, and these batches cannot be opened again. Backups made before are not reached: destroy them too.</source>
        <translation>Les reçus et les confirmations restent. C’est irréversible, et ces lots ne pourront plus être rouverts. Les sauvegardes déjà faites ne sont pas touchées&#xa0;: détruisez-les aussi.</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Les garder</translation>
    </message>
    <message>
        <source>Destroy for ever</source>
        <translation>Détruire pour toujours</translation>
    </message>
</context>
<context>
    <name>ReadingBanner</name>
    <message>
        <source>Try to open it for writing</source>
        <translation>Essayer d’ouvrir en écriture</translation>
    </message>
    <message>
        <source>Open for reading only: nothing can be changed here.</source>
        <translation>Ouvert en lecture seule&#xa0;: rien ne peut être modifié ici.</translation>
    </message>
    <message>
        <source>You see its state of {moment}.</source>
        <translation>Vous voyez son état du {moment}.</translation>
    </message>
</context>
<context>
    <name>RecipeMenu</name>
    <message>
        <source>&amp;Recipe</source>
        <translation>&amp;Recette</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Recette</translation>
    </message>
    <message>
        <source>History, import and export of the recipe</source>
        <translation>Historique, import et export de la recette</translation>
    </message>
    <message>
        <source>Take the last change back</source>
        <translation>Annuler le dernier changement</translation>
    </message>
    <message>
        <source>Make it again</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>What changed since the recipe was made…</source>
        <translation>Ce qui a changé depuis la recette…</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>Historique…</translation>
    </message>
    <message>
        <source>Start again from the program&apos;s proposal</source>
        <translation>Repartir de la proposition du programme</translation>
    </message>
    <message>
        <source>Import a recipe…</source>
        <translation>Importer une recette…</translation>
    </message>
    <message>
        <source>Export the recipe…</source>
        <translation>Exporter la recette…</translation>
    </message>
</context>
<context>
    <name>RecipeRoom</name>
    <message>
        <source>Comparing with the recipe</source>
        <translation>Comparaison avec la recette</translation>
    </message>
    <message>
        <source>Reading the recipe</source>
        <translation>Lecture de la recette</translation>
    </message>
    <message>
        <source>Writing the recipe</source>
        <translation>Écriture de la recette</translation>
    </message>
    <message>
        <source>The recipe was written.</source>
        <translation>La recette a été écrite.</translation>
    </message>
</context>
<context>
    <name>RowsView</name>
    <message>
        <source>Which rows are shown</source>
        <translation>Lignes montrées</translation>
    </message>
    <message>
        <source>Show how dates and numbers are read</source>
        <translation>Montrer comment se lisent les dates et les nombres</translation>
    </message>
    <message>
        <source>Rows of the file</source>
        <translation>Lignes du fichier</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>Premières lignes</translation>
    </message>
    <message>
        <source>Rows that look odd: {n}</source>
        <translation>Lignes remarquables&#xa0;: {n}</translation>
    </message>
    <message>
        <source>Kept aside: {n}</source>
        <translation>De côté&#xa0;: {n}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) of one kind</source>
        <translation>
            <numerusform>%Ln ligne de ce genre</numerusform>
            <numerusform>%Ln lignes de ce genre</numerusform>
        </translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln row(s)</source>
        <translation>
            <numerusform>La première ligne</numerusform>
            <numerusform>Les %Ln premières lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Cellules</translation>
    </message>
    <message>
        <source>beyond the header</source>
        <translation>au-delà de l’en-tête</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message numerus="yes">
        <source>Still to be corrected or confirmed: %Ln finding(s).</source>
        <translation>
            <numerusform>Reste %Ln constat à corriger ou à confirmer.</numerusform>
            <numerusform>Restent %Ln constats à corriger ou à confirmer.</numerusform>
        </translation>
    </message>
    <message>
        <source>Enrolling with the registry</source>
        <translation>Enrôlement auprès du registre</translation>
    </message>
    <message>
        <source>Reading the contract</source>
        <translation>Lecture du contrat</translation>
    </message>
    <message>
        <source>Stays of the PMSI: they are read as notifications of a hospital.</source>
        <translation>Séjours du PMSI&#xa0;: ils se lisent comme des notifications d’un établissement.</translation>
    </message>
    <message>
        <source>Reading the rules of the site</source>
        <translation>Lecture des règles du site</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rule(s) of the site: checked from the next check on.</source>
        <translation>
            <numerusform>%Ln règle du site&#xa0;: vérifiée dès la prochaine vérification.</numerusform>
            <numerusform>%Ln règles du site&#xa0;: vérifiées dès la prochaine vérification.</numerusform>
        </translation>
    </message>
    <message>
        <source>From the next check on, only the rules of the contract are checked.</source>
        <translation>Dès la prochaine vérification, seules les règles du contrat sont vérifiées.</translation>
    </message>
    <message>
        <source>Looking at the folder</source>
        <translation>Examen du dossier</translation>
    </message>
    <message>
        <source>No folder is watched any more.</source>
        <translation>Plus aucun dossier n’est surveillé.</translation>
    </message>
    <message>
        <source>New files in “{folder}” will be proposed here.</source>
        <translation>Les nouveaux fichiers de «&#xa0;{folder}&#xa0;» seront proposés ici.</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Lecture du fichier</translation>
    </message>
    <message>
        <source>Batch of {month}</source>
        <translation>Lot de {month}</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Vérification</translation>
    </message>
    <message>
        <source>Opening the batch</source>
        <translation>Ouverture du lot</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Language, colours, who works here, and the enrolment with the registry. Kept at once.</source>
        <translation>Langue, couleurs, qui travaille ici, et l’enrôlement auprès du registre. Tout est conservé aussitôt.</translation>
    </message>
    <message>
        <source>This program</source>
        <translation>Ce programme</translation>
    </message>
    <message>
        <source>Written beside each correction</source>
        <translation>Inscrit à côté de chaque correction</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Couleurs</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
        <translation>Votre &amp;nom</translation>
    </message>
    <message>
        <source>Watched folder</source>
        <translation>Dossier surveillé</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Choisir un dossier…</translation>
    </message>
    <message>
        <source>Choose the folder in which exports arrive</source>
        <translation>Choisir le dossier où arrivent les exports</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Ne plus surveiller</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>A file that arrives there is proposed on the pages Batches and Load; nothing is opened without you, and nothing in the folder is changed.</source>
        <translation>Un fichier qui y arrive est proposé aux pages Lots et Charger&#xa0;; rien ne s’ouvre sans vous, et rien n’est modifié dans le dossier.</translation>
    </message>
    <message>
        <source>Rules of the site</source>
        <translation>Règles du site</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Choisir un fichier…</translation>
    </message>
    <message>
        <source>Choose the file of the rules of the site</source>
        <translation>Choisir le fichier des règles du site</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Check the rules of the contract alone</source>
        <translation>Ne vérifier que les règles du contrat</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Your own checks, beside those of the contract. They stay on this computer, and stop a batch only where the file says so.</source>
        <translation>Vos propres contrôles, en plus de ceux du contrat. Ils restent sur ce poste et n’arrêtent un lot que si le fichier le demande.</translation>
    </message>
    <message>
        <source>Enrolment with the registry</source>
        <translation>Enrôlement auprès du registre</translation>
    </message>
    <message>
        <source>Import an enrolment file…</source>
        <translation>Importer un fichier d’enrôlement…</translation>
    </message>
    <message>
        <source>The file the registry gave you; its code can be used once.</source>
        <translation>Le fichier que le registre vous a remis&#xa0;; son code ne sert qu’une fois.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Clés</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Rules (*.yaml *.yml);;All files (*)</source>
        <translation>Règles (*.yaml *.yml);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Import an enrolment file</source>
        <translation>Importer un fichier d’enrôlement</translation>
    </message>
    <message>
        <source>Enrolment files (*.json);;All files (*)</source>
        <translation>Fichiers d’enrôlement (*.json);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Not enrolled yet: batches can be checked, not sent.</source>
        <translation>Pas encore enrôlé&#xa0;: les lots peuvent être vérifiés, pas envoyés.</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Aucune clé</translation>
    </message>
    <message>
        <source>{name} (FINESS {finess}), with {registry}</source>
        <translation>{name} (FINESS {finess}), auprès de {registry}</translation>
    </message>
    <message>
        <source>{key}, valid until {day}</source>
        <translation>{key}, valable jusqu’au {day}</translation>
    </message>
</context>
<context>
    <name>SeverityBadge</name>
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
        <source>Done</source>
        <translation>Fait</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>Restoring the backup</source>
        <translation>Restauration de la sauvegarde</translation>
    </message>
    <message>
        <source>Something is still under way. Try again when it has ended.</source>
        <translation>Un travail est encore en cours. Réessayez quand il sera terminé.</translation>
    </message>
</context>
<context>
    <name>StationButton</name>
    <message>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fait</translation>
    </message>
    <message numerus="yes">
        <source>%Ln answer(s) not looked at yet</source>
        <translation>
            <numerusform>%Ln retour pas encore lu</numerusform>
            <numerusform>%Ln retours pas encore lus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) to correct or confirm</source>
        <translation>
            <numerusform>%Ln constat à corriger ou à confirmer</numerusform>
            <numerusform>%Ln constats à corriger ou à confirmer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Stations</name>
    <message>
        <source>Load</source>
        <translation>Charger</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Associer</translation>
    </message>
    <message>
        <source>Load a file first: its columns are mapped here.</source>
        <translation>Chargez d’abord un fichier&#xa0;: ses colonnes s’associent ici.</translation>
    </message>
    <message>
        <source>Say first, on the page Load, whether the day or the month comes first.</source>
        <translation>Dites d’abord, à la page Charger, si le jour ou le mois vient en premier.</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>Corriger</translation>
    </message>
    <message>
        <source>Map the columns first: the findings come from the check.</source>
        <translation>Associez d’abord les colonnes&#xa0;: les constats viennent de la vérification.</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Check a batch first: only a checked batch can leave.</source>
        <translation>Vérifiez d’abord un lot&#xa0;: seul un lot vérifié peut partir.</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>Retours</translation>
    </message>
    <message>
        <source>The registry answers after a batch was sent.</source>
        <translation>Le registre répond après l’envoi d’un lot.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualité</translation>
    </message>
    <message>
        <source>The figures are drawn from a checked batch.</source>
        <translation>Les indicateurs se calculent sur un lot vérifié.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) to settle</source>
        <translation>
            <numerusform>%Ln constat à régler</numerusform>
            <numerusform>%Ln constats à régler</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing left to settle</source>
        <translation>plus rien à régler</translation>
    </message>
    <message>
        <source>No batch open</source>
        <translation>Aucun lot ouvert</translation>
    </message>
    <message>
        <source>The registry does not answer</source>
        <translation>Le registre ne répond pas</translation>
    </message>
    <message>
        <source>Registry not asked yet</source>
        <translation>Registre pas encore joint</translation>
    </message>
    <message>
        <source>Registry reached, {time}</source>
        <translation>Registre joint, {time}</translation>
    </message>
    <message>
        <source>Key {key} verified</source>
        <translation>Clé {key} vérifiée</translation>
    </message>
    <message>
        <source>No key: not enrolled yet</source>
        <translation>Aucune clé&#xa0;: pas encore enrôlé</translation>
    </message>
    <message>
        <source>Nothing to save yet</source>
        <translation>Rien à enregistrer</translation>
    </message>
    <message>
        <source>Everything saved at {time}</source>
        <translation>Tout est enregistré, {time}</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>&amp;Add a step</source>
        <translation>&amp;Ajouter une étape</translation>
    </message>
    <message>
        <source>Add a step</source>
        <translation>Ajouter une étape</translation>
    </message>
    <message>
        <source>Steps, in the order in which they are done</source>
        <translation>Étapes, dans l’ordre</translation>
    </message>
    <message numerus="yes">
        <source>changes %Ln row(s)</source>
        <translation>
            <numerusform>change %Ln ligne</numerusform>
            <numerusform>change %Ln lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>Join several columns</source>
        <translation>Joindre plusieurs colonnes</translation>
    </message>
    <message>
        <source>Split the cell over several fields</source>
        <translation>Répartir la cellule sur plusieurs champs</translation>
    </message>
    <message>
        <source>Recode local values</source>
        <translation>Recoder les valeurs locales</translation>
    </message>
    <message>
        <source>Decimal comma: 3,2 becomes 3.2</source>
        <translation>Virgule décimale&#xa0;: 3,2 devient 3.2</translation>
    </message>
    <message>
        <source>Codes written as numbers: 1,0 becomes 1</source>
        <translation>Codes écrits comme des nombres&#xa0;: 1,0 devient 1</translation>
    </message>
    <message>
        <source>Leading zeros of codes kept as numbers</source>
        <translation>Zéros de tête des codes gardés comme nombres</translation>
    </message>
    <message>
        <source>Lists: this mark becomes a plus sign</source>
        <translation>Listes&#xa0;: cette marque devient un signe plus</translation>
    </message>
    <message>
        <source>Forms of date, tried in order</source>
        <translation>Formes de date, essayées dans l’ordre</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>Take this step away: {step}</source>
        <translation>Retirer cette étape&#xa0;: {step}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln local value(s) have a code</source>
        <translation>
            <numerusform>%Ln valeur locale a un code</numerusform>
            <numerusform>%Ln valeurs locales ont un code</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>What was found in the file</source>
        <translation>Ce qui a été trouvé dans le fichier</translation>
    </message>
    <message>
        <source>Nothing looks odd.</source>
        <translation>Rien de remarquable.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Voir</translation>
    </message>
    <message>
        <source>Show the rows kept aside</source>
        <translation>Voir les lignes de côté</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Enregistrer…</translation>
    </message>
    <message>
        <source>Save the rows kept aside in a file</source>
        <translation>Enregistrer les lignes de côté dans un fichier</translation>
    </message>
    <message>
        <source>Take them in</source>
        <translation>Les reprendre</translation>
    </message>
    <message>
        <source>Put these rows into the batch again</source>
        <translation>Remettre ces lignes dans le lot</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) with too few cells</source>
        <translation>
            <numerusform>%Ln ligne avec trop peu de cellules</numerusform>
            <numerusform>%Ln lignes avec trop peu de cellules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) with too many cells</source>
        <translation>
            <numerusform>%Ln ligne avec trop de cellules</numerusform>
            <numerusform>%Ln lignes avec trop de cellules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) chosen by you</source>
        <translation>
            <numerusform>%Ln ligne choisie par vous</numerusform>
            <numerusform>%Ln lignes choisies par vous</numerusform>
        </translation>
    </message>
    <message>
        <source>Kept aside: {rows}. They are not in the batch.</source>
        <translation>De côté&#xa0;: {rows}. Rien de cela n’est dans le lot.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) that are no whole record are not in the batch.</source>
        <translation>
            <numerusform>%Ln ligne qui n’est pas un enregistrement entier n’est pas dans le lot.</numerusform>
            <numerusform>%Ln lignes qui ne sont pas des enregistrements entiers ne sont pas dans le lot.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) without the number of cells of the header are in the batch.</source>
        <translation>
            <numerusform>%Ln ligne qui n’a pas le nombre de cellules de l’en-tête est dans le lot.</numerusform>
            <numerusform>%Ln lignes qui n’ont pas le nombre de cellules de l’en-tête sont dans le lot.</numerusform>
        </translation>
    </message>
    <message>
        <source>So many lack their last cells that the export seems to write them so.</source>
        <translation>Il manque à tant de lignes leurs dernières cellules que l’export semble les écrire ainsi.</translation>
    </message>
    <message>
        <source>Keep aside</source>
        <translation>Garder de côté</translation>
    </message>
    <message>
        <source>Keep these rows aside</source>
        <translation>Garder ces lignes de côté</translation>
    </message>
    <message numerus="yes">
        <source>%Ln notification(s) that a later month gives again are not in the batch.</source>
        <translation>
            <numerusform>%Ln notification qu’un mois suivant redonne n’est pas dans le lot.</numerusform>
            <numerusform>%Ln notifications qu’un mois suivant redonne ne sont pas dans le lot.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) repeat an earlier one in every cell.</source>
        <translation>
            <numerusform>%Ln ligne répète une ligne précédente, cellule pour cellule.</numerusform>
            <numerusform>%Ln lignes répètent une ligne précédente, cellule pour cellule.</numerusform>
        </translation>
    </message>
    <message>
        <source>Perhaps: {what}</source>
        <translation>Peut-être&#xa0;: {what}</translation>
    </message>
</context>
<context>
    <name>TrialDesk</name>
    <message>
        <source>Counting the values</source>
        <translation>Décompte des valeurs</translation>
    </message>
</context>
<context>
    <name>TroublePage</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>Restaurer une sauvegarde…</translation>
    </message>
    <message>
        <source>The workspace did not open</source>
        <translation>Le dossier de travail ne s’est pas ouvert</translation>
    </message>
    <message>
        <source>Nothing was lost or changed. Put right what is said here, then try again.</source>
        <translation>Rien n’a été perdu ni modifié. Corrigez ce qui est dit ici, puis réessayez.</translation>
    </message>
</context>
<context>
    <name>UnlockPage</name>
    <message>
        <source>Create the workspace</source>
        <translation>Créer le dossier de travail</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Déverrouiller</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Phrase secrète</translation>
    </message>
    <message>
        <source>This computer has no keyring: a passphrase protects the keys and your data.</source>
        <translation>Cet ordinateur n’a pas de trousseau de clés&#xa0;: une phrase secrète protège les clés et vos données.</translation>
    </message>
    <message>
        <source>The two passphrases differ. Type the same one twice.</source>
        <translation>Les deux phrases diffèrent. Tapez deux fois la même.</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>Choisissez une phrase secrète</translation>
    </message>
    <message>
        <source>Your passphrase</source>
        <translation>Votre phrase secrète</translation>
    </message>
    <message>
        <source>The same passphrase again</source>
        <translation>La même phrase, une seconde fois</translation>
    </message>
    <message>
        <source>At least ten characters; four ordinary words are good. It cannot be recovered.</source>
        <translation>Dix caractères au moins&#xa0;; quatre mots ordinaires conviennent. Elle ne peut pas être retrouvée.</translation>
    </message>
</context>
<context>
    <name>ValuesModel</name>
    <message>
        <source>Your value</source>
        <translation>Votre valeur</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Devient</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>Suggestion</translation>
    </message>
    <message>
        <source>A recipe holds no value that could name a person: correct it at the station Fix.</source>
        <translation>Une recette ne contient aucune valeur qui pourrait désigner une personne&#xa0;: corrigez-la à la station Corriger.</translation>
    </message>
    <message>
        <source>The contract does not know this value: choose a code (F2).</source>
        <translation>Le contrat ne connaît pas cette valeur&#xa0;: choisissez un code (F2).</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>Next to look at</source>
        <translation>À regarder ensuite</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Vérifier</translation>
    </message>
    <message>
        <source>Will not leave this computer: {columns}</source>
        <translation>Ne quittera pas cet ordinateur&#xa0;: {columns}</translation>
    </message>
    <message>
        <source>Every column is used.</source>
        <translation>Toutes les colonnes servent.</translation>
    </message>
    <message>
        <source>{n} of {all} fields have a column (* required).</source>
        <translation>{n} champs sur {all} ont une colonne (* obligatoire).</translation>
    </message>
    <message numerus="yes">
        <source>Required and without a column: {names} and %Ln more.</source>
        <translation>
            <numerusform>Obligatoires et sans colonne&#xa0;: {names} et %Ln autre.</numerusform>
            <numerusform>Obligatoires et sans colonne&#xa0;: {names} et %Ln autres.</numerusform>
        </translation>
    </message>
    <message>
        <source>Required and without a column: {names}.</source>
        <translation>Obligatoires et sans colonne&#xa0;: {names}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) with values to recode.</source>
        <translation>
            <numerusform>%Ln champ a des valeurs à recoder.</numerusform>
            <numerusform>%Ln champs ont des valeurs à recoder.</numerusform>
        </translation>
    </message>
    <message>
        <source>Find a field or a column</source>
        <translation>Chercher un champ ou une colonne</translation>
    </message>
    <message>
        <source>Next field to look at (F8, back with Shift+F8)</source>
        <translation>Prochain champ à regarder (F8, retour avec Maj+F8)</translation>
    </message>
    <message>
        <source>Map all rows and check them (Ctrl+Enter)</source>
        <translation>Associer toutes les lignes et les vérifier (Ctrl+Entrée)</translation>
    </message>
</context>
<context>
    <name>plain</name>
    <message>
        <source>{label}: {words}</source>
        <translation>{label}&#xa0;: {words}</translation>
    </message>
</context>
</TS>
