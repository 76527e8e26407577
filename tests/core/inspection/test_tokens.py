from __future__ import annotations

from pathlib import Path

import pytest

from core.encoding.base_models import bundled
from core.inspection.subject import Subject
from core.inspection.tokens import rows, stretches, told
from tests.core.encoding.tiny_models import tiny_body

HARD = (
    "", " ", "The BANK, e\u0301té and cafe\u00ad!", "<script>alert(1)</script>", "a [MASK] and [SEP] here",
    "😀 and 漢字 ไทย",
    "x" * 101, "soup", "the soup\0was cold", "word " * 2000, "\n\n two\n lines\t",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
)  # fmt: skip


@pytest.fixture(scope="module", params=["bert", "roberta", "minilm"])
def subject(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    if request.param == "minilm":
        return Subject(bundled())
    return Subject(tiny_body(tmp_path_factory.mktemp("tokens"), request.param))


@pytest.fixture(scope="module")
def minilm() -> Subject:
    return Subject(bundled())


@pytest.mark.parametrize("text", HARD, ids=range(len(HARD)))
@pytest.mark.parametrize("as_text", [True, False])
def test_stretches_are_the_text_and_every_piece_is_on_it(subject: Subject, text: str, as_text: bool) -> None:
    reading = subject.read(text, specials_as_text=as_text)
    found = stretches(reading)
    assert "".join(each.text for each in found) == text
    assert [each.start for each in found[1:]] == [each.end for each in found[:-1]]
    with_width = {place for place, piece in enumerate(reading.pieces) if not piece.special and piece.end > piece.start}
    assert {place for each in found for place in each.pieces} == with_width
    assert len(rows(reading, subject.tokenizer)) == len(reading.pieces)
    assert all(isinstance(sentence, str) for sentence in told(reading, subject.tokenizer, specials_as_text=as_text))


def test_capitals_and_accents_stay_the_users_own(minilm: Subject) -> None:
    found = stretches(minilm.read("Là BANK"))
    assert [(each.text, each.kind) for each in found] == [("Là", "piece"), (" ", "blank"), ("BANK", "piece")]


def test_kinds_of_stretches(minilm: Subject) -> None:
    found = stretches(minilm.read("embedding\u00ads 😀"))
    assert [(each.text, each.kind) for each in found][-4:] == [
        ("\u00ad", "lost"), ("s", "piece"), (" ", "blank"), ("😀", "unknown"),
    ]  # fmt: skip


def test_rows_name_what_goes_on_and_what_is_special(minilm: Subject) -> None:
    found = rows(minilm.read("embeddings", "[SEP] 漢字", specials_as_text=False), minilm.tokenizer)
    assert [(each.piece, each.kind, each.segment) for each in found] == [
        ("[CLS]", "special", 0), ("em", "piece", 0), ("##bed", "goes on", 0), ("##ding", "goes on", 0),
        ("##s", "goes on", 0), ("[SEP]", "special", 0), ("[SEP]", "typed special", 1), ("漢", "piece", 1),
        ("[UNK]", "unknown", 1), ("[SEP]", "special", 1),
    ]  # fmt: skip
    assert [(each.start, each.end, each.characters) for each in found][2] == (2, 5, "bed")
    assert found[0].start is None and found[0].word is None


def test_sentences_tell_what_happened(minilm: Subject) -> None:
    said = " ".join(told(minilm.read("The BANK, é e\u0301 cafe\u00ad 😀 [MASK]"), minilm.tokenizer))
    assert "uncased: 'The' and 'the'" in said
    assert "Accents are taken off: 'é' is read as 'e'" in said
    assert "2 characters belong to no piece: U+0301 combining acute accent, U+00AD soft hyphen." in said
    assert "1 stretch became the unknown piece" in said and "'😀'" in said
    assert "[MASK] in the text is read as the characters that were typed" in said
    special = told(minilm.read("[MASK]", specials_as_text=False), minilm.tokenizer, specials_as_text=False)
    assert special == ("[MASK] in the text is read as the special piece of that name.",)


def test_a_plain_text_has_nothing_to_tell(minilm: Subject) -> None:
    assert told(minilm.read("the bank was closed"), minilm.tokenizer) == ()


def test_an_empty_text_is_told(minilm: Subject) -> None:
    assert "No piece stands for text" in told(minilm.read("  "), minilm.tokenizer)[0]


def test_a_text_too_long_is_told_with_the_word_that_is_cut(tmp_path: Path) -> None:
    subject = Subject(tiny_body(tmp_path))
    text = "the " * 60 + "waiters love soup"
    sentence = told(subject.read(text), subject.tokenizer)[0]
    assert f"Nothing is seen from character 248 of {len(text)} on" in sentence and "64 pieces" in sentence
    longer = "the " * 59 + "zebra and soup"  # five pieces, of which three fit
    sentence = told(subject.read(longer), subject.tokenizer)[0]
    assert "The word that begins with 'zeb' is cut in the middle." in sentence
    pair = told(subject.read("soup", text), subject.tokenizer)
    assert pair[0].startswith("Of text 2, nothing is seen")


def test_a_cased_model_is_not_told_as_uncased(tmp_path: Path) -> None:
    roberta = Subject(tiny_body(tmp_path, "roberta"))
    assert told(roberta.read("The BANK é"), roberta.tokenizer) == ()
