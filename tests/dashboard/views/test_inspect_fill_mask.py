"""The Fill-mask view: refused without a head, else masks filled by themselves and together, and candidates scored."""

from __future__ import annotations

import pytest

from core.inspection.fill_mask import filling
from core.jobs.models import import_model
from tests.core.inspection.fill_mask.masked_models import deaf, untrained_masked

NAME = "all-MiniLM-L6-v2"
KNOWN = {"pizza": 0.4, "soup": 0.2, "##s": 0.1, "c": 0.05, "##a": 0.02, "##t": 0.01}
MISUSED = ("<script>alert(1)</script> [MASK]", "😀 [MASK] [SEP]", "x" * 101 + "[MASK]", "漢字 ไทย [MASK]", "[MASK]")


def words_of(app) -> str:
    """What the page says, without the signs that keep Markdown away."""
    kinds = (app.markdown, app.caption, app.info, app.warning, app.error)
    said = " ".join(f"{each.value} {getattr(each.proto, 'title', '')}" for kind in kinds for each in kind)
    return said.replace("\\", "").replace("\u2060", "")


@pytest.fixture
def able(registry, tmp_path):
    return import_model(registry, str(deaf(tmp_path / "deaf", KNOWN)), name="deaf", who="ada")


@pytest.fixture
def fill_mask(opened, able):
    return opened("inspect", model="deaf", view="fill_mask")


def test_a_model_without_a_head_is_refused_with_the_reason_and_a_way_on(opened, able) -> None:
    app = opened("inspect", model=NAME, view="fill_mask")
    assert not app.exception and not app.text_area
    assert "no masked-word head" in words_of(app)
    links = [(each.proto.label, each.proto.page) for each in app.get("page_link")]
    assert any("Pre-train" in label and page == "pretrain" for label, page in links)
    assert any(label.startswith("deaf") for label, _ in links)


def test_a_random_head_is_refused(opened, registry, tmp_path) -> None:
    import_model(registry, str(untrained_masked(tmp_path / "random")), name="random", who="ada")
    app = opened("inspect", model="random", view="fill_mask")
    assert not app.exception and "as random as the day it was made" in words_of(app)


def test_one_mask_shows_the_probabilities_and_asks_once(fill_mask, monkeypatch) -> None:
    calls = []
    real = filling.fill
    monkeypatch.setattr(filling, "fill", lambda *a, **k: calls.append(1) or real(*a, **k))
    assert "click a ready example" in fill_mask.info[0].value
    fill_mask.text_area(key="fill-mask-text").set_value("the [MASK] was cold").run()
    assert not fill_mask.exception and not fill_mask.error and calls == [1]
    assert "Not offered: special and unused pieces" in words_of(fill_mask)
    fill_mask.run()
    assert calls == [1]
    fill_mask.toggle(key="fill-mask-whole").set_value(True).run()
    assert calls == [1, 1] and "and pieces that go on a word" in words_of(fill_mask)


def test_several_masks_are_filled_together(fill_mask) -> None:
    fill_mask.text_area(key="fill-mask-text").set_value("[MASK] and [MASK]").run()
    assert not fill_mask.exception and not fill_mask.error
    table = fill_mask.dataframe[0].value
    assert table["text"].iloc[0] == "pizza and pizza" and table["filled"].tolist()[-1] == "apart"
    assert "gives the same pieces" in words_of(fill_mask)
    fill_mask.segmented_control(key="fill-mask-which-2").set_value(2).run()
    assert not fill_mask.exception


def test_a_click_hides_a_word_and_makes_it_a_candidate(fill_mask) -> None:
    fill_mask.text_area(key="fill-mask-text").set_value("the cat was cold").run()
    assert "No mask yet" in words_of(fill_mask)
    pills = next(each for each in fill_mask.pills if each.key.startswith("fill-mask-word"))
    pills.set_value(1).run()
    assert fill_mask.text_area(key="fill-mask-text").value == "the [MASK] was cold"
    assert fill_mask.text_input(key="fill-mask-candidates").value == "cat"
    scores = fill_mask.dataframe[0].value
    assert scores["pieces"].iloc[0] == "c ##a ##t"
    assert scores["sum of ln p"].iloc[0] == pytest.approx(-11.51, abs=0.01)  # ln(.05 * .02 * .01)
    fill_mask.button(key="fill-mask-add").click().run()
    assert fill_mask.text_area(key="fill-mask-text").value == "the [MASK] was cold [MASK]"


def test_candidates_are_ranked_and_what_cannot_be_scored_says_why(fill_mask) -> None:
    fill_mask.text_area(key="fill-mask-text").set_value("the [MASK] was cold").run()
    fill_mask.text_input(key="fill-mask-candidates").set_value("soup, 😀, pizza").run()
    assert not fill_mask.exception and not fill_mask.error
    table = fill_mask.dataframe[0].value
    assert table["candidate"].tolist() == ["pizza", "soup", "😀"]
    assert "[UNK]" in table["problem"].iloc[2]


@pytest.mark.parametrize("text", MISUSED, ids=range(len(MISUSED)))
def test_hard_texts_do_not_break_it(fill_mask, text) -> None:
    fill_mask.text_area(key="fill-mask-text").set_value(text).run()
    assert not fill_mask.exception and not fill_mask.error


def test_limits_are_told(fill_mask) -> None:
    fill_mask.text_area(key="fill-mask-text").set_value("[MASK] " * 21).run()
    assert "21 masks" in words_of(fill_mask) and "At most 20" in words_of(fill_mask)
    fill_mask.text_area(key="fill-mask-text").set_value("soup " * 1000 + "[MASK]" + " soup" * 1000).run()
    assert not fill_mask.exception and "around the masks" in words_of(fill_mask)


def test_page_and_shell_offer_what_the_science_knows() -> None:
    from core.commands.inspection import fill_mask as shell
    from core.inspection.fill_mask import candidates, joint
    from dashboard.components import inspect_fill_mask_candidates, inspect_fill_mask_options

    assert tuple(candidates.METHODS) == tuple(inspect_fill_mask_candidates.METHODS) == shell.METHODS
    assert tuple(joint.ORDERS) == tuple(inspect_fill_mask_options.ORDERS) == shell.ORDERS
