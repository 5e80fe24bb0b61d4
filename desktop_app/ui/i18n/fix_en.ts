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
