from pathlib import Path

from core.data.corpus.seen import seen
from core.data.corpus.store import Corpus, CorpusWriter, Document


def corpus(folder: Path) -> Corpus:
    with CorpusWriter(folder) as writer:
        read = ("The thousand injuries I had borne.", "He had a weak point.", "Thank you.")
        writer.add("train", Document(0, "a", read))
        writer.add("holdout", Document(1, "b", ("Nobody ever trained on this sentence.",)))
        return writer.finish({})


def test_all_long_sentences_must_occur(tmp_path: Path) -> None:
    texts = [
        "the THOUSAND  injuries i had borne.",
        "He had a weak point. The thousand injuries I had borne.",
        "He had a weak point. And a strong one besides.",
        "Thank you.",
        "Nobody ever trained on this sentence.",
        "",
    ]
    assert seen(texts, corpus(tmp_path)).tolist() == [True, True, False, False, False, False]


def test_no_texts_and_no_corpus_are_no_trouble(tmp_path: Path) -> None:
    assert seen([], corpus(tmp_path / "a")).tolist() == []
    with CorpusWriter(tmp_path / "b") as writer:
        empty = writer.finish({})
    assert seen(["One two three four five."], empty).tolist() == [False]
