<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>Arrivals</name>
    <message numerus="yes">
        <source>%Ln new file(s) in the watched folder “{folder}”: {names}</source>
        <translation>
            <numerusform>%Ln new file in the watched folder “{folder}”: {names}</numerusform>
            <numerusform>%Ln new files in the watched folder “{folder}”: {names}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ColumnsModel</name>
    <message numerus="yes">
        <source>%Ln distinct value(s)</source>
        <translation>
            <numerusform>%Ln distinct value</numerusform>
            <numerusform>%Ln distinct values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DriftView</name>
    <message numerus="yes">
        <source>Go on with %Ln accepted change(s)</source>
        <translation>
            <numerusform>Go on with %Ln accepted change</numerusform>
            <numerusform>Go on with %Ln accepted changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldPanel</name>
    <message numerus="yes">
        <source>Accept the %Ln suggestion(s)</source>
        <translation>
            <numerusform>Accept the suggestion</numerusform>
            <numerusform>Accept the %Ln suggestions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln column(s)</source>
        <translation>
            <numerusform>%Ln column</numerusform>
            <numerusform>%Ln columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln blank row(s)</source>
        <translation>
            <numerusform>%Ln blank row</numerusform>
            <numerusform>%Ln blank rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) kept aside</source>
        <translation>
            <numerusform>%Ln row kept aside</numerusform>
            <numerusform>%Ln rows kept aside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln duplicate row(s)</source>
        <translation>
            <numerusform>%Ln duplicate row</numerusform>
            <numerusform>%Ln duplicate rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeepCard</name>
    <message numerus="yes">
        <source>%Ln batch(es) older than that</source>
        <translation>
            <numerusform>%Ln batch older than that</numerusform>
            <numerusform>%Ln batches older than that</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln year(s)</source>
        <translation>
            <numerusform>%Ln year</numerusform>
            <numerusform>%Ln years</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %Ln minute(s) without use</source>
        <translation>
            <numerusform>After %Ln minute without use</numerusform>
            <numerusform>After %Ln minutes without use</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LoadPage</name>
    <message numerus="yes">
        <source>%Ln row(s) saved.</source>
        <translation>
            <numerusform>%Ln row saved.</numerusform>
            <numerusform>%Ln rows saved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln column(s)</source>
        <translation>
            <numerusform>%Ln column</numerusform>
            <numerusform>%Ln columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>one of %Ln file(s), {size} in all</source>
        <translation>
            <numerusform>the only file, {size}</numerusform>
            <numerusform>one of %Ln files, {size} in all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) in this one</source>
        <translation>
            <numerusform>%Ln row in this one</numerusform>
            <numerusform>%Ln rows in this one</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapModel</name>
    <message numerus="yes">
        <source>%Ln row(s) without a match</source>
        <translation>
            <numerusform>%Ln row to recode</numerusform>
            <numerusform>%Ln rows to recode</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message numerus="yes">
        <source>%Ln change(s) of the recipe accepted.</source>
        <translation>
            <numerusform>%Ln change of the recipe accepted.</numerusform>
            <numerusform>%Ln changes of the recipe accepted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message numerus="yes">
        <source>At least %Ln character(s), please.</source>
        <translation>
            <numerusform>At least %Ln character, please.</numerusform>
            <numerusform>At least %Ln characters, please.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message numerus="yes">
        <source>Nothing has come from the file for %Ln second(s): a slow share or drive? Wait, or cancel and copy it to this computer.</source>
        <translation>
            <numerusform>Nothing has come from the file for %Ln second: a slow share or drive? Wait, or cancel and copy it to this computer.</numerusform>
            <numerusform>Nothing has come from the file for %Ln seconds: a slow share or drive? Wait, or cancel and copy it to this computer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln second(s) left</source>
        <translation>
            <numerusform>about %Ln second left</numerusform>
            <numerusform>about %Ln seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s) left</source>
        <translation>
            <numerusform>about %Ln minute left</numerusform>
            <numerusform>about %Ln minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PurgeDialog</name>
    <message numerus="yes">
        <source>The identities of %Ln batch(es) will be destroyed on this computer: names, values before and after each correction, notes, and which row was which record.</source>
        <translation>
            <numerusform>The identities of %Ln batch will be destroyed on this computer: names, values before and after each correction, notes, and which row was which record.</numerusform>
            <numerusform>The identities of %Ln batches will be destroyed on this computer: names, values before and after each correction, notes, and which row was which record.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowsView</name>
    <message numerus="yes">
        <source>%Ln row(s) of one kind</source>
        <translation>
            <numerusform>%Ln row of this kind</numerusform>
            <numerusform>%Ln rows of this kind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln row(s)</source>
        <translation>
            <numerusform>The first row</numerusform>
            <numerusform>The first %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message numerus="yes">
        <source>Still to be corrected or confirmed: %Ln finding(s).</source>
        <translation>
            <numerusform>Still to be corrected or confirmed: %Ln finding.</numerusform>
            <numerusform>Still to be corrected or confirmed: %Ln findings.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rule(s) of the site: checked from the next check on.</source>
        <translation>
            <numerusform>%Ln rule of the site: checked from the next check on.</numerusform>
            <numerusform>%Ln rules of the site: checked from the next check on.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StationButton</name>
    <message numerus="yes">
        <source>%Ln answer(s) not looked at yet</source>
        <translation>
            <numerusform>%Ln answer not looked at yet</numerusform>
            <numerusform>%Ln answers not looked at yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) to correct or confirm</source>
        <translation>
            <numerusform>%Ln finding to correct or confirm</numerusform>
            <numerusform>%Ln findings to correct or confirm</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%Ln finding(s) to settle</source>
        <translation>
            <numerusform>%Ln finding to settle</numerusform>
            <numerusform>%Ln findings to settle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message numerus="yes">
        <source>changes %Ln row(s)</source>
        <translation>
            <numerusform>changes %Ln row</numerusform>
            <numerusform>changes %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message numerus="yes">
        <source>%Ln local value(s) have a code</source>
        <translation>
            <numerusform>%Ln local value has a code</numerusform>
            <numerusform>%Ln local values have a code</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message numerus="yes">
        <source>%Ln row(s) with too few cells</source>
        <translation>
            <numerusform>%Ln row with too few cells</numerusform>
            <numerusform>%Ln rows with too few cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) with too many cells</source>
        <translation>
            <numerusform>%Ln row with too many cells</numerusform>
            <numerusform>%Ln rows with too many cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) chosen by you</source>
        <translation>
            <numerusform>%Ln row chosen by you</numerusform>
            <numerusform>%Ln rows chosen by you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) that are no whole record are not in the batch.</source>
        <translation>
            <numerusform>%Ln line that is no whole record is not in the batch.</numerusform>
            <numerusform>%Ln lines that are no whole records are not in the batch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) without the number of cells of the header are in the batch.</source>
        <translation>
            <numerusform>%Ln row without the number of cells of the header is in the batch.</numerusform>
            <numerusform>%Ln rows without the number of cells of the header are in the batch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln notification(s) that a later month gives again are not in the batch.</source>
        <translation>
            <numerusform>%Ln notification that a later month gives again is not in the batch.</numerusform>
            <numerusform>%Ln notifications that a later month gives again are not in the batch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) repeat an earlier one in every cell.</source>
        <translation>
            <numerusform>%Ln row repeats an earlier one in every cell.</numerusform>
            <numerusform>%Ln rows repeat an earlier one in every cell.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message numerus="yes">
        <source>Required and without a column: {names} and %Ln more.</source>
        <translation>
            <numerusform>Required and without a column: {names} and %Ln more.</numerusform>
            <numerusform>Required and without a column: {names} and %Ln more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) with values to recode.</source>
        <translation>
            <numerusform>%Ln field with values to recode.</numerusform>
            <numerusform>%Ln fields with values to recode.</numerusform>
        </translation>
    </message>
</context>
</TS>
