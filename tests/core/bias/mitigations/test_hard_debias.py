"""Hard debiasing of a table and of a BERT's input embedding: what changes, what stays, what loads plainly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.bias import lexicon
from core.bias.audited import STATIC, Audited
from core.bias.inputs import Inputs
from core.bias.mitigation import Material, Mitigated
from core.bias.mitigations import mitigation
from core.bias.recoverability import recovered
from core.bias.vectors.static import open_static, save_static
from core.bias.word_sets import WordTest
from core.errors import Stopped, UserProblem
from core.progress import ShouldStop, never, silent
from tests.core.bias.measuring import measured

HE, SHE = ("he", "man", "boy", "him", "son", "brother", "male"), ("she", "woman", "girl", "her", "daughter", "sister",
                                                                  "female")  # fmt: skip


def given(first: Any = HE, second: Any = SHE, **attributes: Any) -> Inputs:
    test = WordTest.from_json({"targets": {"men": first, "women": second}, "attributes": attributes})
    return Inputs("pairs", test)


def applied(audited: Audited, out: Path, inputs: Inputs, should_stop: ShouldStop = never, **settings: Any) -> Mitigated:
    method = mitigation("hard_debias")
    return method.apply(
        audited, inputs, method.config.from_json(settings), material=Material(), out=out, report=silent,
        should_stop=should_stop,
    )  # fmt: skip


def rows(folder: Path) -> dict[str, np.ndarray]:
    table = open_static(folder)
    return dict(zip(table.words, table.rows(range(len(table.words))), strict=True))


TABLE = {"he": [3, 4, 0], "she": [-3, 4, 0], "nurse": [-1, 0, 1], "gay": [2, 2, 1]}


def test_a_table_by_hand(table: Any, tmp_path: Path) -> None:
    """v = (1, 0, 0); nurse keeps (0, 0, 1); he and she have nu = (0, 0.8, 0), so they stay (±0.6, 0.8, 0)."""
    done = applied(table(TABLE), tmp_path, given(["he"], ["she"]))
    found = rows(tmp_path)
    assert found["nurse"] == pytest.approx([0, 0, 1]) and found["he"] == pytest.approx([0.6, 0.8, 0], abs=1e-6)
    assert found["gay"] == pytest.approx(np.array([0, 2, 1]) / 5**0.5, abs=1e-6)
    assert (done.facts["pairs"], done.facts["neutralised"], done.facts["equalised"]) == (1, 2, 1)


def test_lengths_may_be_kept_and_words_left(table: Any, tmp_path: Path) -> None:
    applied(table(TABLE), tmp_path, given(["he"], ["she"], own=["Gay"]), lengths="keep", leave=True)
    found = rows(tmp_path)
    assert found["nurse"] == pytest.approx([0, 0, 2**0.5], abs=1e-6) and found["gay"] == pytest.approx([2, 2, 1])
    assert found["he"] == pytest.approx([3, 4, 0], abs=1e-5)


def test_a_stop_and_pairs_without_a_difference(table: Any, tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        applied(table(TABLE), tmp_path, given(["he"], ["she"]), lambda: "discard")
    with pytest.raises(UserProblem, match="same vector"):
        applied(table({"he": [1, 0], "she": [2, 0], "x": [0, 1]}), tmp_path, given(["he"], ["she"]))


def test_a_bert_keeps_everything_but_its_table_and_loads_plainly(bert: Audited, tmp_path: Path) -> None:
    import transformers

    done = applied(bert, tmp_path, given())
    old, new = (transformers.AutoModel.from_pretrained(str(folder)) for folder in (bert.folder, tmp_path))
    changed = [name for (name, a), (_, b) in zip(old.state_dict().items(), new.state_dict().items(), strict=True)
               if not np.array_equal(a.numpy(), b.numpy())]  # fmt: skip
    assert changed == ["embeddings.word_embeddings.weight"]
    ids = bert.tokenizer(["nurse", "engineer"], add_special_tokens=False)["input_ids"]
    weights = [model.get_input_embeddings().weight.detach().numpy() for model in (old, new)]
    for (word,) in ids:
        assert np.linalg.norm(weights[1][word]) == pytest.approx(np.linalg.norm(weights[0][word]), rel=1e-4)
        assert not np.array_equal(weights[0][word], weights[1][word])
    specials = bert.tokenizer.all_special_ids
    assert np.array_equal(weights[0][specials], weights[1][specials]) and done.facts["equalised"] == 7
    he, she = (weights[1][bert.tokenizer.convert_tokens_to_ids(word)] for word in ("he", "she"))
    nurse = weights[1][ids[0][0]]
    assert nurse @ he == pytest.approx(nurse @ she, abs=1e-4)


@pytest.mark.real_data
def test_on_glove_names_stay_and_science_turns_round(shared_data: Path, tmp_path: Path) -> None:
    """The vectors of Caliskan's words: WEAT 6 (names) hardly moves, WEAT 7 turns round, and it is found again."""
    kept = np.load(shared_data / "bias" / "glove840b_weat.npz")
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    save_static(tmp_path / "old", [str(word) for word in kept["words"]], kept["vectors"])
    done = applied(Audited(tmp_path / "old", STATIC, "glove/1"), tmp_path / "new", given())

    def d(test: str, folder: str) -> float:
        list_ = lexicon.test(test)
        model = Audited(tmp_path / folder, STATIC, folder)
        value = measured("weat", model, Inputs(test, list_)).headline.value
        assert value is not None
        return value

    assert d("WEAT 6", "old") == pytest.approx(1.81, abs=0.01) and d("WEAT 6", "new") > 1.4
    assert d("WEAT 7", "old") == pytest.approx(1.06, abs=0.01) and d("WEAT 7", "new") < 0
    assert done.recoverable is not None
    found = recovered(done.recoverable.after, done.recoverable.sides)
    assert found.accuracy is not None and found.accuracy > 0.85
