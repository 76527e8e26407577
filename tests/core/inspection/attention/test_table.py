"""A view as a table, and the sentences beside it."""

from __future__ import annotations

import numpy as np
import pytest

from core.encoding import base_models
from core.inspection.attention import table, told, view
from core.inspection.attention.weights import attention
from core.inspection.subject import Subject


@pytest.fixture(scope="module")
def bundled() -> Subject:
    return Subject(base_models.bundled())


def test_every_row_adds_up_to_1(bundled: Subject) -> None:
    shown = view.view(attention(bundled, bundled.read("=1+1 is unexpectedly good", "so it is")), 2, 3, rows=(2, 5))
    headers, rows = table.full(shown)
    assert len(headers) == len(rows[0]) == len(table.FULL) + len(shown.columns)
    assert [sum(row[3:]) for row in rows] == pytest.approx([1] * 4, abs=1e-5)  # type: ignore[arg-type]
    short = table.summary(shown)
    assert [row[2] for row in short] == ["1", "+", "1", "is"]
    assert [row[4] for row in short] == pytest.approx(shown.weights.max(axis=1).tolist())


def test_what_is_hidden_is_told_in_shares(bundled: Subject) -> None:
    found = attention(bundled, bundled.read("a cold soup"))
    shown = view.view(found, 3)
    assert told.hidden(shown) == (
        f"Not drawn: {100 * shown.to_specials.mean():.1f} % of the attention of these rows goes to special pieces."
    )
    assert told.hidden(view.view(found, 3, specials=True)) == "Everything is drawn: each row sums to 1."
    assert "to words outside of it" in told.hidden(view.view(found, 3, columns=(1, 1)))


def test_what_the_model_does_not_see_is_told(bundled: Subject) -> None:
    assert told.notes(bundled.read("a cold soup")) == []
    [cut] = told.notes(bundled.read("good soup " * 1000))
    assert "of 10,000 characters of the text: 512 pieces" in cut
    (unknown,) = told.notes(bundled.read("🍕 and " + "x" * 101))
    assert "[UNK]: 🍕, xxxxxxxxxxxxxxxxxxx…" in unknown
    [dropped] = told.notes(bundled.read("a soup", "so \u00ad up"))
    assert "drops characters of the second text, at place 4" in dropped
    [second] = told.notes(bundled.read("short", "good soup " * 1000))
    assert "the second text" in second


def test_shares_are_finite(bundled: Subject) -> None:
    shown = view.view(attention(bundled, bundled.read("soup")), 6)
    assert shown.weights.shape == (1, 1) and np.isfinite(table.full(shown)[1][0][3:]).all()  # type: ignore[arg-type]
