"""The sample data sets are clean, balanced, and can be learnt from."""

from __future__ import annotations

import pytest

from core.data.columns import guess
from core.data.dataset import read
from core.data.preflight import check
from core.data.reading import parse
from core.data.samples import SAMPLES

pytestmark = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


@pytest.fixture
def checked_sample(sample, tmp_path, tokenizer):
    facts = parse(sample.path, tmp_path / "table.parquet")
    mapping = guess(facts, tmp_path / "table.parquet")
    assert mapping == sample.mapping
    return check(tmp_path / "table.parquet", facts, mapping, out=tmp_path / "out", tokenizer=tokenizer)


def test_nothing_is_to_be_repaired(sample, checked_sample):
    assert checked_sample.findings == () and checked_sample.can_save and checked_sample.rejected == 0
    assert checked_sample.kept >= 150 and checked_sample.lengths["longest"] < 40


def test_classes_are_even(sample, checked_sample):
    sizes = {sum(counts.values()) for counts in checked_sample.class_counts.values()}
    assert len(sizes) == 1
    assert all(counts["test"] >= 3 and counts["validation"] >= 3 for counts in checked_sample.class_counts.values())


def test_texts_follow_no_template(sample, checked_sample, tmp_path):
    """No first four words begin more than two texts."""
    texts = [text for part in ("train", "validation", "test") for text in getattr(read(tmp_path / "out"), part).texts]
    starts = [" ".join(text.lower().split()[:4]) for text in texts if len(text.split()) > 4]
    assert max(starts.count(start) for start in starts) <= 2
