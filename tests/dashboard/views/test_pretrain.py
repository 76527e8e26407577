"""The pre-train page: form, examples, a real run from scratch; and the proof on the page of the model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.data.corpus.options import CorpusOptions
from core.data.samples import FOLDER
from core.jobs import corpora, staging
from dashboard.components import choose_dataset, example_view, proof_table
from registry import datasets, models, runs
from registry.records import DatasetVersion, ModelVersion
from registry.session import Registry

SMALL = {
    "num_train_epochs": 1, "max_length": 32, "preset": "tiny", "vocabulary_size": 300, "tokens_a_batch": 512,
    "precision": "float32",
}  # fmt: skip
INTERVAL = {"value": -0.5, "low": -0.7, "high": -0.3, "reason": ""}
PAIRED = {
    "what": "masked-word loss", "before": 6.0, "after": 5.5, "difference": -0.5, "interval": INTERVAL, "n": 30,
    "change": "better", "verdict": "Better than before.", "seed": 0,
}  # fmt: skip
SIDE = {"value": {"value": 6.0, "low": 5.0, "high": 7.0, "reason": ""}, "n": 30}
LAYER = {"value": 0.5, "low": 0.4, "high": 0.6, "reason": ""}
SENSES = {**SIDE, "layers": [LAYER, LAYER | {"value": 0.9}], "context": LAYER, "by_word": {"bank": 1.0}}
HEART = "It learned the text by heart: at the end the loss is 1.00 and 4.00."
PROOF = {
    "values": {
        "masked_words": {"before": SIDE, "after": SIDE, "paired": PAIRED},
        "homonyms": {"before": SENSES, "after": SENSES, "paired": PAIRED | {"what": "sense accuracy at layer 1"}},
        "moved_neighbours": {
            "value": LAYER, "steady": LAYER, "chance": 0.1, "n": 9, "k": 2, "layer": -1,
            "words": [{"word": "cask", "occurrences": 4, "overlap": 0.5, "before": ["a", "b"], "after": ["b", "<i>"]}],
        },
    },
    "skipped": {"pairs": "The corpus has no two pairs of neighbouring sentences."},
    "overfitting": {"told": True, "sentence": HEART},
    "sentences": [HEART, "Better than before."],
}  # fmt: skip


@pytest.fixture
def corpus(registry: Registry) -> DatasetVersion:
    """The sample story, saved as version 1 of `story`."""
    staged = corpora.stage_files(registry, [FOLDER / "cellar_story.txt"])
    options = CorpusOptions()
    extracted = corpora.extract(staged, options)
    options = replace(options, documents=corpora.suggested(extracted).documents)
    version = corpora.save(registry, staged, corpora.check(staged, options), name="story", who="ada")
    staging.discard(staged)
    return version


@pytest.fixture
def child(registry: Registry, corpus: DatasetVersion) -> ModelVersion:
    """A version with a whole proof, in the files of its parent."""
    with registry.begin() as session:
        parent = next(each for each in models.listing(session) if each.versions[0].kind == "pretrained").versions[0]
        facts = {
            **parent.facts, "pretrained_on": corpus.spec, "base": parent.spec, "fresh": ["pair head"], "steps": 12,
            "tokens": 3456, "best": {"step": 6}, "domain_words": ["amontillado"], "proof": PROOF,
        }  # fmt: skip
        return models.add(
            session, name="child", kind="pretrained", method="pretrain", labels=(), problem_type="", parent=parent.id,
            dataset_version=corpus.id, run=None, parameters={}, facts=facts, digest=parent.digest,
            artifact=parent.artifact, notes="", who="ada",
        )  # fmt: skip


def seen(app: Any) -> str:
    parts = [*app.subheader, *app.caption, *app.markdown, *app.text, *app.info, *app.success, *app.warning]
    return "\n".join(str(item.value).replace("\\", "") for item in parts)


def test_without_raw_text_the_page_leads_to_the_upload(opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose_dataset, "every_version", tuple)
    app = opened("pretrain")
    assert not app.exception
    assert "There is no raw text yet" in app.info[0].value
    assert not [button for button in app.button if button.key == "pretrain-start"]


def test_the_form_shows_what_matters_for_its_beginning(opened, corpus) -> None:
    app = opened("pretrain", dataset="story", version="1")
    assert app.selectbox(key="pretrain-corpus").value.id == corpus.id
    assert "pretrain-head_steps" in app.session_state and "pretrain-preset" not in app.session_state
    app.segmented_control(key="pretrain-begin").set_value("Start from scratch").run()
    assert not app.exception
    assert "pretrain-preset" in app.session_state
    assert not [item for item in app.number_input if item.key in ("pretrain-head_steps", "pretrain-domain_words")]
    assert app.selectbox(key="pretrain-objective").options[1] == "Masked words and next sentences"


def test_examples_are_shown_and_another_epoch_masks_anew(opened, corpus) -> None:
    app = opened("pretrain", dataset="story")
    app.expander(key="example-builder").proto.expanded = True
    app.session_state["example-builder"] = True
    app.run()
    assert not app.exception
    first = app.dataframe[0].value
    assert list(first["the model sees"])[0] == "[CLS]" and first["chosen"].sum() >= 1
    assert set(first.loc[first["chosen"], "what became of it"]) <= {"masked", "random piece", "kept"}
    assert (first.loc[first["chosen"], "label"] == first.loc[first["chosen"], "in the text"]).all()
    assert "Pair label" in seen(app) and "Seed 42, epoch 1" in seen(app)
    app.button(key="example-next").click().run()
    assert app.number_input(key="example-number").value == 2
    app.number_input(key="example-epoch").set_value(2).run()
    assert "Seed 42, epoch 2" in seen(app) and not app.exception


def test_pieces_of_somebodys_text_are_never_read_as_markdown() -> None:
    from core.pretraining.explanation import Explained

    piece = Explained(1, "[x](y)*<b>", "a", "A", special=False, chosen=True, fate="random", label="a", label_id=7)
    drawn = example_view.coloured([piece])
    assert "](y)" not in drawn and "<b>" not in drawn


@pytest.mark.slow
def test_start_watch_result_and_again(opened, registry, corpus, finish) -> None:
    app = opened("pretrain", dataset="story")
    app.segmented_control(key="pretrain-begin").set_value("Start from scratch").run()
    for name, value in SMALL.items():
        widgets = {item.key: item for item in (*app.number_input, *app.selectbox)}
        widgets[f"pretrain-{name}"].set_value(value)
    app.run()
    app.button(key="pretrain-start").click().run()
    assert not app.exception
    with registry.read() as session:
        run = runs.listing(session)[0]
    assert (run.kind, run.status, run.config["base"]) == ("pretrain", "queued", None)
    assert {name: run.config["parameters"][name] for name in SMALL} == SMALL
    finish()
    result = opened("pretrain", run=run.id)
    assert not result.exception
    assert "Made the model version" in result.success[0].value
    assert "Pre-training by ada" in seen(result).replace("\u2060", "")
    assert {"Masked-word loss", "Masked words right, share"} <= {caption.value for caption in result.caption}
    again = opened("pretrain", like=run.id)
    assert again.segmented_control(key=f"pretrain-{run.id[:8]}-begin").value == "Start from scratch"
    assert again.number_input(key=f"pretrain-{run.id[:8]}-max_length").value == 32
    with registry.read() as session:
        version = models.get(session, run.result["model_version"] if run.result else f"{run.config['name']}/1")
    page = opened("models", model=version.name)
    assert not page.exception
    assert "It began from random weights" in seen(page)


def test_the_proof_stands_on_the_models_page(opened, child) -> None:
    app = opened("models", model="child")
    assert not app.exception
    told = seen(app)
    assert app.warning[0].value.replace("\\", "").replace("\u2060", "").startswith(HEART)
    assert "Better than before." in told and "warmed-up heads" in told
    assert "Sense" not in app.dataframe[0].value.columns
    assert list(app.dataframe[0].value["verdict"]) == ["better", "better"]
    assert "−0.500 (−0.700 to −0.300)" in app.dataframe[0].value["difference, 95 % interval"].iloc[0]
    assert app.dataframe[1].value["nearest after"].iloc[0] == "b, <i>"
    assert "no two pairs" in told and "amontillado" in told


def test_right_of_zero_is_better_whichever_way_a_measure_counts() -> None:
    nats = proof_table.differences(PROOF["values"], "nats")
    assert nats.iloc[0].tolist() == ["masked words", 0.5, 0.3, 0.7]
    assert proof_table.differences(PROOF["values"], "shares").iloc[0].difference == -0.5


def test_without_a_before_only_the_child_is_told() -> None:
    table = proof_table.frame({"homonyms": {"after": SENSES}})
    assert list(table.columns) == ["measure", "after", "n", "better"]
    assert table["after"].iloc[0] == "0.900 (0.400 to 0.600)"  # the last layer, not the best


def test_the_corpus_names_what_was_made_from_it_and_leads_to_its_pre_training(opened, corpus, child) -> None:
    app = opened("datasets", dataset="story", part="Models")
    assert not app.exception
    assert app.button(key=f"corpus-pretrain-{corpus.id}").label == "Pre-train on it"
    with_models = [tab for tab in app.tabs if tab.label == "Models"]
    assert with_models
    parent = opened("models", model="all-MiniLM-L6-v2")
    parent.segmented_control(key="section-pretrained").set_value("Origin").run()
    assert "Made from it:" in seen(parent)


def test_a_run_that_is_no_pre_training_fills_no_form(opened, registry, corpus) -> None:
    with registry.read() as session:
        other = next(run for run in runs.listing(session) if run.kind == "fine_tune")
        assert datasets.get(session, "story").is_raw_text
    app = opened("pretrain", like=other.id)
    assert app.segmented_control(key="pretrain-begin").value == "Go on from a model"


def test_more_proof_is_submitted_when_it_is_chosen(opened, registry, corpus) -> None:
    with registry.read() as session:
        general, rows = datasets.get(session, "cellar-story"), datasets.get(session, "food-reviews")
    app = opened("pretrain", dataset="story")
    assert app.selectbox(key="pretrain-general").options == ["cellar-story/1"]
    app.selectbox(key="pretrain-general").select_index(0)
    app.selectbox(key="pretrain-downstream").select_index(0).run()
    app.button(key="pretrain-start").click().run()
    assert not app.exception and not app.error
    with registry.read() as session:
        config = runs.listing(session)[0].config
    assert config["general"] == general.id and config["downstream_spec"] in (rows.spec, "meals/1", "support-tickets/1")
    again = opened("pretrain", like=runs_id(registry))
    assert again.selectbox(key=f"pretrain-{runs_id(registry)[:8]}-general").value.id == general.id


def runs_id(registry: Registry) -> str:
    with registry.read() as session:
        return runs.listing(session)[0].id
