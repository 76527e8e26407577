from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import transformers

from core.data.corpus.store import CorpusWriter, Document
from core.encoding.tokenizing import load_tokenizer
from core.errors import Stopped, UserProblem
from core.pretraining.heads import from_scratch
from core.pretraining.saving import save_child
from core.pretraining.vocabulary import SPECIALS, learn_vocabulary

ROOT = Path(__file__).resolve().parents[3]


def document(*sentences: str) -> Document:
    return Document(0, "a", sentences)


TEXT = [document("Hug the Pug.", "hug pugs"), document("hugs, hug!")]


def test_pieces_are_those_worked_by_hand() -> None:
    """Most frequent pair first: h u g (4), then p u g (2)."""
    learned = learn_vocabulary(lambda: [document("hug hug hug hug pug pug")], size=100, min_frequency=2)
    pieces = learned.tokenizer.get_vocab()
    assert [piece for piece, _ in sorted(pieces.items(), key=lambda item: item[1])][:5] == list(SPECIALS)
    assert {"hug", "pug"} <= set(pieces) and "hugp" not in pieces
    assert learned.size == len(pieces) < learned.asked == 100
    assert learned.tokenizer.tokenize("Hug PUG gum") == ["hug", "pug", "[UNK]"]


def test_rare_pairs_are_not_learned() -> None:
    learned = learn_vocabulary(lambda: TEXT, size=100, min_frequency=3)
    assert "hug" in learned.tokenizer.get_vocab() and "pugs" not in learned.tokenizer.get_vocab()
    assert (learned.documents, learned.sentences) == (2, 3)


def test_case_is_kept_where_asked() -> None:
    cased = learn_vocabulary(lambda: [document("Hug Hug hug hug")], size=50, lowercase=False).tokenizer
    assert cased.tokenize("Hug hug") == ["Hug", "hug"]


def test_it_saves_and_loads_beside_a_model(tmp_path: Path) -> None:
    learned = learn_vocabulary(lambda: TEXT, size=60, min_frequency=1)
    model = from_scratch("tiny", learned.size, seed=1).model
    save_child(model, learned.tokenizer, tmp_path)
    expected = learned.tokenizer("Hug the pugs!")["input_ids"]
    assert expected[0] == 2 and expected[-1] == 3
    assert load_tokenizer(tmp_path)("Hug the pugs!")["input_ids"] == expected
    assert transformers.AutoTokenizer.from_pretrained(str(tmp_path))("Hug the pugs!")["input_ids"] == expected


def test_it_reads_a_corpus(tmp_path: Path) -> None:
    with CorpusWriter(tmp_path) as writer:
        for each in TEXT:
            writer.add("train", each)
        corpus = writer.finish({})
    assert learn_vocabulary(lambda: corpus.documents("train"), size=60).tokenizer.tokenize("hug") == ["hug"]


CODE = """
from core.data.corpus.store import Document
from core.pretraining.vocabulary import learn_vocabulary
words = [a + b + c for a in "hpbmdzx" for b in "uaieo" for c in "gtnsk"]
text = [Document(0, "a", (" ".join(words + words),))]
print(sorted(learn_vocabulary(lambda: text, size=70).tokenizer.get_vocab().items()))
"""


def test_the_same_text_gives_the_same_vocabulary_in_every_process() -> None:
    """All pairs are equally frequent here: only fixed numbers of the characters can decide among them."""
    answers = [
        subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for _ in range(3)
    ]
    assert len(answers[0]) > 500 and len(set(answers)) == 1


def test_a_size_that_the_characters_fill_is_told() -> None:
    with pytest.raises(UserProblem, match="too small"):
        learn_vocabulary(lambda: TEXT, size=10)


def test_lone_surrogates_do_no_harm() -> None:
    assert learn_vocabulary(lambda: [document("hug \ud800 hug")], size=60).tokenizer.tokenize("hug") == ["hug"]


def test_an_empty_corpus_is_told() -> None:
    with pytest.raises(UserProblem, match="no words"):
        learn_vocabulary(lambda: [document("  ")])


def test_stop_stops() -> None:
    with pytest.raises(Stopped):
        learn_vocabulary(lambda: TEXT, should_stop=lambda: "discard")
