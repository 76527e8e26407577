from __future__ import annotations

import pytest

from core.encoding.base_models import bundled
from core.inspection.charts.tokens import (
    LINE,
    MOST,
    distribution_chart,
    distribution_frame,
    distribution_words,
    pieces_chart,
    pieces_frame,
)
from core.inspection.picture import picture
from core.inspection.pieces_per_word import Fertility, fertility
from core.inspection.subject import Subject
from core.inspection.tokens import rows


@pytest.fixture(scope="module")
def subject() -> Subject:
    return Subject(bundled())


@pytest.fixture(scope="module")
def measured(subject: Subject) -> dict[str, Fertility]:
    return {"a": fertility(subject.tokenizer, ["the bank", "embeddings", "z" + "qx" * 30])}


def test_boxes_stand_side_by_side_within_lines(subject: Subject) -> None:
    table = pieces_frame(rows(subject.read("<script> unquestionably " * 30), subject.tokenizer))
    assert table["right"].max() <= LINE and table["line"].max() > 3
    for _, line in table.groupby("line"):
        assert (line["left"].iloc[1:].to_numpy() == line["right"].iloc[:-1].to_numpy()).all()
    assert table["position"].tolist() == list(range(len(table)))


def test_the_picture_is_drawn_with_the_pieces_as_text(subject: Subject) -> None:
    chart = pieces_chart(pieces_frame(rows(subject.read("<script> 😀"), subject.tokenizer)))
    drawn = picture(chart, "svg").decode()
    assert "[UNK]" in drawn and "<script>" not in drawn
    assert picture(chart, "png")[:4] == b"\x89PNG"


def test_a_full_input_stays_small(subject: Subject) -> None:
    chart = pieces_chart(pieces_frame(rows(subject.read("unquestionably " * 400), subject.tokenizer)))
    assert len(chart.to_json()) < 200_000


def test_every_word_is_in_a_bar_and_the_last_is_open(measured: dict[str, Fertility]) -> None:
    table = distribution_frame(measured)
    assert table["words"].sum() == measured["a"].words and table["share"].sum() == pytest.approx(1)
    assert table["pieces"].tolist() == [*map(str, range(1, MOST)), f"{MOST} or more"]
    assert table["words"].tolist() == [2, 0, 0, 1, 0, 0, 0, 1]
    assert "4 words, 50.0% split" in distribution_words(measured)


def test_two_models_stand_side_by_side(measured: dict[str, Fertility]) -> None:
    both = {"first": measured["a"], "second": measured["a"]}
    spec = distribution_chart(distribution_frame(both)).to_dict()
    assert spec["encoding"]["color"]["legend"] is not None
    assert distribution_chart(distribution_frame(measured)).to_dict()["encoding"]["color"]["legend"] is None
