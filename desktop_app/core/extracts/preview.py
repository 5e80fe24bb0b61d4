"""What the program guesses about a file from its start, with the evidence, and what the person changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from desktop_app.core.extracts import packed, problems
from desktop_app.core.extracts.archive import MAX_WORKBOOK
from desktop_app.core.extracts.blocks import MAX_COLUMNS
from desktop_app.core.extracts.conventions import DateOrders, date_guess, date_orders, number_guesses
from desktop_app.core.extracts.dialect import (
    SEPARATORS,
    best_shape,
    header_guess,
    is_narrow_table,
    parse,
    quote_guess,
    quotes_of,
    separator_guess,
)
from desktop_app.core.extracts.encodings import Transcoder, guess_encoding, is_wide, uniform
from desktop_app.core.extracts.frames import unique_headers
from desktop_app.core.extracts.kind import KINDS, TYPED, misnamed, real_format
from desktop_app.core.extracts.layout import find_layout, read_layout
from desktop_app.core.extracts.source import MAX_BYTES, examine, read_head
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import DateOrder, FileFormat, FixedColumn, Guess, ImportOptions, Ragged
from validation_rules.text import Text

Changed = Mapping[str, "str | int | None"]
PREVIEW_ROWS = 50
SAMPLE_ROWS = 2_000
_TEXT_CHARS = 512 * 1024
_SURE = 0.9
_TITLES = 80
_YOURS = Text("Choisi par vous.", "Chosen by you.")


@dataclass(frozen=True, slots=True)
class Preview:
    """How a file would be read. `rows` are cells as read, under `columns`; null reads as ``""``.

    `odd_rows` are the numbers, from 1, of data rows with another number of cells than the header.
    `problems` are sentences to show above the table. `sample` are more rows, for a look at what is odd;
    `orders` what their dates tell of day and month. `size` is that of the file, in bytes. `odd_cells` are the
    zones of each of the odd rows of a fixed-width file, as `Extract.odd` counts them.
    """

    options: ImportOptions
    guesses: tuple[Guess, ...]
    columns: tuple[str, ...]
    rows: list[list[str]]
    odd_rows: tuple[int, ...] = ()
    problems: tuple[Text, ...] = ()
    sample: list[list[str]] = field(default_factory=list, repr=False)
    orders: DateOrders = field(default_factory=lambda: DateOrders({}))
    size: int = 0
    odd_cells: tuple[int, ...] = ()


def detect(
    path: Path,
    changed: Changed | None = None,
    limit: int | None = MAX_BYTES,
    progress: Progress = silent,
) -> Preview:
    """Guesses how to read `path` from its first megabytes; what `changed` sets is not guessed again.

    `changed` maps names of ImportOptions to values; `layout` is the path of a layout file; `quote` and
    `header_row` are None or `""` for "none". Raises AppError when the file cannot be an extract, Cancelled
    through `progress`.
    """
    settings = dict(changed or {})
    size = examine(path, limit)
    inside = member_guess(path, settings)
    member = inside.value if inside is not None else None
    head = read_head(path, member=member)
    if not head:
        raise problems.empty(path)
    stated = settings.get("encoding")
    found = real_format(path, head, str(stated) if stated else None, member)
    preview = _with_contents(_detect(path, head, found, settings, member, progress), settings)
    remark = misnamed(member or path.name, found)
    return replace(
        preview,
        options=replace(preview.options, member=member),
        guesses=preview.guesses if inside is None else (inside, *preview.guesses),
        problems=preview.problems if remark is None else (remark, *preview.problems),
        size=size,
    )


def _detect(
    path: Path, head: bytes, found: FileFormat, settings: Changed, member: str | None, progress: Progress
) -> Preview:
    if found == "delimited":
        return _detect_text(path, head, settings)
    _refuse_another(path, found, settings)
    if found == "html":
        return _detect_page(path, head, settings, member, progress)
    if found in TYPED:
        return _detect_columnar(path, found, settings, member, progress)
    return _detect_workbook(path, found, settings, member, progress)


def member_guess(path: Path, settings: Changed) -> Guess | None:
    """Which file of an archive is the extract; None for a file that is no archive.

    Two files that may both be it leave a doubt. Raises AppError for an archive that cannot be read.
    """
    start = read_head(path, 4)
    if packed.is_gzip(start):
        name = packed.gzip_name(path)
        evidence = Text("Le fichier est compressé par GZIP.", "The file is packed with GZIP.")
        return Guess("member", name, evidence, 1.0)
    if not packed.is_zip(start):
        return None
    from desktop_app.core.extracts.archive import inspect

    if inspect(path) is not None:
        return None
    return _settle(_member_guess(packed.members(path)), settings)


def _member_guess(found: list[packed.Member]) -> Guess:
    names = [member.name for member in found]
    if len(names) == 1:
        evidence = Text("C’est le seul fichier de l’archive.", "It is the only file in the archive.")
        return Guess("member", names[0], evidence, 1.0)
    evidence = Text(
        f"L’archive contient {len(names)} fichiers ; celui-ci est le plus gros. Choisissez le bon.",
        f"The archive holds {len(names)} files; this one is the largest. Choose the right one.",
    )
    return Guess("member", names[0], evidence, 0.4, tuple(names[1:]))


def _with_contents(preview: Preview, settings: Changed) -> Preview:
    """What the cells tell of dates and numbers; a thousands mark is taken out only where it is sure."""
    cells = {
        name: list(Counter(row[place] for row in preview.sample if place < len(row) and row[place]).items())
        for place, name in enumerate(preview.columns)
    }
    orders = date_orders(cells)
    dated = date_guess(orders)
    found = [_settle(guess, settings) for guess in (*([dated] if dated else []), *number_guesses(cells))]
    sure = {guess.option: guess.value for guess in found if guess.confidence >= _SURE}
    options = replace(
        preview.options,
        ragged=cast("Ragged", settings.get("ragged") or "keep"),
        date_order=cast("DateOrder | None", settings.get("date_order") or None),
        decimal_mark=cast("str | None", settings.get("decimal_mark") or None),
        thousands_mark=sure.get("thousands_mark") or None,
    )
    return replace(preview, options=options, guesses=(*preview.guesses, *found), orders=orders)


def chosen(option: str, value: str, guess: Guess | None = None) -> Guess:
    """What the person set in the place of a guess; the other values stay on offer."""
    choices = (guess.value, *guess.choices) if guess else ()
    return Guess(option, value, _YOURS, 1.0, tuple(item for item in choices if item != value))


def _settle(guess: Guess, settings: Changed) -> Guess:
    """The guess, or what the person set in its place."""
    if guess.option not in settings:
        return guess
    value = settings[guess.option]
    return chosen(guess.option, "" if value is None else str(value), guess)


def _row(guess: Guess) -> int | None:
    return int(guess.value) if guess.value.isdigit() and int(guess.value) > 0 else None


def _detect_text(path: Path, head: bytes, settings: Changed) -> Preview:
    encoding = _settle(guess_encoding(head), settings)
    encoding = replace(encoding, value=uniform(encoding.value))
    transcoder = Transcoder(path, encoding.value)
    text = _text(transcoder, head)
    if not text.strip():
        raise problems.empty(path)
    wanted = settings.get("format")
    if wanted in (None, "pmsi-mco"):
        from desktop_app.core.extracts.pmsi.kind import recognise

        found = recognise(text.split("\n"))
        if found is not None:
            from desktop_app.core.extracts.pmsi.guess import detect_pmsi

            return detect_pmsi(path, found, encoding, settings)
    length = _fixed_length(text)
    if wanted == "fixed_width" or (wanted != "delimited" and length and not _delimited(text, settings)):
        return _detect_fixed(path, text, length, encoding, settings)
    preview = _detect_delimited(path, text, encoding, settings)
    nul = Text(
        f"{transcoder.nulls} octets nuls ont été lus comme des espaces.",
        f"{transcoder.nulls} zero bytes were read as spaces.",
    )
    return replace(preview, problems=(*preview.problems, nul)) if transcoder.nulls else preview


def _text(transcoder: Transcoder, head: bytes) -> str:
    """The head as text, cut after its last whole line."""
    wide = is_wide(transcoder.encoding)
    even = head[: len(head) - len(head) % 4] if wide else head
    cut = len(even) if wide else even.rfind(b"\n") + 1
    data = b"".join(transcoder.utf8(iter([even[: cut or len(even)]])))
    text = data.decode("utf-8").replace("\r\r\n", "\n").replace("\r\n", "\n")
    text = text.replace("\r", "\n") if "\n" not in text else text
    return text[: text.rfind("\n", 0, _TEXT_CHARS) + 1 or _TEXT_CHARS] if len(text) > _TEXT_CHARS else text


def _delimited(text: str, settings: Changed) -> bool:
    if "separator" in settings:
        return True
    found = best_shape(text[:65536], None, ['"', None])
    return found.score > _SURE or is_narrow_table(text[:65536], found)


def _fixed_length(text: str) -> int:
    """The length of the lines when nearly all share it, else 0."""
    lines = [line for line in text.split("\n")[:2000] if line.strip()]
    lengths = [len(line) for line in lines]
    if len(lines) < 2 or max(lengths) < 20:
        return 0
    usual = max(set(lengths), key=lengths.count)
    return usual if lengths.count(usual) >= 0.9 * len(lines) else 0


def _detect_delimited(path: Path, text: str, encoding: Guess, settings: Changed) -> Preview:
    separator = cast("str | None", settings.get("separator"))
    quotes = [cast("str | None", settings["quote"]) or None] if "quote" in settings else quotes_of(text)
    found = best_shape(text, separator, quotes)
    if found.width <= 1 and not separator:
        found = found._replace(separator=_hinted(text))
    separator_found = _settle(separator_guess(found), settings)
    records = parse(text, found.separator, found.quote, SAMPLE_ROWS)
    header = _settle(header_guess(records, found.width), settings)
    form = (
        chosen("format", "delimited") if "format" in settings else _format_guess("delimited", separator_found)
    )
    options = ImportOptions("delimited", encoding.value, found.separator, found.quote, _row(header))
    guesses = (form, encoding, separator_found, _settle(quote_guess(text, found), settings), header)
    columns, rows = _split(path, records, options.header_row)
    width = len(columns)
    odd = tuple(i for i, row in enumerate(rows, 1) if any(row) and cells_of(row, width) != width)
    remarks = _remarks(found.width, odd)
    return Preview(options, guesses, columns, rows[:PREVIEW_ROWS], odd, remarks, rows[:SAMPLE_ROWS])


def _hinted(text: str) -> str:
    """A separator that occurs at all, when no line repeats it regularly."""
    return max(SEPARATORS, key=text.count)


def _format_guess(form: FileFormat, guess: Guess) -> Guess:
    others = tuple(name for name in ("delimited", "fixed_width") if name != form)
    return Guess("format", form, guess.evidence, guess.confidence, others)


def _split(
    path: Path, records: list[list[str]], header_row: int | None
) -> tuple[tuple[str, ...], list[list[str]]]:
    if header_row and header_row > len(records):
        raise problems.no_header(path, header_row)
    rows = records[header_row or 0 :]
    widest = max(map(len, rows), default=1)
    names = records[header_row - 1] if header_row else [""] * widest
    if len(names) > MAX_COLUMNS:
        raise problems.too_wide(path, len(names), MAX_COLUMNS)
    return tuple(unique_headers(names)), rows


def cells_of(row: list[str], width: int) -> int:
    """The cells of a row; blank ones beyond the header do not count, a separator at the end makes them."""
    return max(
        min(len(row), width), max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)
    )


def _remarks(width: int, odd: tuple[int, ...]) -> tuple[Text, ...]:
    remarks = []
    if width <= 1:
        remarks.append(
            Text(
                "Une seule colonne a été trouvée : vérifiez le séparateur.",
                "Only one column was found: check the separator.",
            )
        )
    if odd:
        remarks.append(
            Text(
                f"{len(odd)} lignes n’ont pas le nombre de cellules de l’en-tête (dont la {odd[0]}).",
                f"{len(odd)} rows do not have the number of cells of the header (row {odd[0]} first).",
            )
        )
    return tuple(remarks)


def _detect_fixed(path: Path, text: str, length: int, encoding: Guess, settings: Changed) -> Preview:
    evidence = Text(
        f"Toutes les lignes ont {length} caractères et aucun séparateur ne revient.",
        f"All lines have {length} characters and no separator recurs.",
    )
    form = Guess("format", "fixed_width", evidence, 0.9 if length else 0.5, ("delimited",))
    layout, zones, remarks = _layout(path, length, settings)
    options = ImportOptions("fixed_width", encoding.value, None, None, None, layout=zones)
    lines = text.removesuffix("\n").split("\n")[:SAMPLE_ROWS]
    rows = [[line[z.start - 1 : z.start - 1 + z.length].strip() for z in zones] or [line] for line in lines]
    columns = tuple(unique_headers([zone.header for zone in zones])) if zones else ("Colonne 1",)
    odd = _odd_lines(lines, zones)
    remarks = (*remarks, *_odd_remarks(odd))
    guesses = (_settle(form, settings), encoding, layout)
    told = Preview(options, guesses, columns, rows[:PREVIEW_ROWS], tuple(odd), remarks, rows)
    return replace(told, odd_cells=tuple(odd.values()))


def _odd_lines(lines: list[str], zones: tuple[FixedColumn, ...]) -> dict[int, int]:
    """Number of each odd line, from 1, and the zones that it holds whole."""
    if not zones:
        return {}
    from desktop_app.core.extracts.fixed_width import LineLengths

    lengths = LineLengths(zones)
    lengths.note(lines)
    found = lengths.odd().frame()
    return {} if found is None else dict(found.iter_rows())


def _odd_remarks(odd: dict[int, int]) -> tuple[Text, ...]:
    if not odd:
        return ()
    first = next(iter(odd))
    return (
        Text(
            f"{len(odd)} lignes n’ont pas la longueur du dessin d’enregistrement (dont la {first}).",
            f"{len(odd)} rows do not have the length of the record layout (row {first} first).",
        ),
    )


def _layout(
    path: Path, length: int, settings: Changed
) -> tuple[Guess, tuple[FixedColumn, ...], tuple[Text, ...]]:
    if settings.get("layout"):
        stated = Path(str(settings["layout"]))
        return chosen("layout", stated.name), read_layout(path.parent / stated), ()
    found = find_layout(path, length)
    if found is None:
        lack = problems.no_layout(path)
        remark = Text(lack.sentence("fr"), lack.sentence("en"))
        return Guess("layout", "", remark, 0.0), (), (remark,)
    evidence = Text(
        f"« {found[0].name} », à côté du fichier, décrit {len(found[1])} zones sur {length} caractères.",
        f"“{found[0].name}”, beside the file, describes {len(found[1])} zones over {length} characters.",
    )
    return Guess("layout", found[0].name, evidence, 0.95), found[1], ()


def _detect_workbook(
    path: Path, form: FileFormat, settings: Changed, member: str | None, progress: Progress
) -> Preview:
    from desktop_app.core.extracts import workbook

    examine(path, MAX_WORKBOOK)
    with workbook.open_workbook(path, form, member, progress) as book:
        sheet = _settle(workbook.sheet_guess(book), settings)
        rows = workbook.glance(book, sheet.value).rows
    header = _settle(workbook.header_row_guess(rows), settings)
    options = ImportOptions(form, None, None, None, _row(header), sheet.value)
    columns, body = _split(path, rows, options.header_row)
    guesses = (_by_content(form), sheet, header)
    return Preview(options, guesses, columns, body[:PREVIEW_ROWS], sample=body[:SAMPLE_ROWS])


def _detect_page(
    path: Path, head: bytes, settings: Changed, member: str | None, progress: Progress
) -> Preview:
    from desktop_app.core.extracts import page

    encoding = _settle(page.encoding_guess(head), settings)
    encoding = replace(encoding, value=uniform(encoding.value))
    text = page.page_text(path, encoding.value, member, progress)
    found = page.tables(path, text, progress)
    table = _settle(page.table_guess(found), settings)
    rows = page.chosen(path, found, table.value).rows
    header = _settle(page.header_row_guess(rows[:_TITLES]), settings)
    options = ImportOptions("html", encoding.value, None, None, _row(header), table.value)
    columns, body = _split(path, rows, options.header_row)
    guesses = (_by_content("html"), encoding, table, header)
    return Preview(options, guesses, columns, body[:PREVIEW_ROWS], sample=body[:SAMPLE_ROWS])


def _detect_columnar(
    path: Path, form: FileFormat, settings: Changed, member: str | None, progress: Progress
) -> Preview:
    from desktop_app.core.extracts import columnar

    stated = settings.get("encoding")
    options = ImportOptions(form, str(stated) if stated else None, None, None, None, member=member)
    told = columnar.describe(path, options, progress)
    options = replace(options, encoding=told.encoding)
    rows = columnar.first_rows(path, options, told, PREVIEW_ROWS)
    guesses = (_by_content(form), *((chosen("encoding", str(stated)),) if stated else ()))
    names = tuple(unique_headers(told.columns))
    return Preview(options, guesses, names, rows, (), _labelled(told.labels), rows)


def _labelled(labels: Mapping[str, Mapping[str, str]]) -> tuple[Text, ...]:
    if not labels:
        return ()
    names = ", ".join(list(labels)[:8]) + (", …" if len(labels) > 8 else "")
    return (
        Text(
            f"Le fichier donne des libellés aux codes de : {names}. Les cellules gardent les codes.",
            f"The file gives labels to the codes of: {names}. The cells keep the codes.",
        ),
    )


def _by_content(form: FileFormat) -> Guess:
    kind = KINDS[form]
    evidence = Text(f"Le contenu est celui d’{kind.fr}.", f"The content is that of {kind.en}.")
    return Guess("format", form, evidence, 1.0)


def _refuse_another(path: Path, form: FileFormat, settings: Changed) -> None:
    """Only text can be read in more than one way."""
    if settings.get("format") in (None, form):
        return
    todo = Text("Gardez le format proposé.", "Keep the format that is offered.")
    raise problems.wrong_extension(path, path.suffix or "?", KINDS[form], todo)
