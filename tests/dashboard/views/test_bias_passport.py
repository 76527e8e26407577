"""The result card and the passport page: what is drawn, what is covered, what stands beside other versions."""

from __future__ import annotations

import pandas as pd
import pytest

from core.bias.found import Chance, Figure, Found
from core.jobs.workspace import open_workspace
from dashboard.components import bias_card, bias_passport, blurred
from registry.home import Home
from tests.core.bias.keeping import keep, version

BERT = "all-MiniLM-L6-v2"
CHANCE = Chance(0.25, 0.25, 0.25, "exact, all 6 partitions", "greater", "words", 1 / 6)


@pytest.fixture
def original(prepared):
    """A prepared home without trained models."""
    return prepared


@pytest.fixture
def registry(workspace):
    opened = open_workspace(Home.at(workspace))
    yield opened
    opened.close()


def found(value: float | None, offends: bool = False, rows: int = 3, lost: int = 1) -> Found:
    note = "" if value is not None else "n too small"
    low, high = (None, None) if value is None else (value - 0.1, value + 0.1)
    head = Figure("d", "Effect size d", value, 0.0, low, high, "95 % bootstrap", 4, "words", note, CHANCE, -2.0, 2.0)
    table = pd.DataFrame({"sentence": [f"a hurtful sentence {number}" for number in range(rows)], "s": range(rows)})
    small = Figure("share", "Share of the rest", None, 0.5, n=3, of="rows", note="n too small: under 20 rows")
    words = tuple(f"word{number}" for number in range(lost))
    return Found(head, (small,), {"pairs": table}, "input embedding", ("Mind this.",), {"Men": words}, offends)


def said(app) -> str:
    parts = (*app.caption, *app.info, *app.warning, *app.error, *app.markdown, *app.subheader)
    return " ".join(str(part.value) for part in parts).replace("\\", "").replace("\u2060", "")


def card(opened, result, *folds: str):
    """The view of words with the result open, and the folds of its card that are named."""
    app = opened("bias", view="words", model=BERT)
    for key in (f"bias-{result.id}", *(f"{fold}-{result.id}" for fold in folds)):
        app.session_state[key] = True
    return app.run()


def test_a_folded_result_sends_its_title_alone(opened, registry) -> None:
    keep(registry, BERT, found(0.5))
    app = opened("bias", view="words", model=BERT)
    assert not app.exception and "Effect size d" not in [each.label for each in app.metric]
    labels = [each.label.replace("\\", "") for each in app.expander]
    assert any("WEAT · WEAT 6" in label and "0.50" in label for label in labels), labels


def test_a_card_tells_figure_interval_chance_reading_and_losses(opened, registry) -> None:
    app = card(opened, keep(registry, BERT, found(0.5), seed=7), "made")
    assert not app.exception and not app.error
    shown = {each.label: each.value for each in app.metric}
    assert (shown["Effect size d"], shown["Neutral"]) == ("0.500", "0")
    text = said(app)
    for sentence in (
        "Men lean to Work, Women to Home", "Interval: 0.400 to 0.600 (95 % bootstrap)", "exact, all 6 partitions",
        "no outcome of this test gives p under 0.05", "It says:", "It does not say:", "Mind this.",
        "1 lost (Men): word0", "No other model version has been measured in this way.",
    ):  # fmt: skip
        assert sentence in text, sentence
    assert "unbiased" not in text and "green" not in text
    figures = next(each.value for each in app.dataframe if "note" in each.value)
    assert figures["value"].tolist() == ["–"] and figures["note"].tolist() == ["n too small: under 20 rows"]
    assert any("value" in each.value and "7" in each.value["value"].tolist() for each in app.dataframe)


def test_a_value_that_is_not_there_says_why(opened, registry) -> None:
    app = card(opened, keep(registry, BERT, found(None)))
    assert not app.exception and [each.value for each in app.metric][0] == "–" and "n too small" in said(app)


def test_rows_that_can_hurt_are_covered_until_asked(opened, registry) -> None:
    result = keep(registry, BERT, found(0.5, offends=True))
    app = card(opened, result)
    key = f"table-{result.id}-0"
    app.session_state[key] = True
    app.run()
    rows = next(each.value for each in app.dataframe if "sentence" in each.value)
    assert rows["sentence"].tolist()[0] == "█ ███████ ████████ █" and rows["s"].tolist() == [0, 1, 2]
    assert "word0" not in said(app) and "They stay covered until you ask" in said(app)
    app.toggle(key=f"card-{result.id}-uncovered").set_value(True).run()
    rows = next(each.value for each in app.dataframe if "sentence" in each.value)
    assert rows["sentence"].tolist()[0] == "a hurtful sentence 0" and "word0" in said(app)


def test_long_tables_show_their_first_thousand_rows(opened, registry) -> None:
    result = keep(registry, BERT, found(0.5, rows=1_500))
    app = card(opened, result)
    app.session_state[f"table-{result.id}-0"] = True
    app.run()
    assert len(next(each.value for each in app.dataframe if "sentence" in each.value)) == 1_000
    assert "first 1,000 of 1,500 rows" in said(app)


def test_other_versions_stand_beside_with_their_difference(opened, registry) -> None:
    version(registry, BERT, "mine", parent=BERT)
    keep(registry, "mine", found(1.5))
    keep(registry, "mine", found(0.1), inputs="WEAT 7")  # another identity: never beside it
    app = card(opened, keep(registry, BERT, found(0.5)), "elsewhere")
    assert not app.exception and not app.error
    rows = next(each.value for each in app.dataframe if "against" in each.value)
    assert rows["against"].tolist() == ["mine/1"] and rows["difference"].tolist() == [-1.0]
    assert f"{BERT}/1 lies -1.000 from mine/1" in said(app) and "nearer to neutral" in said(app)


def test_the_passport_tells_all_and_ranks_nothing(opened, registry) -> None:
    version(registry, BERT, "mine", parent=BERT, mitigation={"title": "hard debias", "changes": [
        {"title": "WEAT", "inputs": "WEAT 6", "before": 0.5, "after": 1.5, "way": "away", "tuned": True}]})  # fmt: skip
    keep(registry, BERT, found(0.5))
    keep(registry, "mine", found(1.5))
    app = opened("bias", view="passport", model="mine")
    assert not app.exception and not app.error
    text = said(app)
    for sentence in (
        "There is no overall score and no badge", f"mine/1 was made from {BERT}/1 by hard debias",
        "Word associations", "It does not say:", "mine/1 lies +1.000", "further from neutral", "Not measured",
        "Cannot be measured on this kind of model",
    ):  # fmt: skip
        assert sentence in text, sentence
    assert not app.metric
    shown = app.table[0].value
    assert shown.shape[0] == 1 and "1\\.500" in " ".join(map(str, shown.iloc[0]))
    assert {each.label for each in app.get("download_button")} >= {"JSON", "CSV", "Markdown"}


def test_a_passport_without_results_says_so(opened, registry) -> None:
    app = opened("bias", view="passport", model=BERT)
    assert not app.exception and "Nothing has been measured on this version yet." in said(app)


def test_the_model_page_leads_there_and_its_card_ends_with_it(opened, registry) -> None:
    keep(registry, BERT, found(0.5))
    app = opened("models", model=BERT, version="1")
    assert any(each.label == "Bias passport" for each in app.button)
    app.segmented_control(key="section-pretrained").set_value("Card").run()
    assert not app.exception and "## Bias of" in app.code[0].value


def test_lines_of_one_name_are_told_apart_by_their_settings(registry) -> None:
    from core.jobs.passports import passport

    for layer in (1, 2):
        keep(registry, BERT, found(0.5), identity=str(layer), layer=layer, seed=0)
    names = bias_passport.labels(passport(registry, BERT).lines)
    assert sorted(names) == ["WEAT · WEAT 6 · layer 1", "WEAT · WEAT 6 · layer 2"]


def test_a_result_is_whole_json(registry) -> None:
    text = bias_card.as_json(keep(registry, BERT, found(None), seed=7)).decode()
    assert '"seed": 7' in text and '"value": null' in text and "NaN" not in text


def test_words_are_covered_and_numbers_stay() -> None:
    assert blurred.words("an unbelievably long word") == "██ ████████ ████ ████"
    table = blurred.table(pd.DataFrame({"n": [1.5], "pieces": [["ab", "c"]], "yes": [True]}))
    assert table.iloc[0].tolist() == [1.5, ["██", "█"], True]
