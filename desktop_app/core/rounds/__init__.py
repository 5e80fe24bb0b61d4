"""Findings that go out to a colleague without the program, and come back as corrections.

`gather` takes what is to be asked from the bench; `write_book`, `write_csv` and `write_page` make a workbook,
a CSV file and a list to print of it. `read_back` reads what came back, `compare` says what that would change
and where it meets a change made here meanwhile, `steps` are the actions that take it in.
"""

from desktop_app.core.rounds.answers import Answers, read_back
from desktop_app.core.rounds.book import MOST_ROWS, write_book
from desktop_app.core.rounds.compare import Aside, Returned, compare
from desktop_app.core.rounds.outgoing import Identities, Outgoing, Wish, gather
from desktop_app.core.rounds.sheet_csv import write_csv
from desktop_app.core.rounds.sheet_page import write_page
from desktop_app.core.rounds.take_in import Step, steps
from desktop_app.core.rounds.writing import write

__all__ = [
    "MOST_ROWS",
    "Answers",
    "Aside",
    "Identities",
    "Outgoing",
    "Returned",
    "Step",
    "Wish",
    "compare",
    "gather",
    "read_back",
    "steps",
    "write",
    "write_book",
    "write_csv",
    "write_page",
]
