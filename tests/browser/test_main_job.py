"""The main job, whole, in a real browser: upload, train two ways, watch, classify, download, and the figures agree.

On the real question data where it lies beside the checkout, else on the sample dataset that comes with the product.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.data.samples import SAMPLES
from core.training.methods import METHODS
from registry import models, scores
from registry.home import Home
from registry.records import Score
from registry.session import Registry

if TYPE_CHECKING:
    from playwright.sync_api import Page

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "labelled" / "trec" / "csv"
TRAINING_MS = 15 * 60_000  # three minutes on two idle cores
NAME = "main job"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A training file and a test file with the columns text and label."""
    if REAL.is_dir():
        return REAL / "train.csv", REAL / "test.csv"
    head, *rows = SAMPLES[0].path.read_text(encoding="utf-8").splitlines(keepends=True)
    train, test = tmp_path / "train.csv", tmp_path / "test.csv"
    train.write_text(head + "".join(row for n, row in enumerate(rows) if n % 4), encoding="utf-8")
    test.write_text(head + "".join(rows[::4]), encoding="utf-8")
    return train, test


@pytest.mark.slow
@pytest.mark.timeout(2 * TRAINING_MS / 1000 + 600)
def test_upload_train_watch_classify_download(page: Page, server, files: tuple[Path, Path]) -> None:
    upload(page, server.url, *files)
    for method in ("linear_probe", "full"):
        page.goto(f"{server.url}/train?dataset={NAME}")
        train(page, method)
        watch(page)
        reopened_shows_the_same(page)
        spec = f"{NAME.replace(' ', '-')}-{method.replace('_', '-')}"
        got = classified(page, server.url, files[1], spec)
        assert_agrees(got, files[1], stored(server.home, spec))


def upload(page: Page, url: str, train: Path, test: Path) -> None:
    """Drop both files, read the report, save."""
    page.goto(f"{url}/upload")
    page.locator("input[type=file]").first.set_input_files(train)
    page.wait_for_url("**upload=**")
    page.get_by_text(f"{len(read(train)):,} rows in").wait_for(timeout=300_000)
    page.get_by_text("A separate test file").click()
    page.get_by_test_id("stExpander").locator("input[type=file]").set_input_files(test)
    page.wait_for_url("**test=**")
    rows = len(read(train)) + len(read(test))
    page.get_by_text(f"{rows:,} rows in").wait_for(timeout=300_000)
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The rows of this version will never change").wait_for()


def train(page: Page, method: str) -> None:
    """Choose the method, wait for what it will cost, and start with the defaults."""
    page.get_by_text(METHODS[method].title, exact=True).click()
    page.get_by_text("Base model", exact=True).first.wait_for()
    page.get_by_text("Measuring time and memory").wait_for(state="hidden", timeout=180_000)
    page.get_by_text("Takes about").wait_for(timeout=180_000)
    page.get_by_text("Peak memory").wait_for()
    page.get_by_role("button", name="Start training").click()
    page.wait_for_url("**run=**")


def watch(page: Page) -> None:
    """See the work move, reload the page, and see it go on to its end."""
    page.get_by_text("Running for").wait_for(timeout=120_000)
    page.reload()
    page.get_by_text("Made the model version").wait_for(timeout=TRAINING_MS)
    page.get_by_text("Measured on").wait_for()
    page.get_by_test_id("stVegaLiteChart").nth(2).wait_for()  # two headline scores, and a curve


def reopened_shows_the_same(page: Page) -> None:
    """The address alone brings the finished run back in a tab that never saw it."""
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_text("Made the model version").wait_for()
    other.close()


def classified(page: Page, url: str, file: Path, model: str) -> list[dict[str, str]]:
    """Classify the file with the model and return the rows of the download."""
    page.goto(f"{url}/classify?model={model}")
    page.get_by_text("A file", exact=True).click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Text column").wait_for()
    page.get_by_role("button", name="Classify the file").click()
    page.wait_for_url("**run=**")
    page.get_by_text("Rows classified").wait_for(timeout=300_000)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the result").click()
    assert download.value.suggested_filename == f"{file.stem}-classified.csv"
    return read(download.value.path())


def stored(home: Path, model: str) -> Score:
    """The registry's score of the model on its own test rows."""
    registry = Registry.open(Home.at(home))
    try:
        with registry.read() as session:
            version = models.get(session, model)
            score = scores.latest(session, version.id, version.dataset_version or "", "test")
    finally:
        registry.close()
    assert score is not None
    return score


def assert_agrees(got: list[dict[str, str]], file: Path, score: Score) -> None:
    """Every input row came back in its place, and the accuracy of the file is the accuracy of the registry."""
    given = read(file)
    assert [{name: row[name] for name in given[0]} for row in got] == given
    assert len(got) == score.rows
    right = sum(row["prediction"] == row["label"] for row in got)
    assert right / len(got) == pytest.approx(score.metrics["accuracy"]["value"], abs=1e-9)
    assert all(float(row["score"]) == max(float(row[name]) for name in row if name.startswith("prob_")) for row in got)


def read(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by column."""
    with Path(file).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
