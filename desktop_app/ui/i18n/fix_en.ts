<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>BlockActions</name>
    <message numerus="yes">
        <source>%Ln cell(s) fell outside the grid and were not pasted.</source>
        <translation>
            <numerusform>%Ln cell fell outside the grid and was not pasted.</numerusform>
            <numerusform>%Ln cells fell outside the grid and were not pasted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CarriedDialog</name>
    <message numerus="yes">
        <source>%Ln confirmation(s) still hold.</source>
        <translation>
            <numerusform>%Ln confirmation still holds.</numerusform>
            <numerusform>%Ln confirmations still hold.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln confirmation(s) lapsed, since a value or the rule has changed: please look again.</source>
        <translation>
            <numerusform>%Ln confirmation lapsed, since a value or the rule has changed: please look again.</numerusform>
            <numerusform>%Ln confirmations lapsed, since a value or the rule has changed: please look again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CausesModel</name>
    <message numerus="yes">
        <source>{value}  (%Ln row(s))</source>
        <translation>
            <numerusform>{value}  (%Ln row)</numerusform>
            <numerusform>{value}  (%Ln rows)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangesDialog</name>
    <message numerus="yes">
        <source>C&amp;onfirmations (%Ln to look at again)</source>
        <translation>
            <numerusform>C&amp;onfirmations (%Ln to look at again)</numerusform>
            <numerusform>C&amp;onfirmations (%Ln to look at again)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangesList</name>
    <message numerus="yes">
        <source>Take back the %Ln selected</source>
        <translation>
            <numerusform>Take back the %Ln selected</numerusform>
            <numerusform>Take back the %Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take back all %Ln shown</source>
        <translation>
            <numerusform>Take back all %Ln shown</numerusform>
            <numerusform>Take back all %Ln shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfirmBox</name>
    <message numerus="yes">
        <source>Confirm %Ln finding(s)</source>
        <translation>
            <numerusform>Confirm %Ln finding</numerusform>
            <numerusform>Confirm %Ln findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfirmationsList</name>
    <message numerus="yes">
        <source>Take back %Ln confirmation(s)</source>
        <translation>
            <numerusform>Take back %Ln confirmation</numerusform>
            <numerusform>Take back %Ln confirmations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CorrectBox</name>
    <message numerus="yes">
        <source>All %Ln row(s) with these values</source>
        <translation>
            <numerusform>All %Ln row with these values</numerusform>
            <numerusform>All %Ln rows with these values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln finding(s) of this rule</source>
        <translation>
            <numerusform>All %Ln finding of this rule</numerusform>
            <numerusform>All %Ln findings of this rule</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{values} and %Ln other value(s)</source>
        <translation>
            <numerusform>{values} and %Ln other value</numerusform>
            <numerusform>{values} and %Ln other values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{old} → {new}, on %Ln row(s)</source>
        <translation>
            <numerusform>{old} → {new}, on %Ln row</numerusform>
            <numerusform>{old} → {new}, on %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>The %Ln row(s) in view</source>
        <translation>
            <numerusform>The row in view (%Ln)</numerusform>
            <numerusform>The %Ln rows in view</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FacetModel</name>
    <message numerus="yes">
        <source>{label}, %Ln finding(s)</source>
        <translation>
            <numerusform>{label}, %Ln finding</numerusform>
            <numerusform>{label}, %Ln findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FacetPanel</name>
    <message numerus="yes">
        <source>All %Ln finding(s)</source>
        <translation>
            <numerusform>%Ln finding</numerusform>
            <numerusform>All %Ln findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldDialog</name>
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
            <numerusform>Rule (%Ln)</numerusform>
            <numerusform>Rules (%Ln)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message numerus="yes">
        <source>Corrections (%Ln)</source>
        <translation>
            <numerusform>Corrections (%Ln)</numerusform>
            <numerusform>Corrections (%Ln)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message numerus="yes">
        <source>Redo %Ln step(s), up to this one</source>
        <translation>
            <numerusform>Redo %Ln step, up to this one</numerusform>
            <numerusform>Redo %Ln steps, up to this one</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Go back here: undo %Ln step(s)</source>
        <translation>
            <numerusform>Go back here: undo %Ln step</numerusform>
            <numerusform>Go back here: undo %Ln steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> and %Ln more</source>
        <translation>
            <numerusform> and %Ln more</numerusform>
            <numerusform> and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeepBox</name>
    <message numerus="yes">
        <source>They are %Ln different tumours: keep them all</source>
        <translation>
            <numerusform>It is a tumour of its own: keep it</numerusform>
            <numerusform>They are %Ln different tumours: keep them all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is right: keep the %Ln records as they are</source>
        <translation>
            <numerusform>It is right: keep the record as it is</numerusform>
            <numerusform>It is right: keep the %Ln records as they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They are %Ln different events: keep them all</source>
        <translation>
            <numerusform>It is an event of its own: keep it</numerusform>
            <numerusform>They are %Ln different events: keep them all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Confirm %Ln finding(s)</source>
        <translation>
            <numerusform>Confirm %Ln finding</numerusform>
            <numerusform>Confirm %Ln findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplaceDialog</name>
    <message numerus="yes">
        <source>Replace in %Ln cell(s)</source>
        <translation>
            <numerusform>Replace in %Ln cell</numerusform>
            <numerusform>Replace in %Ln cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{cells} of %Ln cell(s), {rows}.</source>
        <translation>
            <numerusform>{cells} of %Ln cell, {rows}.</numerusform>
            <numerusform>{cells} of %Ln cells, {rows}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s) would break a rule.</source>
        <translation>
            <numerusform>%Ln value would break a rule.</numerusform>
            <numerusform>%Ln values would break a rule.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReturnDialog</name>
    <message numerus="yes">
        <source>%Ln record(s) came back</source>
        <translation>
            <numerusform>%Ln record came back</numerusform>
            <numerusform>%Ln records came back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) changed here too: decide which value holds.</source>
        <translation>
            <numerusform>%Ln cell changed here too: decide which value holds.</numerusform>
            <numerusform>%Ln cells changed here too: decide which value holds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln correction(s)</source>
        <translation>
            <numerusform>Take %Ln correction</numerusform>
            <numerusform>Take %Ln corrections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln confirmation(s)</source>
        <translation>
            <numerusform>%Ln confirmation</numerusform>
            <numerusform>%Ln confirmations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rounds</name>
    <message numerus="yes">
        <source>%Ln finding(s)</source>
        <translation>
            <numerusform>%Ln finding</numerusform>
            <numerusform>%Ln findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) about identities were left out.</source>
        <translation>
            <numerusform>%Ln finding about identities was left out.</numerusform>
            <numerusform>%Ln findings about identities were left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SameBox</name>
    <message numerus="yes">
        <source>First fill %Ln blank field(s) of row {row} with its values</source>
        <translation>
            <numerusform>First fill %Ln blank field of row {row} with its values</numerusform>
            <numerusform>First fill %Ln blank fields of row {row} with its values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SpreadDialog</name>
    <message numerus="yes">
        <source>Correct %Ln row(s)</source>
        <translation>
            <numerusform>Correct %Ln row</numerusform>
            <numerusform>Correct %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) would be corrected; nothing is written yet.</source>
        <translation>
            <numerusform>%Ln row would be corrected; nothing is written yet.</numerusform>
            <numerusform>%Ln rows would be corrected; nothing is written yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) stay as they are: no value, more than one value, or another error.</source>
        <translation>
            <numerusform>%Ln row stays as it is: no value, more than one value, or another error.</numerusform>
            <numerusform>%Ln rows stay as they are: no value, more than one value, or another error.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) would then have something to confirm.</source>
        <translation>
            <numerusform>%Ln row would then have something to confirm.</numerusform>
            <numerusform>%Ln rows would then have something to confirm.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuggestBox</name>
    <message numerus="yes">
        <source>%Ln more suggestion(s)</source>
        <translation>
            <numerusform>%Ln more suggestion</numerusform>
            <numerusform>%Ln more suggestions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuggestionLine</name>
    <message numerus="yes">
        <source>All %Ln row(s) with these values…</source>
        <translation>
            <numerusform>%Ln row with these values…</numerusform>
            <numerusform>All %Ln rows with these values…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln finding(s) of this rule…</source>
        <translation>
            <numerusform>%Ln finding of this rule…</numerusform>
            <numerusform>All %Ln findings of this rule…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message numerus="yes">
        <source>%Ln to confirm</source>
        <translation>
            <numerusform>%Ln to confirm</numerusform>
            <numerusform>%Ln to confirm</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to correct</source>
        <translation>
            <numerusform>%Ln to correct</numerusform>
            <numerusform>%Ln to correct</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message numerus="yes">
        <source>All %Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>All %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Windows</name>
    <message numerus="yes">
        <source>%Ln confirmation(s) no longer hold: Ctrl+Shift+H, Confirmations, tells why.</source>
        <translation>
            <numerusform>%Ln confirmation no longer holds: Ctrl+Shift+H, Confirmations, tells why.</numerusform>
            <numerusform>%Ln confirmations no longer hold: Ctrl+Shift+H, Confirmations, tells why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln confirmation(s) exported.</source>
        <translation>
            <numerusform>%Ln confirmation exported.</numerusform>
            <numerusform>%Ln confirmations exported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WithdrawDialog</name>
    <message numerus="yes">
        <source>%Ln row(s) stay in your file and in sight here, but are not sent.</source>
        <translation>
            <numerusform>%Ln row stays in your file and in sight here, but is not sent.</numerusform>
            <numerusform>%Ln rows stay in your file and in sight here, but are not sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Withdraw %Ln record(s)</source>
        <translation>
            <numerusform>Withdraw %Ln record</numerusform>
            <numerusform>Withdraw %Ln records</numerusform>
        </translation>
    </message>
</context>
</TS>
