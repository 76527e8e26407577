"""Small data sets written for this product, so that a first visitor has something to train on.

Every row was written by hand for Amontillado and may be used freely; none comes from anybody's data.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.data.column_mapping import ColumnMapping

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class RawSample:
    """A sample of raw text: `name` in the registry, its file (one sentence a line, a blank line ends a document)."""

    name: str
    file: str
    description: str

    @property
    def path(self) -> Path:
        return FOLDER / self.file


@dataclass(frozen=True)
class Sample:
    """A sample data set: `name` in the registry, its file (CSV with the columns text and label), and what it is."""

    name: str
    file: str
    description: str

    @property
    def path(self) -> Path:
        return FOLDER / self.file

    @property
    def mapping(self) -> ColumnMapping:
        """Which columns hold the text and its label."""
        return ColumnMapping("text", "label")


SAMPLES = (
    Sample(
        "food-reviews",
        "food_reviews.csv",
        "240 short remarks about food, 80 each negative, neutral and positive. Written for this product.",
    ),
    Sample(
        "support-tickets",
        "support_tickets.csv",
        "160 customer messages by intent: billing, bug, delivery, login, refund. Written for this product.",
    ),
)

CORPUS = RawSample(
    "cellar-story",
    "cellar_story.txt",
    "A short story in eleven small documents, with words in two senses (bank, spring, port). Written for this product.",
)
