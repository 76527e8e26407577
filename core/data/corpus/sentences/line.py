"""Every line is one sentence: the form in which BERT's own pre-training took its text (google-research/bert)."""

from __future__ import annotations

from core.data.corpus.sentences.contract import Splitter, stripped


def split(paragraph: str, language: str) -> list[str]:
    """The line as it stands."""
    return stripped([paragraph])


SPLITTER = Splitter(
    name="line",
    title="One a line",
    summary="The file holds one sentence a line already; lines are not joined.",
    split=split,
    order=4,
    keeps_lines=True,
)
