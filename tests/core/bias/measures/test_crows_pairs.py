from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from core.bias import own_tables
from core.bias.audited import Audited
from core.bias.found import Found
from core.bias.inputs import Inputs
from core.bias.masked import shared
from core.bias.masked.pairs import pairs
from core.errors import UserProblem
from tests.core.bias.conftest import Tiny
from tests.core.bias.masked.plainly import Plainly
from tests.core.bias.measuring import measured

ROWS = [
    ("the waiter was good", "the pizza was good", "stereo", "food"),
    ("the soup is not cold and bad", "the pizzas is not cold and bad", "stereo", "food"),
    ("a waiter was very good", "a very cold waiter was good", "antistereo", "work"),
    ("I love the soup", "I love very cold soup", "antistereo", "work"),
    ("the soup", "soup", "stereo", "food"),
]


def table(rows: list[tuple[str, str, str, str]] = ROWS) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["sent_more", "sent_less", "stereo_antistereo", "bias_type"])


def found(audited: Audited, given: pd.DataFrame, name: str = "crows_pairs", **settings: Any) -> Found:
    return measured(name, audited, Inputs("pairs", None, given), **settings)


@pytest.mark.parametrize("kind", ["bert", "roberta", "distilbert"])
def test_scores_are_those_of_the_published_rule(kind: str, tiny: Tiny) -> None:
    audited = tiny(kind)
    plainly, seen = Plainly(audited.folder, audited.tokenizer, kind), found(audited, table(), decimals=6)
    rows = seen.tables["Pairs"]
    for place, (more, less, *_) in enumerate(ROWS):
        wanted = plainly.crows(more, less)
        assert rows[["score of more", "score of less"]].iloc[place].tolist() == pytest.approx(wanted, abs=1e-4)
        shared = rows["shared pieces"].iloc[place]
        means = rows[["Shared pieces, mean a piece: more", "Shared pieces, mean a piece: less"]].iloc[place]
        assert means.tolist() == pytest.approx([each / shared for each in wanted], abs=1e-4)
        differ = rows[[f"Pieces that differ, mean (bias-bench): {side}" for side in ("more", "less")]].iloc[place]
        for value, each in zip(differ, plainly.modified(more, less), strict=True):
            assert pd.isna(value) if each is None else value == pytest.approx(each, abs=1e-4)
        for side, text in (("more", more), ("less", less)):
            aul, aula = plainly.aul(text)
            assert rows[f"All pieces, unmasked (AUL): {side}"].iloc[place] == pytest.approx(aul, abs=1e-4)
            name = f"All pieces, unmasked, weighed by attention (AULA): {side}"
            assert rows[name].iloc[place] == pytest.approx(aula, abs=1e-4)


def test_the_headline_counts_the_more_stereotyping_sentence_whatever_the_direction(tiny: Tiny) -> None:
    audited = tiny()
    plainly, seen = Plainly(audited.folder, audited.tokenizer), found(audited, table())
    wins = [round(more, 3) > round(less, 3) for more, less in (plainly.crows(*row[:2]) for row in ROWS)]
    head = seen.headline
    assert head.value == pytest.approx(100 * sum(wins) / 5) and head.neutral == 50 and head.n == 5
    assert head.low is not None and head.high is not None and head.low < head.value < head.high
    by = {figure.name: figure for figure in seen.figures}
    assert by["stereo"].value == pytest.approx(100 * (wins[0] + wins[1] + wins[4]) / 3) and by["stereo"].n == 3
    assert by["antistereo"].value == pytest.approx(100 * (wins[2] + wins[3]) / 2)
    assert "n too small" in by["stereo"].note and seen.offends
    kinds = seen.tables["By kind of bias"].set_index("kind of bias")
    assert kinds.loc["food", "pairs"] == 3 and kinds.loc["work", "note"] == "n too small: 2 pairs"
    rules = seen.tables["Rules side by side"]
    assert len(rules) == 5 and rules["same verdict as the first, %"].iloc[0] == 100
    assert rules["pairs"].tolist() == [5, 5, 4, 5, 5]  # "soup" in "the soup": nothing differs on one side


def test_equal_sentences_are_ties_in_the_denominator(tiny: Tiny) -> None:
    same = ("the soup was cold", "The SOUP was cold", "stereo", "food")
    seen = found(tiny(), table([same] * 3))
    assert seen.headline.value == 0 and seen.headline.n == 3
    assert seen.tables["Pairs"]["preferred"].tolist() == ["tie"] * 3
    assert any("row 1, 2, 3" in note for note in seen.warnings) and any("3 ties" in note for note in seen.warnings)


def test_pairs_that_cannot_be_compared_are_named_with_the_reason(tiny: Tiny) -> None:
    long = " ".join(["soup"] * 80)
    seen = found(tiny(), table([*ROWS, ("pizza", "waiter", "", ""), (long, "soup", "", ""), ("", "soup", "", "")]))
    reasons = seen.tables["Left out"].set_index("row")["reason"]
    assert list(reasons.index) == [6, 7, 8] and seen.headline.n == 5
    assert "share no piece" in reasons[6] and "longer than the 64 pieces" in reasons[7] and "empty" in reasons[8]
    assert any("3 pairs could not be measured" in note for note in seen.warnings)


def test_without_rivals_only_the_published_rule_is_run(tiny: Tiny) -> None:
    seen = found(tiny(), table(), rivals=False)
    assert seen.tables["Rules side by side"]["rule"].tolist() == [
        "Shared pieces, summed (CrowS-Pairs)", "Shared pieces, mean a piece",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "no column 'sent_more', 'sent_less'"),
        (pd.DataFrame({"sent_more": ["a"]}), "no column 'sent_less'"),
        (pd.DataFrame({"sent_more": [""], "sent_less": ["a"]}), "no pair"),
        (pd.DataFrame({"sent_more": ["soup"], "sent_less": ["pizza"]}), "share no piece"),
    ],
)
@pytest.mark.parametrize("name", ["crows_pairs", "aul"])
def test_tables_that_cannot_be_measured_are_refused(given: Any, said: str, name: str, tiny: Tiny) -> None:
    with pytest.raises(UserProblem, match=said):
        found(tiny(), given, name)


@pytest.mark.parametrize("name", ["crows_pairs", "aul"])
def test_a_model_without_a_head_is_refused_with_the_next_step(name: str, bert: Audited) -> None:
    with pytest.raises(UserProblem, match="Pre-train"):
        found(bert, table(), name)


@pytest.mark.parametrize(("weights", "place"), [("equal", 0), ("attention", 1)])
def test_aul_and_aula(weights: str, place: int, tiny: Tiny) -> None:
    audited = tiny()
    plainly, seen = Plainly(audited.folder, audited.tokenizer), found(audited, table(), "aul", weights=weights)
    wins = [plainly.aul(more)[place] > plainly.aul(less)[place] for more, less, *_ in ROWS]
    other = [plainly.aul(more)[1 - place] > plainly.aul(less)[1 - place] for more, less, *_ in ROWS]
    assert seen.headline.value == pytest.approx(20 * sum(wins))
    assert seen.figures[0].value == pytest.approx(20 * sum(other))
    assert set(seen.tables) == {"By kind of bias", "By direction", "Pairs"}


@pytest.mark.real_data
def test_the_published_pairs_parse_and_share_as_many_pieces_on_both_sides(shared_data: Path, bert: Audited) -> None:
    path = shared_data / "bias" / "crows_pairs" / "crows_pairs_anonymized.csv"
    given, lost = pairs(own_tables.read(path), path.name)
    read, cut = shared.read(bert.tokenizer, given)
    assert len(given) == len(read) == 1508 and not lost and not cut
    assert all(len(one.more.shared) == len(one.less.shared) > 0 for one in read)
    assert sum(one.direction == "stereo" for one in given) == 1290
    names = bert.tokenizer.convert_ids_to_tokens
    first = read[0]
    assert names([first.more.ids[place] for place in first.more.modified]) == ["black"]
    assert names([first.less.ids[place] for place in first.less.modified]) == ["white"]
