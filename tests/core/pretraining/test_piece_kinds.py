"""Special, ordinary and continuing pieces of a vocabulary."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from core.encoding.base_models import bundled
from core.encoding.tokenizing import load_tokenizer
from core.errors import UserProblem
from core.pretraining.piece_kinds import piece_kinds
from tests.core.pretraining.made_corpus import PIECES, SPECIAL, tokenizer


def test_special_and_unused_pieces_never_stand_in() -> None:
    kinds = piece_kinds(tokenizer())
    assert [PIECES[number] for number in (kinds.pad, kinds.cls, kinds.sep, kinds.mask)] == [
        "[PAD]", "[CLS]", "[SEP]", "[MASK]",
    ]  # fmt: skip
    assert [PIECES[number] for number in kinds.ordinary] == [piece for piece in PIECES if piece not in SPECIAL]
    assert [PIECES[number] for number in np.flatnonzero(kinds.continues)] == ["##s", "##ed"]


def test_the_bundled_vocabulary() -> None:
    kinds = piece_kinds(load_tokenizer(bundled()))
    assert len(kinds.ordinary) == 30522 - 5 - 994 and kinds.continues.sum() == 5828


def test_a_tokenizer_without_a_mask_is_told() -> None:
    other = SimpleNamespace(cls_token_id=1, sep_token_id=2, pad_token_id=0, mask_token_id=None)
    with pytest.raises(UserProblem, match=r"no \[MASK\]"):
        piece_kinds(other)
