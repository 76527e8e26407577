"""Pages of models that are unlike the usual one: 77 labels, several labels a text, labels that look like code."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest

from core.data.columns import guess
from core.inference import folder
from core.jobs import datasets as saving
from core.jobs import submit, uploads
from dashboard.components import confusion_chart
from registry import models, runs, scores
from registry.home import Home
from registry.session import Registry
from tests.dashboard.views.conftest import work

MANY = [f"matter_number_{number}_of_the_long_list" for number in range(75)] + [
    "<script>alert(1)</script>",
    "*b* [x](y)",
]
TASTES = {"sweet": "sugar", "sour": "lemon", "hot": "chili"}


@pytest.fixture(scope="session")
def varied(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with `many/1` (77 labels) and `tastes/1` (several labels a text), both TF-IDF; never written to."""
    root = tmp_path_factory.mktemp("varied") / "home"
    shutil.copytree(prepared, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMONTILLADO_WORKER", "external")
        patch.setenv("AMONTILLADO_HOME", str(root))
        registry = Registry.open(Home.at(root))
        for name, rows in (("many", many()), ("tastes", tastes())):
            dataset = save(registry, name, rows)
            submit.fine_tune(
                registry,
                dataset=dataset,
                method="tfidf",
                base=None,
                name=name,
                parameters={"features": "words"},
                who="ada",
            )
        assert {run.status for run in work(registry)} == {"finished"}
        registry.close()
    return root


def many() -> Iterable[tuple[str, str]]:
    """Ten texts a label; one in ten is about another label, so that there are mistakes."""
    for number, label in enumerate(MANY):
        for turn in range(10):
            about = number if turn else (number + 1) % len(MANY)
            yield f"question {turn} about topic{about}", label


def tastes() -> Iterable[tuple[str, str]]:
    """Texts with none to three tastes; some lack one that they name."""
    for turn, chosen in product(range(20), product((True, False), repeat=len(TASTES))):
        named = [taste for taste, yes in zip(TASTES, chosen, strict=True) if yes]
        text = " and ".join(["a dish", *(TASTES[taste] for taste in named)])
        yield f"{text}, plate {turn}", "|".join(named[1:] if turn % 4 == 3 else named) or "plain"


def save(registry: Registry, name: str, rows: Iterable[tuple[str, str]]) -> str:
    """Save rows as the dataset `name`, whose cells hold several labels where they do."""
    file = io.StringIO()
    csv.writer(file).writerows([("text", "label"), *rows])
    staged = uploads.stage(registry, f"{name}.csv", io.BytesIO(file.getvalue().encode()))
    mapping = guess(uploads.parse(staged), staged.table)
    assert mapping is not None
    return saving.save(registry, staged, uploads.check(staged, mapping), name=name, who="ada").id


@pytest.fixture
def original(varied: Path) -> Path:
    return varied


def version_and_score(registry: Registry, name: str):
    with registry.read() as session:
        version = models.get(session, name)
        return version, scores.latest(session, version.id, version.dataset_version, "test")


def test_many_classes_stand_with_the_weakest_first_and_all_rows_of_the_matrix_named(opened, registry) -> None:
    _, score = version_and_score(registry, "many")
    app = opened("models", model="many")
    assert not app.exception
    assert not app.error
    classes = app.dataframe[0].value
    assert len(classes) == len(MANY)
    assert classes["f1"].is_monotonic_increasing
    assert "threshold" not in classes
    assert any("77 labels, the weakest first" in caption.value for caption in app.caption)
    assert app.selectbox(key=f"score-{score.id}-cell").options[0].startswith("All wrong rows")
    cells = confusion_chart.frame(score.details["confusion"], score.details["labels"])
    layer = confusion_chart.chart(cells, score.details["labels"]).to_dict()["layer"][0]
    assert layer["encoding"]["y"]["axis"]["labelOverlap"] is False


def test_several_labels_a_text_have_thresholds_and_an_exact_match_instead_of_an_accuracy(opened, registry) -> None:
    version, score = version_and_score(registry, "tastes")
    assert score.details["problem_type"] == "multi_label"
    app = opened("models", model="tastes")
    assert not app.exception
    assert not app.error
    assert "Labels" in [heading.value for heading in app.subheader]
    by_label, wrong = app.dataframe[0].value, app.dataframe[1].value
    assert by_label["label"].tolist() == list(version.labels)
    assert by_label["threshold"].between(0, 1).all()
    assert any("no confusion matrix" in caption.value for caption in app.caption)
    assert (wrong["given"] != wrong["predicted"]).all()
    every = app.dataframe[2].value.set_index("score")
    assert every.loc["exact match: all labels right", "value"] == f"{score.metrics['accuracy']['value']:.3f}"
    assert "accuracy" not in every.index


def test_a_text_with_several_labels_shows_which_it_gets_and_from_what_probability(opened, registry) -> None:
    version, _ = version_and_score(registry, "tastes")
    app = opened("classify", model="tastes")
    app.text_area(key=f"text-{version.id}").set_value("a dish and sugar and chili")
    app.button[0].click().run()
    assert not app.exception
    expected = folder.load(registry.artifacts.local(version.artifact)).predict(["a dish and sugar and chili"])
    table = app.dataframe[0].value.set_index("label")
    assert tuple(sorted(table.index[table["given"]])) == tuple(sorted(expected.labels()[0]))
    assert (table["given"] == (table["probability"] >= table["from"])).all()


def test_a_file_with_several_labels_a_text_gets_its_result_drawn(opened, registry, finish) -> None:
    version, _ = version_and_score(registry, "tastes")
    staged = uploads.stage(registry, "two.csv", io.BytesIO(b"text\na dish and sugar and chili\nnothing known\n"))
    submit.predict(registry, model=version.id, source=staged, who="ada")
    finish()
    with registry.read() as session:
        run = runs.listing(session)[0]
    assert run.status == "finished", run.error
    app = opened("runs", run=run.id)
    assert not app.exception
    assert not app.error
    assert app.dataframe[0].value["text"].tolist() == ["a dish and sugar and chili", "nothing known"]


def test_runs_and_lists_say_methods_by_their_titles(opened, registry) -> None:
    with registry.read() as session:
        assert [run.title for run in runs.listing(session)][-1] == "Train many on many/1: Word counts (TF-IDF)"
    assert opened("models").dataframe[0].value["method"].unique().tolist() == ["Word counts (TF-IDF)"]
