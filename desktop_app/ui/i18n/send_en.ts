<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>FeedbackPage</name>
    <message numerus="yes">
        <source>%Ln new answer(s) from the registry.</source>
        <translation>
            <numerusform>%Ln new answer from the registry.</numerusform>
            <numerusform>%Ln new answers from the registry.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LetterView</name>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln persons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln go with the batch:</source>
        <translation>
            <numerusform>%Ln goes with the batch:</numerusform>
            <numerusform>%Ln go with the batch:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutcomeList</name>
    <message numerus="yes">
        <source>%Ln row(s) to review</source>
        <translation>
            <numerusform>%Ln row to review</numerusform>
            <numerusform>%Ln rows to review</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QualityPage</name>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln persons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SendPage</name>
    <message numerus="yes">
        <source>Sending is closed: %Ln finding(s) still to be corrected or confirmed.</source>
        <translation>
            <numerusform>Sending is closed: %Ln finding is still to be corrected or confirmed.</numerusform>
            <numerusform>Sending is closed: %Ln findings are still to be corrected or confirmed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln record(s)</source>
        <translation>
            <numerusform>Send %Ln record</numerusform>
            <numerusform>Send %Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The registry does not answer. Next try in %Ln second(s).</source>
        <translation>
            <numerusform>The registry does not answer. Next try in %Ln second.</numerusform>
            <numerusform>The registry does not answer. Next try in %Ln seconds.</numerusform>
        </translation>
    </message>
</context>
</TS>
