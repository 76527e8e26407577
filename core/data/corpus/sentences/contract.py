"""What a sentence splitter declares.

A splitter is one file in this folder that ends with `SPLITTER = Splitter(...)`. `split` takes one paragraph without
line breaks and the code of its language, and gives its sentences in order, without blanks at their ends. It loses
nothing: the sentences hold every character of the paragraph that is no blank, in order (a test runs over all).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Splitter:
    """One way to end a sentence; `keeps_lines` asks for lines that are not joined into paragraphs."""

    name: str
    title: str
    summary: str
    split: Callable[[str, str], list[str]]
    order: int = 99
    keeps_lines: bool = False
    languages: bool = False


def stripped(pieces: list[str]) -> list[str]:
    """The pieces without blanks at their ends, and without those that hold nothing else."""
    return [piece for piece in (part.strip() for part in pieces) if piece]
