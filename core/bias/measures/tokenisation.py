"""Tokenisation: how many pieces the words of each group become before the model reads anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.common_names import COMMON
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.permutation.holm import holm
from core.bias.tokens.groups import Apart, Group, pairs
from core.bias.tokens.pieces import Cut, cut
from core.bias.word_sets import WordTest, checked
from core.evaluation.wilson import wilson
from core.progress import Report, ShouldStop
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited

NAME, TITLE = "pieces_apart", "Largest difference in pieces a word"


@dataclass(frozen=True)
class TokenisationConfig(Config):
    """Settings of the tokenisation panel."""

    seed: int = option(0, title="Seed", help="Sets the resamples.", minimum=0, maximum=2**31, advanced=True)


def compute(
    audited: Audited, inputs: Inputs, settings: TokenisationConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """The widest pair of target groups in mean pieces, shares of whole words, and every word's pieces."""
    assert inputs.words is not None
    test, notes = checked(inputs.words)
    subject = audited.subject
    words = {one.word: one for one in cut(subject.tokenizer, test.words, subject.max_length)}
    groups = [Group(one.name, _pieces(one.words, words)) for one in test.targets]
    found = pairs([group for group in groups if len(group.pieces)], seed=settings.seed)
    figures = [figure for one in test.sets for figure in _of_set(one.name, one.words, words)]
    tables = {"groups": _groups(test, words), **_compared(found), "distribution": _distribution(test, words),
              "words": _words(test, words)}  # fmt: skip
    lost = {one.name: tuple(word for word in one.words if words[word].lost) for one in test.sets}
    said = f"{len(words)} words, each alone, read by the tokenizer of {audited.spec}"
    return Found(
        _headline(found, groups), tuple(figures), tables, said, (*notes, *_merged(words)),
        {name: some for name, some in lost.items() if some},
    )  # fmt: skip


def _pieces(group: tuple[str, ...], words: Mapping[str, Cut]) -> np.ndarray:
    return np.array([len(words[word].pieces) for word in group if not words[word].lost], dtype=np.int64)


def _headline(found: tuple[Apart, ...], groups: list[Group]) -> Figure:
    if not found:
        note = "There is one group with words that the tokenizer knows, so nothing can be compared."
        return Figure(NAME, TITLE, None, 0.0, of="words", note=note, least=0.0)
    one, several = found[0], len(found) > 1
    note = f"{one.more.name} {one.more.mean:.2f} pieces a word, {one.fewer.name} {one.fewer.mean:.2f}."
    if several:
        note += " The pair was chosen because it is the widest; p of all pairs, corrected, stand in the table."
    return Figure(
        NAME, TITLE, one.difference.value, 0.0, one.difference.low, one.difference.high,
        "95 % bootstrap over the words of both groups", sum(len(group.pieces) for group in groups), "words", note,
        None if several else one.chance, least=0.0,
    )  # fmt: skip


def _of_set(name: str, group: tuple[str, ...], words: Mapping[str, Cut]) -> list[Figure]:
    """Mean pieces, and the share that is one piece, of one set."""
    known = _pieces(group, words)
    whole = int((known == 1).sum())
    if not len(known):
        return [Figure(f"mean {name}", f"{name}: pieces a word", None, note="No word of it reaches the model.")]
    share = wilson(whole, len(group))
    return [
        Figure(f"mean {name}", f"{name}: pieces a word", float(known.mean()), n=len(known), of="words", least=1.0),
        Figure(
            f"whole {name}", f"{name}: share in one piece", share.value, None, share.low, share.high, "95 % Wilson",
            len(group), "words", f"{whole} of {len(group)}", least=0.0, most=1.0,
        ),
    ]  # fmt: skip


def _groups(test: WordTest, words: Mapping[str, Cut]) -> pd.DataFrame:
    rows = []
    for role, sets in (("target", test.targets), ("attribute", test.attributes)):
        for one in sets:
            known, all_of = _pieces(one.words, words), [words[word] for word in one.words]
            whole = int((known == 1).sum())
            share = wilson(whole, len(one))
            rows.append((
                one.name, role, len(one), float(known.mean()) if len(known) else None, whole, share.value, share.low,
                share.high, sum(each.lost for each in all_of), sum(each.merged for each in all_of),
                sum(_homograph(each) for each in all_of),
            ))  # fmt: skip
    names = ["group", "role", "words", "pieces a word", "in one piece", "share in one piece", "low", "high", "lost",
             "same in small letters", "names that read as a common word"]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def _compared(found: tuple[Apart, ...]) -> dict[str, pd.DataFrame]:
    if not found:
        return {}
    adjusted = holm([one.chance.high for one in found])
    rows = [
        (one.more.name, one.fewer.name, one.difference.value, one.difference.low, one.difference.high, one.chance.p, p)
        for one, p in zip(found, adjusted, strict=True)
    ]
    names = ["more pieces", "fewer pieces", "difference in pieces a word", "low", "high", "p, two-sided",
             "p after Holm"]  # fmt: skip
    return {"pairs of groups": pd.DataFrame(rows, columns=names)}


def _distribution(test: WordTest, words: Mapping[str, Cut]) -> pd.DataFrame:
    rows = []
    for one in test.sets:
        known = _pieces(one.words, words)
        for number, count in zip(*np.unique(known, return_counts=True), strict=True):
            rows.append((one.name, int(number), int(count), float(count / len(known))))
    return pd.DataFrame(rows, columns=["group", "pieces", "words", "share"])


def _words(test: WordTest, words: Mapping[str, Cut]) -> pd.DataFrame:
    """Every word with its pieces, the most broken first."""
    rows = [
        (word, one.name, len(words[word].pieces), " ".join(words[word].pieces), _said(words[word]))
        for one in test.sets
        for word in one.words
    ]
    table = pd.DataFrame(rows, columns=["word", "group", "number of pieces", "pieces", "note"])
    return table.sort_values("number of pieces", ascending=False, kind="stable", ignore_index=True)


def _said(one: Cut) -> str:
    if not one.pieces:
        return "dropped by the tokenizer"
    if one.unknown:
        return "unknown to the tokenizer"
    return "reads as the common word" if _homograph(one) else ""


def _homograph(one: Cut) -> bool:
    return one.merged and one.word in COMMON


def _merged(words: Mapping[str, Cut]) -> list[str]:
    """Names that the vocabulary cannot tell from common words; in a cased vocabulary there is none."""
    names = [one.word for one in words.values() if _homograph(one)]
    if not names:
        return []
    return [
        f"This tokenizer reads capital and small letters alike, so these names are common words to it: "
        f"{', '.join(names)}. Their vectors are partly those of the words."
    ]


MEASURE = Measure(
    name="tokenisation",
    title="Tokenisation",
    summary="Whether the names or terms of one group are cut into more pieces than those of another.",
    family="tokens",
    needs="tokenizer",
    config=TokenisationConfig,
    compute=compute,
    source="Pieces a word: Rust et al. 2021, ACL (fertility); share in one piece: Wilson 1927",
    says="How differently the vocabulary holds the groups' words, before the model computes anything: a name in one "
    "piece has a vector of its own, a name in several is put together from parts.",
    criticisms=(
        Criticism(
            "Pieces follow how often a word stood in the texts that the vocabulary was made from; the figure says "
            "nothing about what the model makes of the pieces.",
            "by construction",
        ),
        Criticism(
            "Word tests on names mix the group with rarity and with the number of pieces; a difference here is a "
            "reason to doubt a difference there.",
            "Wolfe and Caliskan 2021, EMNLP",
        ),
        Criticism(
            "Lists of names stand for groups only loosely, and carry their makers' choices.",
            "Antoniak and Mimno 2021, ACL",
        ),
    ),  # fmt: skip
    neutral=0.0,
    upward="the words of one group are cut into more pieces than those of another",
    downward="no group's words are cut into more pieces",
    swap="keeps",
    low=0.0,
    targets=None,
    attributes=None,
    order=60,
)
