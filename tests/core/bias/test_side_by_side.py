"""Results of a run beside each other: never averaged, disagreement told."""

from __future__ import annotations

from core.bias.charts import side_by_side as charts
from core.bias.found import Chance, Figure
from core.bias.measures import measure
from core.bias.side_by_side import Row, disagreements, matrix, table, verdict

WORDS = {"targets": {"women": [], "men": []}, "attributes": {"home": [], "work": []}}
CHANCE = Chance(0.01, 0.01, 0.01, "exact", "greater", "words", 1 / 70, adjusted=0.02, battery=2)


def row(name: str, kind: str, value: float | None, chance: Chance | None = CHANCE) -> Row:
    head = Figure("d", "Effect size d", value, 0.0, note="" if value is not None else "too few", chance=chance)
    return Row(measure("weat"), name, kind, head, {"words": WORDS})


ROWS = [row("one", "layer", 0.94), row("one", "sentence", -0.34), row("two", "layer", 1.0), row("two", "sentence", 0.5)]


def test_values_stand_in_a_cell_each() -> None:
    found = matrix(ROWS)
    assert found["list"].tolist() == ["one", "two"]
    assert found["word alone, at a layer"].tolist() == ["+0.94", "+1.00"]
    assert found["word alone, as a sentence"].tolist() == ["-0.34", "+0.50"]


def test_opposite_signs_are_told_by_list() -> None:
    assert disagreements(ROWS) == (
        "one: above by word alone, at a layer (+0.94), below by word alone, as a sentence (-0.34).",
    )
    assert verdict(ROWS).startswith("On 1 of 2 lists the kinds of vector disagree about the direction.")
    assert verdict(ROWS[2:]).startswith("All 2 kinds of vector lie on the same side")
    assert verdict(ROWS[::2]) == ""  # one kind


def test_no_value_takes_no_side() -> None:
    rows = [row("one", "layer", None, None), row("one", "sentence", 0.0, None)]
    assert [one.side for one in rows] == [0, 0]
    assert matrix(rows)["word alone, at a layer"].tolist() == ["–"]
    assert verdict(rows) == "" and disagreements(rows) == ()
    assert len(charts.frame(rows)) == 1


def test_the_battery_as_a_table() -> None:
    found = table(ROWS)
    assert found.columns.tolist() == [
        "list", "vectors", "value", "neutral", "p", "p after Holm", "least possible p", "what it says"
    ]  # fmt: skip
    assert found["p"].tolist() == ["0.0100"] * 4 and found["p after Holm"].tolist() == ["0.0200"] * 4
    assert found["what it says"][1] == "women lean to work, men to home"


def test_the_chart_says_what_it_shows() -> None:
    frame = charts.frame(ROWS)
    said = charts.described(frame, "Effect size d", 0.0)
    assert "one, word alone, as a sentence -0.34" in said and said.endswith("The neutral value is 0.")
    drawn = charts.chart(frame, "Effect size d", 0.0).to_dict()
    assert [layer["mark"]["type"] for layer in drawn["layer"]] == ["rule", "point"]  # the neutral value, then the dots
