from pathlib import Path

import pytest

from core.data.corpus import store
from core.data.corpus.store import Corpus, CorpusWriter, Document, documents_of, open_corpus
from core.errors import UserProblem


def written(folder: Path, documents: int, sentence: str = "A sentence.") -> Corpus:
    with CorpusWriter(folder) as writer:
        for number in range(documents):
            split = "holdout" if number % 5 == 4 else "train"
            writer.add(split, Document(number, f"d{number}.txt", (sentence,) * (number + 1)))
        return writer.finish({"documents": documents})


def test_what_is_written_comes_back_in_order(tmp_path: Path) -> None:
    corpus = written(tmp_path, 10)
    train, holdout = list(corpus.documents("train")), list(corpus.documents("holdout"))
    assert [document.number for document in train] == [0, 1, 2, 3, 5, 6, 7, 8]
    assert [document.number for document in holdout] == [4, 9]
    assert holdout[0] == Document(4, "d4.txt", ("A sentence.",) * 5)
    assert open_corpus(tmp_path).facts == {"documents": 10}


def test_groups_and_parts_are_bounded_and_cover_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "GROUP_BYTES", 100)
    monkeypatch.setattr(store, "PART_BYTES", 300)
    corpus = written(tmp_path, 50)
    groups = corpus.groups("train")
    assert len({group.part for group in groups}) > 3 and len(groups) > 10
    assert [d for group in groups for d in documents_of(group)] == list(corpus.documents("train"))
    assert len(list(corpus.documents("train"))) == 40


def test_a_document_without_sentences_is_left_out_and_an_empty_split_has_no_groups(tmp_path: Path) -> None:
    with CorpusWriter(tmp_path) as writer:
        writer.add("train", Document(0, "empty.txt", ()))
        corpus = writer.finish({})
    assert corpus.groups("train") == () and list(corpus.documents("holdout")) == []


def test_a_folder_that_holds_no_corpus_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match=r"holds no corpus\.json"):
        open_corpus(tmp_path)
