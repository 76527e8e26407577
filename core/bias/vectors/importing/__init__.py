"""Tables of word vectors brought in from files: one module a format, each with `rows(source, scratch, tally, limits)`.

A row is read, checked and written before the next one is read, so the memory that is used grows with the words only.
What could run code when it is read (pickles) is refused by its first bytes, whatever the file is called.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from core.bias.vectors.importing import card
from core.bias.vectors.importing.checking import write_checked
from core.bias.vectors.importing.limits import DEFAULT, Limits
from core.bias.vectors.importing.recognising import TITLES, format_of
from core.bias.vectors.importing.tally import Tally
from core.errors import UserProblem

__all__ = ["format_of", "import_table"]


def import_table(source: Path, folder: Path, limits: Limits = DEFAULT, *, called: str | None = None) -> dict[str, Any]:
    """Write the table in `source` into the empty `folder`, as core.bias.vectors.static reads it; facts about it.

    `called` is the file's name for people. Facts: words, hidden_size, format, and how many rows were left out and why.
    UserProblem where the file holds no table of word vectors, most of it cannot be read, or a limit is passed; nothing
    is left in `folder` then.
    """
    named = format_of(source, limits)
    if named is None:
        raise UserProblem("The file holds no table of word vectors.", "word2vec, GloVe or .npz is wanted.")
    tally = Tally()
    try:
        rows = import_module(f"{__name__}.{named}").rows(source, folder, tally, limits)
        width = write_checked(rows, folder, tally, limits)
        tally.check()
        facts = {"model_type": "static_vectors", "words": tally.read, "hidden_size": width, "format": TITLES[named]}
        card.write(folder, called or source.name, facts, tally)
    except BaseException:
        for path in folder.iterdir():
            path.unlink()
        raise
    return {**facts, **tally.facts()}
