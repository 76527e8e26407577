"""Word sets that may be shipped, each with its source: published lists are facts, the others were written for this
product and may be used freely. One JSON file a collection: a list of tests as `WordTest.from_json` reads them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from core.bias.word_sets import WordTest
from core.errors import UserProblem

FOLDER = Path(__file__).resolve().parent


@cache
def collection(name: str) -> tuple[WordTest, ...]:
    """The tests of one file, in order: `weat` holds WEAT 1 to 10."""
    return tuple(WordTest.from_json(one) for one in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


@cache
def tests() -> dict[str, WordTest]:
    """Every shipped test by name."""
    names = sorted(path.stem for path in FOLDER.glob("*.json"))
    return {test.name: test for name in names for test in collection(name)}


def test(name: str) -> WordTest:
    """A shipped test by its name; UserProblem says which there are."""
    found = {known.lower().replace(" ", ""): one for known, one in tests().items()}.get(name.lower().replace(" ", ""))
    if found is None:
        raise UserProblem(f"There is no shipped word list {name!r}.", f"There are: {', '.join(tests())}.")
    return found
