"""Tokenisation: pieces by group, what falls together, what is lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.bias import lexicon
from core.bias.audited import Audited
from core.bias.charts.tokenisation import charts
from core.bias.inputs import Inputs
from core.bias.tokens.groups import Group, apart, pairs
from core.bias.tokens.pieces import cut
from tests.core.bias.measuring import measured, words


def test_the_bundled_vocabulary_holds_one_groups_names_and_not_the_others(bert: Audited) -> None:
    found = measured("tokenisation", bert, Inputs("WEAT 3", lexicon.test("WEAT 3")))
    groups = found.tables["groups"].set_index("group")
    assert groups.loc["European-American names", "in one piece"] == 32
    assert groups.loc["African-American names", "in one piece"] == 10
    assert list(groups["words"])[:2] == [32, 32]
    whole = {one.name: one for one in found.figures}["whole African-American names"]
    assert whole.value == pytest.approx(10 / 32) and whole.low == pytest.approx(0.180, abs=0.001)
    assert found.headline.low is not None and found.headline.low > 0 and found.headline.chance is not None
    assert found.headline.chance.p < 1e-6
    shares, spread = charts(found, {})
    assert "African-American names 10 of 32" in shares.alt and spread.chart.to_dict()


def test_a_difference_by_hand() -> None:
    """3, 3, 3 pieces against 1, 1, 1: apart by 2; two of the 20 partitions are as far apart."""
    found = apart(Group("a", np.array([3, 3, 3])), Group("b", np.array([1, 1, 1])))
    assert (found.difference.value, found.difference.low, found.difference.high) == (2, 2, 2)
    assert found.chance.p == pytest.approx(2 / 20)


def test_of_several_groups_the_widest_pair_is_first_and_has_no_p_of_its_own(bert: Audited) -> None:
    made = pairs([Group("a", np.array([1, 2])), Group("b", np.array([4, 4])), Group("c", np.array([2, 2]))])
    assert [(one.more.name, one.fewer.name) for one in made] == [("b", "a"), ("b", "c"), ("c", "a")]
    given = words({"x": ["rose", "lily"], "y": ["xylographer", "Nichelle"], "z": ["bee", "ant"]}, {})
    found = measured("tokenisation", bert, given)
    assert found.headline.chance is None and "widest" in found.headline.note
    assert len(found.tables["pairs of groups"]) == 3


def test_one_group_alone_has_no_difference(bert: Audited) -> None:
    found = measured("tokenisation", bert, words({"x": ["rose", "lily"]}, {}))
    assert found.headline.value is None and "nothing can be compared" in found.headline.note
    assert found.figures[1].value == 1


def test_names_that_an_uncased_vocabulary_reads_as_common_words(bert: Audited) -> None:
    found = measured("tokenisation", bert, words({"x": ["Hope", "Mark", "Emily"], "y": ["Will", "Lakisha"]}, {}))
    assert any("Hope, Mark, Will" in note and "Emily" not in note for note in found.warnings)


def test_lost_words_are_named_and_left_out_of_the_mean(bert: Audited) -> None:
    found = measured("tokenisation", bert, words({"x": ["rose", "\u4e00\U0001f9a9"], "y": ["lily", "bee"]}, {}))
    assert list(found.lost) == ["x"] and found.headline.n == 3
    table = found.tables["words"].set_index("word")
    assert table.loc["rose", "pieces"] == "rose" and table.loc["\u4e00\U0001f9a9", "note"] == "unknown to the tokenizer"


def test_pieces_of_a_cased_vocabulary_do_not_fall_together(tmp_path: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    names = ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]", "Hope", "hope", "##ful"]
    made = Tokenizer(models.WordPiece({name: n for n, name in enumerate(names)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)])
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=made, unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]",
        mask_token="[MASK]", model_max_length=16,
    )  # fmt: skip
    found = {one.word: one for one in cut(tokenizer, ["Hope", "hopeful", "Rose"], 16)}
    assert not found["Hope"].merged and found["hopeful"].pieces == ("hope", "##ful") and found["Rose"].lost
