"""The view "Masked words": refused without a head before anything is queued, else pairs, own files, time, results."""

from __future__ import annotations

import io

import pytest

from core.bias.masked import sample
from core.errors import UserProblem
from core.jobs import auditing, uploads
from core.jobs.auditing import Asked
from core.jobs.models import import_model
from registry import runs
from tests.core.inspection.fill_mask.masked_models import random_masked, untrained_masked
from tests.dashboard.views.conftest import work

NAME = "all-MiniLM-L6-v2"
PAIRS = "More,Less,Type\n" + "\n".join(
    f"the {one} was good,the {other} was good,food" for one, other in (("pizza", "soup"), ("waiter", "soup"))
)


def said(app) -> str:
    kinds = (app.markdown, app.caption, app.info, app.warning, app.error)
    parts = " ".join(f"{each.value} {getattr(each.proto, 'title', '')}" for kind in kinds for each in kind)
    return parts.replace("\\", "").replace("\u2060", "")


@pytest.fixture
def able(registry, tmp_path):
    return import_model(registry, str(random_masked(tmp_path / "able")), name="able", who="ada")


@pytest.fixture
def page(opened, able):
    return opened("bias", view="masked", model="able")


def staged(registry, text: str = PAIRS) -> str:
    return uploads.stage(registry, "own.csv", io.BytesIO(text.encode())).id


def test_a_model_without_a_head_is_refused_with_the_reason_and_a_way_on(opened, able, registry) -> None:
    app = opened("bias", view="masked", model=NAME)
    assert not app.exception and "no masked-word head" in said(app)
    assert not [each for each in app.button if each.key == "bias-masked-go"]
    links = [(each.proto.label, each.proto.page) for each in app.get("page_link")]
    assert any("Pre-train" in label and page == "pretrain" for label, page in links)
    assert any(label.startswith("able") and page == "bias" for label, page in links)
    with pytest.raises(UserProblem, match="Pre-train"):
        auditing.submit(registry, model=NAME, asked=[Asked("crows_pairs", sample.pairs(), {})], who="ada")
    with registry.read() as session:
        assert not [run for run in runs.listing(session) if run.kind == "bias"]


def test_a_random_head_is_told_before_the_run(opened, registry, tmp_path) -> None:
    import_model(registry, str(untrained_masked(tmp_path / "random")), name="random", who="ada")
    app = opened("bias", view="masked", model="random")
    assert not app.exception and "as random as the day it was made" in said(app)
    assert app.button(key="bias-masked-go").disabled


def test_the_shipped_pairs_are_measured_and_their_rows_stay_covered(page, registry) -> None:
    assert not page.exception and "57 pairs" in said(page) and "masked positions" in said(page)
    assert "state stereotypes on purpose" in said(page)
    rows = page.dataframe[0].value
    assert rows["sent_more"].str.contains("█").all() and "gender" in set(rows["bias_type"])
    page.toggle(key="bias-masked-shipped-uncovered").set_value(True).run()
    assert "nurse" in page.dataframe[0].value["sent_more"].iloc[0]
    page.selectbox(key="bias-masked-measure").set_value("aul").run()
    page.button(key="bias-masked-go").click().run()
    assert not page.exception and not page.error
    work(registry)
    page.run()
    assert not page.exception and "AUL and AULA" in " ".join(each.label for each in page.expander)


def test_an_own_file_is_read_with_its_columns_guessed_or_assigned(opened, able, registry) -> None:
    app = opened("bias", view="masked", model="able", pairs=staged(registry))
    assert not app.exception and not app.error
    assert not app.button(key="bias-masked-go").disabled and "10 masked positions" in said(app)
    key = next(each.key for each in app.selectbox if each.key.endswith("crows_pairs-sent_less"))
    assert app.selectbox(key=key).value == "Less"
    app.selectbox(key=key).set_value("none").run()
    assert not app.exception and "no column for sent_less" in said(app)


@pytest.mark.parametrize(
    ("text", "told"),
    [("a,b\n1,2\n", "no column for sent_more"), ("sent_more,sent_less\nx y,\n", "no pair of sentences")],
)
def test_files_that_cannot_be_measured_are_told(text: str, told: str, opened, able, registry) -> None:
    app = opened("bias", view="masked", model="able", pairs=staged(registry, text))
    assert not app.exception and told in said(app)


def test_blanks_wait_for_a_file_and_templates_take_word_lists(page) -> None:
    page.selectbox(key="bias-masked-measure").set_value("stereoset").run()
    assert not page.exception and page.button(key="bias-masked-go").disabled
    page.selectbox(key="bias-masked-measure").set_value("log_probability").run()
    assert not page.exception and page.multiselect(key="bias-masked-lists").value == ["WEAT 6"]
    page.text_input(key="bias-masked-log_probability-templates").set_value("[TARGET] only").run()
    assert not page.exception and "[TARGET] and [ATTRIBUTE] once" in said(page)
    assert page.button(key="bias-masked-go").disabled
