"""Label cells to label names."""

from __future__ import annotations

import pytest

from core.data.labels import UnreadableLabel, from_columns, several


@pytest.mark.parametrize(
    ("cell", "separator", "names"),
    [
        ("joy|fear", "|", ("joy", "fear")),
        (" joy | joy |", "|", ("joy",)),
        ("joy", "|", ("joy",)),
        ("4,27", ",", ("4", "27")),
        ("a|b", ",", ("a|b",)),
        ('["joy", "fear"]', "|", ("joy", "fear")),
        ("[1, 2]", "|", ("1", "2")),
        ('["a|b"]', "|", ("a|b",)),
        ("['joy', 'don\\'t']", "|", ("joy", "don\\'t")),
        ("[joy, fear]", "|", ("joy", "fear")),
        ("[]", "|", ()),
        ("NA", "|", ("NA",)),
        ("", "|", None),
        (" | ", "|", None),
    ],
)
def test_cells_with_several_labels(cell, separator, names):
    assert several(cell, separator) == names


@pytest.mark.parametrize("cell", ['["joy", ]]', "[joy", "['a' 'b']"])
def test_a_broken_list_is_told_and_never_guessed(cell):
    if not cell.endswith("]"):
        assert several(cell, "|") == (cell,)
        return
    with pytest.raises(UnreadableLabel, match="cannot be read"):
        several(cell, "|")


def test_columns_of_zeros_and_ones():
    assert from_columns({"joy": "1", "fear": "0", "love": "TRUE"}) == ("joy", "love")
    assert from_columns({"joy": "0.0", "fear": "no"}) == ()


@pytest.mark.parametrize(("cell", "told"), [("2", "holds '2'"), ("", "is empty"), ("maybe", "holds 'maybe'")])
def test_anything_else_in_such_a_column_is_told(cell, told):
    with pytest.raises(UnreadableLabel, match=f"'fear' {told}"):
        from_columns({"joy": "1", "fear": cell})
