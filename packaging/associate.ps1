# Offers Navette under "Open with" and "Send to" for extracts, for this person only (no administrator needed); the
# program that opens them by default stays the same. "Send to" gives several files at once, which make one batch.
#   associate.ps1 [-Program C:\...\navette.exe]
#   associate.ps1 -Remove
param(
    [string]$Program = (Join-Path $PSScriptRoot '..\dist\navette\navette.exe'),
    [switch]$Remove
)
$ErrorActionPreference = 'Stop'
$classes = 'HKCU:\Software\Classes'
$id = 'Navette.Extract'
$kinds = '.csv', '.tsv', '.txt', '.dat', '.xlsx', '.xlsm', '.xls', '.ods', '.parquet', '.sas7bdat', '.xpt',
    '.sav', '.zsav', '.por', '.dta', '.zip', '.gz'
$sendTo = Join-Path ([Environment]::GetFolderPath('SendTo')) 'Navette.lnk'

if ($Remove) {
    Remove-Item -Path "$classes\$id", "$classes\Applications\navette.exe" -Recurse -ErrorAction SilentlyContinue
    foreach ($kind in $kinds) {
        Remove-ItemProperty -Path "$classes\$kind\OpenWithProgids" -Name $id -ErrorAction SilentlyContinue
    }
    Remove-Item -LiteralPath $sendTo -ErrorAction SilentlyContinue
    exit 0
}

$file = Get-Item -LiteralPath $Program
$command = '"{0}" open "%1"' -f $file.FullName

function Set-Key([string]$Path, [string]$Name, [string]$Value) {
    if (-not (Test-Path -LiteralPath $Path)) { New-Item -Path $Path -Force | Out-Null }
    New-ItemProperty -LiteralPath $Path -Name $Name -Value $Value -PropertyType String -Force | Out-Null
}

foreach ($root in "$classes\$id", "$classes\Applications\navette.exe") {
    Set-Key $root 'FriendlyAppName' 'Navette'
    Set-Key "$root\shell\open" 'MultiSelectModel' 'Single'
    Set-Key "$root\shell\open\command" '(default)' $command
}
Set-Key "$classes\$id\DefaultIcon" '(default)' ('"{0}",0' -f $file.FullName)
foreach ($kind in $kinds) {
    Set-Key "$classes\Applications\navette.exe\SupportedTypes" $kind ''
    Set-Key "$classes\$kind\OpenWithProgids" $id ''
}

$link = (New-Object -ComObject WScript.Shell).CreateShortcut($sendTo)
$link.TargetPath = $file.FullName
$link.Arguments = 'open'
$link.Description = 'Navette'
$link.Save()
Write-Output 'Navette is offered under "Open with" and "Send to" (associate.ps1 -Remove takes it back).'
