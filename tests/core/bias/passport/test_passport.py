"""A passport made of hand-made results: what it holds, as JSON, as rows, as a section of a model card."""

from __future__ import annotations

import csv
import io
import json

import pytest

from core.bias.found import Chance, Figure, Found
from core.bias.measures import MEASURES
from core.bias.passport import document, lines, markdown, rows
from core.bias.passport.document import Passport

CHANCE = Chance(0.03, 0.03, 0.03, "exact, all 70 partitions", "greater", "words", 1 / 70, True, 0.06, 2)
NASTY = "=cmd|' /C calc'!A0 <script> [a](http://x) |cell"


def found(value: float | None, low: float | None = None, high: float | None = None, **more: object) -> Found:
    note = "" if value is not None else "n too small"
    head = Figure("d", "Effect size d", value, 0.0, low, high, "95 % bootstrap over words", 16, "words", note, CHANCE)
    return Found(head, (Figure("s", "Share", 0.25, n=4, of="pairs"),), {}, "input embedding", **more)  # type: ignore[arg-type]


def passport(*results: Found, name: str = "WEAT 6", before: Found | None = None) -> Passport:
    inputs = {"name": name, "source": "a paper", "words": {"targets": {"Men": [], "Women": []}, "attributes":
              {"Work": [], "Home": []}}}  # fmt: skip
    made = [
        lines.line(
            f"r{place}", "weat", MEASURES["weat"], inputs, {"seed": 7}, one, measured_at="2026-11-24T10:00:00+00:00",
            measured_by="ada",
            changes=(lines.change("m/1", "parent", "m/2", before, one),) if before else (),
        )
        for place, one in enumerate(results)
    ]  # fmt: skip
    missing = lines.missing(MEASURES.values(), ["weat"], {"counterfactual": "no classifier"})
    return Passport("m/2", "m/2 was made from m/1.", tuple(made), missing, {"parent": "m/1"} if before else {}, {})


def test_a_line_holds_what_it_takes_to_read_it() -> None:
    one = passport(found(0.5, 0.1, 0.9, warnings=("careful",), lost={"Men": ("Bill",)})).lines[0]
    assert (one.title, one.family, one.inputs) == ("WEAT", "words", "WEAT 6")
    assert (one.least, one.most) == (MEASURES["weat"].low, MEASURES["weat"].high)
    assert one.direction == "Men lean to Work, Women to Home"
    assert one.criticisms and one.criticisms[0].source
    assert one.headline.chance is not None and one.headline.chance.adjusted == 0.06


def test_what_was_not_measured_is_named_once_and_why() -> None:
    missing = {one.measure: one for one in passport(found(0.5)).missing}
    assert "weat" not in missing and set(missing) == set(MEASURES) - {"weat"}
    assert missing["counterfactual"].why == "no classifier"


def test_differences_come_with_their_interval() -> None:
    change = passport(found(0.9, 0.8, 1.0), before=found(0.2, 0.1, 0.3)).lines[0].changes[0]
    assert change.before == 0.2 and change.difference.value == pytest.approx(0.7)
    assert change.difference.low == pytest.approx(0.7 - 0.02**0.5) and change.difference.worse
    assert "m/2 lies +0.700 from m/1" in change.said and "further from neutral" in change.said


def test_json_is_whole_and_says_why_there_is_no_score() -> None:
    said = json.loads(document.written(passport(found(0.5, 0.1, 0.9), found(None))))
    assert "no overall score" in said["statement"] and "never says that the model is unbiased" in said["statement"]
    assert [one["headline"]["value"] for one in said["lines"]] == [0.5, None]
    assert said["lines"][0]["settings"] == {"seed": 7} and said["lines"][1]["headline"]["note"] == "n too small"
    assert not {"score", "badge", "grade"} & set(said)


def test_rows_hold_every_figure_and_no_formula() -> None:
    text = rows.written(passport(found(-0.5, -0.9, -0.1), name=NASTY)).decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text)))
    assert [row["figure"] for row in read[:2]] == ["Effect size d", "Share"]
    assert [row["headline"] for row in read[:2]] == ["yes", "no"]
    assert read[0]["inputs"] == "'" + NASTY and float(read[0]["value"]) == -0.5
    assert float(read[0]["p after Holm"]) == 0.06 and read[0]["seed"] == "7"
    assert not any(cell.startswith(("=", "+", "@")) for row in read for cell in row.values())
    assert {row["note"] for row in read[2:]} == {"not measured", "no classifier"}


def test_the_section_escapes_what_people_typed() -> None:
    text = markdown.section(passport(found(0.5, 0.1, 0.9), name=NASTY))
    assert "<script>" not in text and "[a](" not in text
    row = next(line for line in text.splitlines() if "cmd" in line and line.startswith("|"))
    assert row.replace("\\|", "").count("|") == 8  # seven cells
    read = text.replace("\\", "")
    assert "0.500 [0.100, 0.900]" in read and "0.0300 (0.0600 after Holm over 2)" in read
    assert "It does not say:" in text and "Not measured:" in text


def test_a_card_holds_the_section_once_and_loses_nothing_else() -> None:
    card = "---\ntags: [a]\n---\n\n# Model\n\nWords.\n"
    once = markdown.with_section(card, passport(found(0.5)))
    twice = markdown.with_section(once, passport(found(0.7)))
    assert once.startswith(card.rstrip("\n")) and twice.startswith(card.rstrip("\n"))
    assert twice.count(markdown.BEGIN) == twice.count(markdown.END) == 1
    assert "0.700" in twice and "0.500" not in twice


def test_a_card_without_results_stays_as_it_is() -> None:
    assert markdown.with_section("# Model\n", passport()) == "# Model\n"


def test_a_measure_that_is_gone_keeps_its_figures() -> None:
    line = lines.line("r", "old", None, {"name": "x"}, {}, found(0.5), measured_at="2026", measured_by="ada")
    made = Passport("m/1", "", (line,), (), {}, {})
    assert line.says == lines.GONE and list(made.by_family()) == ["others"]
    assert "### Others" in markdown.section(made)


def test_lines_stand_in_the_order_of_the_page() -> None:
    given = [lines.line(name, name, MEASURES[name], {"name": "x"}, {}, found(0.5), measured_at="", measured_by="")
             for name in reversed(MEASURES)]  # fmt: skip
    families = [one.family for one in lines.ordered(given, MEASURES)]
    assert families == sorted(families, key=list(document.FAMILIES).index)
