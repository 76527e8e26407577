from dataclasses import replace
from pathlib import Path

from core.data.examples import Examples, LabelledData
from core.training.fingerprint import fingerprint
from tests.core.training.food import food


def test_everything_that_decides_a_training_changes_it(tiny_base: Path) -> None:
    data = food()
    usual = fingerprint(data, {"seed": 1}, tiny_base, "float32")
    changed = [
        fingerprint(data, {"seed": 2}, tiny_base, "float32"),
        fingerprint(data, {"seed": 1}, tiny_base, "bfloat16"),
        fingerprint(replace(data, labels=("x", *data.labels[1:])), {"seed": 1}, tiny_base, "float32"),
        fingerprint(replace(data, train=backwards(data.train)), {"seed": 1}, tiny_base, "float32"),
    ]
    assert len({usual, *changed}) == 1 + len(changed)
    assert fingerprint(data, {"seed": 1}, tiny_base, "float32") == usual


def test_test_rows_are_no_part_of_it(tiny_base: Path) -> None:
    data: LabelledData = food()
    assert fingerprint(data, {}, tiny_base, "float32") == fingerprint(
        replace(data, test=backwards(data.test)), {}, tiny_base, "float32"
    )


def backwards(examples: Examples) -> Examples:
    return Examples(examples.texts[::-1], examples.targets[::-1].copy(), examples.row_ids)
