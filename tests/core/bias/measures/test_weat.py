"""WEAT against hand-worked values, the published digits, WEFE where it is right, and everything people get wrong."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from core.bias.associations.weat import association, bound, effect_size, score, within_groups
from core.bias.audited import STATIC, Audited
from core.bias.charts import charts_of
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.lexicon import collection
from core.bias.permutation.test import chance
from core.bias.vectors.static import save_static
from core.errors import UserProblem
from tests.core.bias.measuring import measured, words

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "wefe_weat.json").read_text(encoding="utf-8"))
Made = Callable[[Mapping[str, Sequence[float]]], Audited]
# Caliskan, Bryson and Narayanan 2017, Table 1; exact one-sided p on the same vectors
PUBLISHED = (1.50, 1.53, 1.41, 1.50, 1.28, 1.81, 1.06, 1.24, 1.38, 1.21)
EXACT = (
    1.45367e-9,
    4.62778e-11,
    5.485e-11,
    9.5162e-7,
    2.24363e-5,
    7.77001e-5,
    0.0156954,
    0.0047397,
    0.004329,
    0.00512821,
)


def named(found: Found, name: str) -> Figure:
    return next(one for one in found.figures if one.name == name)


def numbered(letter: str, size: int) -> list[str]:
    return [f"{letter}{number}" for number in range(size)]


def sets(x: int = 8, y: int = 8, a: int = 7, b: int = 6) -> Inputs:
    return words(
        {"X": numbered("x", x), "Y": numbered("y", y)}, {"A": numbered("a", a), "B": numbered("b", b)}
    )  # fmt: skip


def turned(angle: float) -> list[float]:
    return [math.cos(math.radians(angle)), math.sin(math.radians(angle))]


def plane(x: Sequence[float], y: Sequence[float]) -> dict[str, list[float]]:
    """Target words at angles from A, which lies at 0 degrees; B lies at 90."""
    rows = {f"x{n}": turned(angle) for n, angle in enumerate(x)} | {f"y{n}": turned(at) for n, at in enumerate(y)}
    return rows | {"a0": [2.0, 0.0], "b0": [0.0, 5.0]}


def test_worked_by_hand() -> None:
    """s = cos - sin of the angle: 1, 0.366 against -1, -0.366; the mean difference is 1.366, sd 0.8695 with n - 1."""
    rows = plane((0, 30), (90, 60))
    target = np.array([rows[word] for word in ("x0", "x1", "y0", "y1")])
    s = association(target, np.array([rows["a0"]]), np.array([rows["b0"]]))
    inner = math.cos(math.pi / 6) - 0.5
    assert s == pytest.approx([1.0, inner, -1.0, -inner])
    spread = math.sqrt((2 + 2 * inner**2) / 3)
    assert effect_size(s, 2) == pytest.approx((1 + inner) / spread)
    assert effect_size(s, 2, ddof=0) == pytest.approx((1 + inner) / (spread * math.sqrt(3 / 4)))
    assert score(s, 2) == pytest.approx(2 + 2 * inner)
    assert within_groups(s, 2) == pytest.approx((1 + inner) / math.sqrt((1 - inner) ** 2 / 2))


@pytest.mark.parametrize(("first", "second"), [(8, 8), (3, 9), (1, 1)])
@pytest.mark.parametrize("ddof", [0, 1])
def test_the_bound_is_reached_where_groups_are_constant(first: int, second: int, ddof: int) -> None:
    s = np.array([0.4] * first + [-0.1] * second)
    assert effect_size(s, first, ddof) == pytest.approx(bound(first, second, ddof))
    assert bound(8, 8, 0) == 2.0 and bound(1, 1, 1) == pytest.approx(math.sqrt(2))


def test_a_table_of_vectors(table: Made) -> None:
    rows = plane((0, 10, 20, 30), (90, 80, 70, 60))
    found = measured("weat", table(rows), sets(4, 4, 1, 1))
    assert found.headline.value == pytest.approx(
        effect_size(np.array([math.cos(math.radians(t)) - math.sin(math.radians(t)) for t in
                              (0, 10, 20, 30, 90, 80, 70, 60)]), 4), abs=1e-6)  # fmt: skip
    assert found.headline.chance is not None and found.headline.chance.p == found.headline.chance.smallest == 1 / 70
    assert found.headline.most == pytest.approx(2 * math.sqrt(7 / 8)) and "ddof 1" in found.headline.note
    four = found.tables["the four associations"]
    assert four["mean cosine to A"].tolist() == pytest.approx([0.9476, 0.2539], abs=1e-4)
    assert named(found, "two_sided").value == pytest.approx(2 / 70)
    assert found.headline.low is None  # one attribute a side: nothing to draw anew


@pytest.fixture(scope="session")
def glove(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Audited:
    kept = np.load(shared_data / "bias" / "glove840b_weat.npz")
    folder = tmp_path_factory.mktemp("glove")
    save_static(folder, [str(word) for word in kept["words"]], kept["vectors"])
    return Audited(folder, STATIC, "glove/1")


@pytest.mark.real_data
@pytest.mark.parametrize("number", range(10))
def test_the_ten_published_effect_sizes_and_their_exact_p(glove: Audited, number: int) -> None:
    test = collection("weat")[number]
    found = measured("weat", glove, Inputs(test.name, test), resamples=100)
    assert not found.lost and found.headline.value is not None and found.headline.chance is not None
    assert abs(found.headline.value - PUBLISHED[number]) <= 0.00501
    assert found.headline.chance.p == pytest.approx(EXACT[number], rel=1e-3)
    assert found.headline.chance.method.startswith("exact")
    assert len(found.tables["words"]) == found.headline.n


@pytest.mark.real_data
def test_flowers_and_insects_have_the_count_of_partitions_that_is_known(glove: Audited) -> None:
    test = collection("weat")[0]
    found = measured("weat", glove, Inputs(test.name, test), resamples=100, method="exact")
    assert found.headline.chance is not None
    assert round(found.headline.chance.p * math.comb(50, 25)) == 183_759


def test_wefe_agrees_where_it_is_right(table: Made) -> None:
    model = table(GOLDEN["vectors"])
    for size, kept in ((8, GOLDEN["eight"]), (4, GOLDEN["four"])):
        found = measured("weat", model, sets(size, size), ddof=0)
        assert found.headline.value == pytest.approx(kept["effect_size"], abs=1e-6)
        assert named(found, "score").value == pytest.approx(kept["score"], abs=1e-6)
    assert named(measured("weat", model, sets()), "other_ddof").value == pytest.approx(
        GOLDEN["eight"]["effect_size"], abs=1e-6
    )


def test_wefe_prints_p_that_no_permutation_can_reach() -> None:
    """Two against two have six partitions, so that p is 1/6 at least; drawing with replacement goes below."""
    printed = GOLDEN["two_against_two"]["p_1000_draws_eight_calls"]
    assert min(printed) < chance(np.array([4.0, 3, 2, 1]), 2).p == 1 / 6
    assert len(set(printed)) > 1  # and it is not seeded


def test_wefe_two_sided_is_wrong_for_negative_scores(table: Made) -> None:
    """Exchanging the targets changes no two-sided p; there it becomes 1."""
    model, given = table(GOLDEN["vectors"]), sets()
    assert given.words is not None
    said = given.words.to_json()
    back = words(dict(reversed(said["targets"].items())), said["attributes"])
    ours = [named(measured("weat", model, one), "two_sided").value for one in (given, back)]
    assert GOLDEN["swapped_two_sided"]["p_1000_draws"] == 1.0 and GOLDEN["swapped_two_sided"]["score"] < 0
    assert ours[0] == ours[1] and ours[0] is not None and ours[0] < 0.05


def test_length_of_vectors_and_of_axes_do_not_matter(table: Made) -> None:
    rows = GOLDEN["vectors"]
    longer = {word: (np.array(row) * (3 + len(word) + row[0] ** 2)).tolist() for word, row in rows.items()}
    one, other = (measured("weat", table(each), sets()).headline for each in (rows, longer))
    assert one.value == pytest.approx(other.value, abs=1e-5)
    assert one.chance is not None and other.chance is not None and one.chance.p == other.chance.p


def test_exchanging_attributes_negates(table: Made) -> None:
    model, given = table(GOLDEN["vectors"]), sets()
    assert given.words is not None
    said = given.words.to_json()
    back = words(said["targets"], dict(reversed(said["attributes"].items())))
    one, other = (measured("weat", model, each).headline for each in (given, back))
    assert one.value == pytest.approx(-other.value) if other.value is not None else False


def test_attributes_drawn_anew_and_words_left_out(table: Made) -> None:
    found = measured("weat", table(GOLDEN["vectors"]), sets())
    head, left = found.headline, found.tables["leaving one word out"]
    assert head.low is not None and head.high is not None and head.value is not None
    assert head.low < head.value < head.high and "attribute words" in head.interval
    assert len(left) == 8 + 8 + 7 + 6 and left["d without it"].notna().all()
    alone = measured("weat", table({w: r for w, r in GOLDEN["vectors"].items() if w != "a3"}), sets())
    row = left[left["word"] == "a3"].iloc[0]
    assert alone.headline.value is not None
    assert row["d without it"] == pytest.approx(alone.headline.value)
    assert row["change of d"] == pytest.approx(alone.headline.value - head.value)


def test_a_sign_that_turns_is_marked(table: Made) -> None:
    rows = plane((0, 50, 50, 50), (40, 44, 46, 48))
    left = measured("weat", table(rows), sets(4, 4, 1, 1)).tables["leaving one word out"]
    assert left.loc[left["sign turns"] == "turns", "word"].tolist() == ["x0"]


def test_the_band_of_chance_holds_the_size_of_random_lists(table: Made) -> None:
    found = measured("weat", table(GOLDEN["vectors"]), sets())
    band = named(found, "by_chance")
    assert band.value is not None and 0.7 < band.value < 1.2  # about 1.96 * 2 / sqrt(16)
    shares = found.tables["|d| by chance"]
    assert shares["|d| at most"].is_monotonic_increasing
    assert shares.loc[shares["% of random deals"] == 95, "|d| at most"].item() == pytest.approx(band.value)


def test_few_words_get_no_effect_size_and_are_told_why(table: Made) -> None:
    found = measured("weat", table(GOLDEN["vectors"]), sets(3, 3))
    assert found.headline.value is None and found.headline.chance is None
    assert "1 in 20" in found.headline.note and "4 words a side" in found.headline.note
    assert named(found, "difference").value is not None and named(found, "two_sided").value is None
    one = measured("weat", table(GOLDEN["vectors"]), sets(1, 1))
    assert one.headline.value is None and "1 in 2" in one.headline.note and "1.41" in one.headline.note


def test_associations_that_are_all_equal_have_no_size_and_p_one(table: Made) -> None:
    rows = dict.fromkeys([*numbered("x", 8), *numbered("y", 8)], [1.0, 2.0]) | {"a0": [1.0, 0.0], "b0": [0.0, 1.0]}
    found = measured("weat", table(rows), sets(8, 8, 1, 1))
    assert found.headline.value is None and found.headline.note
    assert found.headline.chance is not None and found.headline.chance.p == 1.0
    assert any("one and the same vector" in said for said in found.warnings)
    same = GOLDEN["vectors"] | {f"b{n}": GOLDEN["vectors"][f"a{n}"] for n in range(6)}
    nothing = measured("weat", table(same), sets(8, 8, 6, 6))
    assert nothing.headline.value is None and nothing.headline.chance is not None
    assert nothing.headline.chance.p == 1.0


def test_lost_words_are_named_and_sizes_may_differ(table: Made) -> None:
    rows = {word: row for word, row in GOLDEN["vectors"].items() if word not in ("x1", "x2", "a4")}
    found = measured("weat", table(rows), sets())
    assert found.lost == {"X": ("x1", "x2"), "A": ("a4",)} and found.headline.n == 14
    assert found.headline.chance is not None and "3,003 partitions" in found.headline.chance.method
    even = measured("weat", table(rows), sets(), sizes="balance", seed=2)
    assert even.headline.n == 12 and any("left out at random (seed 2)" in said for said in even.warnings)


def test_a_set_that_loses_every_word_is_named(table: Made) -> None:
    rows = {word: row for word, row in GOLDEN["vectors"].items() if not word.startswith("y")}
    with pytest.raises(UserProblem, match="'Y'.*y0, y1"):
        measured("weat", table(rows), sets())


def test_zero_vectors_are_named_and_left_out(table: Made) -> None:
    found = measured("weat", table(GOLDEN["vectors"] | {"y2": [0.0] * 10}), sets())
    assert found.lost == {"Y": ("y2",)} and any("y2" in said and "zero" in said for said in found.warnings)


def test_words_on_both_sides(table: Made) -> None:
    with pytest.raises(UserProblem, match="stands in both"):
        measured(
            "weat", table(GOLDEN["vectors"]), words({"X": ["x0", "x1"], "Y": ["x1", "y0"]}, {"A": ["a0"], "B": ["b0"]})
        )
    targets = {"X": numbered("x", 8), "Y": numbered("y", 8)}
    given = words(targets, {"A": [*numbered("a", 6), "x0"], "B": numbered("b", 6)})
    found = measured("weat", table(GOLDEN["vectors"]), given)
    assert any("target and attribute at once" in said for said in found.warnings)


def test_strict_leaves_the_seen_partition_out(table: Made) -> None:
    rows = plane((0, 10, 20, 30), (90, 80, 70, 60))
    found = measured("weat", table(rows), sets(4, 4, 1, 1), strict=True)
    assert found.headline.chance is not None and found.headline.chance.p == 0.0


def test_drawings_say_what_they_show(table: Made) -> None:
    given = sets()
    found = measured("weat", table(GOLDEN["vectors"]), given)
    dots, left = charts_of("weat", found, given.to_json())
    assert "16 words" in dots.alt and "nearer to A" in json.dumps(dots.chart.to_dict())
    assert f"{found.headline.value:.3f}" in left.alt and dots.table is not None and len(dots.table) == 16
