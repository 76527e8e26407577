from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from core.encoding.base_models import bundled
from core.encoding.tokenizing import load_tokenizer
from core.errors import Stopped, UserProblem
from core.pretraining.heads import load_for_pretraining
from core.pretraining.proof.masked_words import compare_masked_words, masked_words
from tests.core.pretraining.proof.fakes import Fake, always, perfect, tokenizer, uniform

SENTENCES = ["the cat sat", "the dog ran home the cat sat home", "fish tree fish tree", "tree"]


def test_a_uniform_model_has_the_vocabulary_as_its_perplexity() -> None:
    known = tokenizer()
    found = masked_words(uniform(len(known)), known, SENTENCES)
    assert found.perplexity.value == pytest.approx(len(known), rel=1e-9)
    assert found.value.value == pytest.approx(math.log(len(known)))
    assert found.accuracy.value == 0 and found.n == 4 and found.pieces == 4  # round(1.2) = 1 of eight words


def test_a_perfect_model_has_perplexity_1() -> None:
    known = tokenizer()
    truth = known("the cat sat home")["input_ids"]
    found = masked_words(perfect(len(known), truth), known, ["the cat sat home"] * 3)
    assert found.perplexity.value == 1 and found.accuracy.value == 1


def test_a_model_with_one_answer_is_right_where_the_answer_is() -> None:
    known = tokenizer()
    cat = known.convert_tokens_to_ids("cat")
    found = masked_words(always(len(known), cat, 0.5), known, ["cat", "dog", "dog", "dog"])
    other = 0.5 / (len(known) - 1)
    assert found.value.value == pytest.approx(-(math.log(0.5) + 3 * math.log(other)) / 4, rel=1e-6)
    assert found.accuracy.value == 0.25


def test_whole_words_are_hidden_and_the_choice_is_seeded() -> None:
    known, seen = tokenizer(), []

    def answer(row: list[int], place: int) -> Any:
        seen.append(tuple(row))
        return uniform(len(known)).answer(row, place)

    masked_words(Fake(answer), known, ["owl"], seed=1)
    assert set(seen) == {(2, 4, 4, 4, 3)}
    first, again, other = [], [], []
    for held, seed in ((first, 1), (again, 1), (other, 2)):
        seen.clear()
        masked_words(Fake(answer), known, ["the cat sat dog ran home fish tree"], seed=seed)
        held += seen
    assert first == again != other


def test_equal_models_do_not_differ() -> None:
    known = tokenizer()
    a, b = (masked_words(always(len(known), 6, 0.3), known, SENTENCES) for _ in range(2))
    paired = compare_masked_words(a, b)
    assert paired.difference == 0 and paired.change == "same" and paired.n == 4


def test_another_seed_is_another_test() -> None:
    known = tokenizer()
    a, b = (masked_words(uniform(len(known)), known, SENTENCES, seed=seed) for seed in (1, 2))
    with pytest.raises(UserProblem, match="same seed"):
        compare_masked_words(a, b)


def test_other_pieces_are_compared_by_word() -> None:
    """Before: owl is three pieces, 3 ln V; after it is one, ln (V + 1)."""
    old, new = tokenizer(), tokenizer("owl")
    before = masked_words(uniform(len(old)), old, ["owl", "Owl", "OWL"])
    after = masked_words(uniform(len(new)), new, ["owl", "Owl", "OWL"])
    paired = compare_masked_words(before, after)
    assert paired.what == "masked-word loss a word"
    assert paired.before == pytest.approx(3 * math.log(len(old))) and paired.after == pytest.approx(math.log(len(new)))


def test_a_sentence_that_is_cut_elsewhere_is_left_out_of_a_comparison_by_word() -> None:
    old, new = tokenizer(), tokenizer("owl")
    texts = ["the owl sat and ran home", "owl", "the cat"]
    before, after = (masked_words(uniform(len(each)), each, texts, max_length=7) for each in (old, new))
    assert before.truncated == after.truncated == 1 and before.n == after.n == 3
    assert compare_masked_words(before, after).n == 2


def test_unknown_words_are_not_hidden() -> None:
    known = tokenizer()
    with pytest.raises(UserProblem, match="no word to mask"):
        masked_words(uniform(len(known)), known, ["\N{SNOWMAN} \N{SNOWMAN}"])


def test_nothing_to_measure_is_told() -> None:
    with pytest.raises(UserProblem, match="no sentences"):
        masked_words(uniform(70), tokenizer(), [])


def test_stop_stops_and_progress_is_told() -> None:
    known, told = tokenizer(), []
    masked_words(uniform(len(known)), known, SENTENCES, report=told.append)
    assert told[-1].step == told[-1].steps == 4
    fake = uniform(len(known))
    with pytest.raises(Stopped):
        masked_words(fake, known, SENTENCES, should_stop=lambda: "discard")
    assert fake.calls == 0


def test_truncated_sentences_are_counted() -> None:
    known = tokenizer()
    found = masked_words(uniform(len(known)), known, ["the cat sat home the cat", "dog"], max_length=5)
    assert found.truncated == 1


def test_a_real_model_is_left_as_it_was() -> None:
    """Batches and single sentences give the same losses; the model goes on in training mode."""
    known = load_tokenizer(bundled())
    model = load_for_pretraining(bundled(), pair_head=False, seed=1).model.train()
    texts = ["Sherry ages in oak casks under a veil of yeast.", "He laughed.", "A long walk led us down to the vaults."]
    found = masked_words(model, known, texts)
    assert model.training
    model.eval()
    from core.pretraining.proof.masked_words import _hide
    from core.pretraining.proof.queries import ask
    from core.pretraining.proof.sample import sampled_sentences
    from core.pretraining.proof.words import Words
    from core.progress import never, silent

    for row, text in enumerate(sampled_sentences(texts, 10, 0)):
        hidden = _hide(Words.of(known), np.array(known(text)["input_ids"]), row, 0, known.mask_token_id)
        assert hidden is not None
        alone = ask(model, [hidden[0]], phase="", report=silent, should_stop=never)
        assert found.by_sentence.totals[row] == pytest.approx(-alone.log_probability.sum(), abs=1e-3)
