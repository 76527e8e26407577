from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UserProblem
from core.inspection.fill_mask.window import told, window
from core.inspection.subject import Subject
from tests.core.encoding.tiny_models import tiny_body


@pytest.fixture(scope="module", params=["bert", "roberta"])
def subject(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    return Subject(tiny_body(tmp_path_factory.mktemp("window"), request.param))


def mask_at(text: str, subject: Subject) -> list[tuple[int, int]]:
    start = text.index(subject.tokenizer.mask_token)
    return [(start, start + len(subject.tokenizer.mask_token))]


def test_a_short_text_is_read_as_the_tokenizer_reads_it(subject: Subject) -> None:
    text = f"the pizza was {subject.tokenizer.mask_token}."
    found = window(subject, text, mask_at(text, subject))
    assert found.ids.tolist() == subject.tokenizer(text)["input_ids"]
    assert found.whole and told(subject, text, found) == ""
    assert [found.names[place] for place in found.places[0]] == [subject.tokenizer.mask_token]


@pytest.mark.parametrize("before", [0, 5, 300, 2000])
def test_a_long_text_is_read_around_the_mask(subject: Subject, before: int) -> None:
    text = "the pizza was cold " * (before // 4) + subject.tokenizer.mask_token + " and bad" * 1000
    found = window(subject, text, mask_at(text, subject))
    assert len(found.ids) <= subject.max_length
    assert found.ids[found.places[0][0]] == subject.tokenizer.mask_token_id
    assert not found.whole and "around the masks" in told(subject, text, found)
    seen = text[slice(*found.seen)]
    assert seen == seen.strip() or subject.tokenizer.mask_token in seen
    assert found.words[0] == found.words[-1] == -1


def test_a_window_begins_and_ends_with_whole_words(tmp_path: Path) -> None:
    subject = Subject(tiny_body(tmp_path))
    text = "zzzzzz " * 50 + "[MASK]" + " yyyyyy" * 50
    found = window(subject, text, mask_at(text, subject))
    names = found.names[1:-1]
    assert names[0] == "z" and names[-1] == "##y" and len(names) % 6 == 1
    assert len(found.ids) > subject.max_length - 2 * 6
    assert set(text[slice(*found.seen)].split()) == {"zzzzzz", "[MASK]", "yyyyyy"}


def test_masks_too_far_apart_are_refused(subject: Subject) -> None:
    mask = subject.tokenizer.mask_token
    for words in (100, 5000):
        text = mask + " the" * words + " " + mask
        with pytest.raises(UserProblem, match="apart"):
            window(subject, text, [(0, len(mask)), (len(text) - len(mask), len(text))])


def test_characters_without_a_piece_still_give_a_window(tmp_path: Path) -> None:
    subject = Subject(tiny_body(tmp_path))
    text = "the pizza " * 100 + "\u00ad" + " the pizza" * 100
    found = window(subject, text, [(1000, 1001)])
    assert found.places == ((),) and found.seen[0] < 1000 < found.seen[1]
