<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
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
    <name>GridView</name>
    <message numerus="yes">
        <source>%Ln cell(s) fell outside the grid and were not pasted.</source>
        <translation>
            <numerusform>%Ln cell fell outside the grid and were not pasted.</numerusform>
            <numerusform>%Ln cells fell outside the grid and were not pasted.</numerusform>
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
</TS>
