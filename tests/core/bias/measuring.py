"""How tests of bias measures give words and take a measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.bias.audited import Audited
from core.bias.found import Found
from core.bias.inputs import Inputs
from core.bias.measures import measure
from core.bias.word_sets import WordTest
from core.progress import never, silent


def words(targets: Mapping[str, Sequence[str]], attributes: Mapping[str, Sequence[str]], name: str = "test") -> Inputs:
    """Word sets as inputs."""
    test = WordTest.from_json({"name": name, "targets": targets, "attributes": attributes})
    return Inputs(name, test)


def measured(name: str, audited: Audited, inputs: Inputs, **settings: Any) -> Found:
    """What a measure finds with its defaults, `settings` aside."""
    known = measure(name)
    return known.compute(audited, inputs, known.config.from_json(settings), report=silent, should_stop=never)
