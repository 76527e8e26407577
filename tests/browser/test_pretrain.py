"""Pre-training in a real browser: a text becomes a corpus, a tiny BERT reads it, its proof stands on its page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

RUN_MS = 300_000  # half a minute on two idle cores
SETTINGS = {"Epochs": "1", "Longest sequence": "32", "Vocabulary": "300"}


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """Forty-eight documents of three sentences."""
    documents = [
        "\n".join(f"The {what} of the {place} was {how} before the {guest} came." for what in ("bell", "vault", "lamp"))
        for place in ("house", "ship", "town", "mill")
        for how in ("old", "cold", "gone")
        for guest in ("winter", "master", "rain", "war")
    ]
    path = tmp_path / "story.txt"
    path.write_text("\n\n".join(documents), encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.timeout(2 * RUN_MS / 1000 + 300)
def test_upload_look_pretrain_prove(page: Page, server, story: Path) -> None:
    saved_as_corpus(page, server.url, story)
    page.get_by_role("button", name="Pre-train on it").click()
    page.wait_for_url("**/pretrain?dataset=browser-story&version=1")
    from_scratch(page)
    examples_turn(page)
    page.get_by_role("button", name="Start pre-training").click()
    page.wait_for_url("**run=**")
    page.get_by_text("Made the model version").wait_for(timeout=RUN_MS)
    page.get_by_text("Masked-word loss", exact=True).wait_for()
    page.get_by_text("Sentence pairs right, share", exact=True).wait_for()
    page.get_by_role("button", name="All of its proof").click()
    page.wait_for_url("**/models?model=**")
    page.get_by_text("It began from random weights").wait_for()
    page.get_by_role("button", name="Pre-train from it").wait_for()


def saved_as_corpus(page: Page, url: str, file: Path) -> None:
    """Drop the file as raw text and save it under a name of its own."""
    page.goto(f"{url}/upload?kind=raw")
    page.locator("input[type=file]").first.set_input_files(file)
    page.wait_for_url("**upload=**")
    page.get_by_label("Name", exact=True).fill("browser-story", timeout=120_000)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("will never change").wait_for(timeout=60_000)


def from_scratch(page: Page) -> None:
    """Choose the smallest model there is and one reading of the text."""
    page.get_by_text("Start from scratch").click()
    page.get_by_role("combobox", name="Size").click()
    page.get_by_role("option", name="tiny: 2 layers of 128").click()
    for name, value in SETTINGS.items():
        field = page.get_by_role("spinbutton", name=name, exact=True)
        field.fill(value)
        field.press("Enter")
        page.wait_for_timeout(500)


def examples_turn(page: Page) -> None:
    """An example shows its masks and its label, and the next one comes at a click."""
    page.get_by_text("See what it reads").click()
    page.get_by_text("Pair label").wait_for(timeout=120_000)
    page.get_by_text("Example 1 of").wait_for()
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_text("Example 2 of").wait_for()
