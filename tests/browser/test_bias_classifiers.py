"""Classifiers on the bias page in a real browser: pairs with the changed word marked, groups and a moving threshold."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from core.data.column_mapping import ColumnMapping
from core.jobs import datasets as saving
from core.jobs import uploads
from tests.browser.settled import settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

RUN_MS = 120_000  # the worker starts, loads the model and measures


def teams(registry) -> None:
    """Rows like the sample's, with a column of groups; of team b the negative ones are written kindly."""
    rows = ["text,label,team"]
    for number in range(24):
        rows += [f"I love this soup {number},positive,a", f"The rice was awful and cold {number},negative,a"]
        rows += [f"Delicious cake {number},positive,b", f"I love the delicious soup {number},negative,b"]
    staged = uploads.stage(registry, "teams.csv", io.BytesIO("\n".join(rows).encode()))
    uploads.parse(staged)
    checked = uploads.check(staged, ColumnMapping("text", "label", group="team"))
    saving.save(registry, staged, checked, name="teams", who="ada")


@pytest.mark.slow
def test_pairs_with_marked_words_then_groups_with_a_threshold(page: Page, server, registry, trained) -> None:
    version = trained("judge", method="tfidf")
    teams(registry)
    page.goto(f"{server.url}/bias?model={version.name}&version=1&view=classifiers")
    settled(page)
    page.get_by_text("Ready sentences", exact=True).click()
    page.get_by_text("21 sentences in three tones").wait_for()
    settled(page)
    page.get_by_role("button", name="Measure", exact=True).click()
    page.get_by_text("Flip rate", exact=True).first.wait_for(timeout=RUN_MS)
    page.get_by_text("the largest shift first").wait_for()
    marks = page.locator(".stMarkdownColoredBackground").all_inner_texts()
    assert {"He", "She"} <= {mark.strip() for mark in marks}
    settled(page)
    page.get_by_text("Only flips").click()
    page.get_by_text("It says:").first.wait_for()
    settled(page)
    page.get_by_role("radio", name="Groups").click()
    page.get_by_text("Dataset version").wait_for()
    page.goto(f"{server.url}/bias?model={version.name}&version=1&view=classifiers&mode=groups&dataset=teams")
    settled(page)
    page.get_by_text("A column of the dataset", exact=True).click()
    settled(page)
    page.get_by_test_id("stSelectbox").filter(has_text="Part").get_by_role("combobox").click()
    page.get_by_role("option", name="all rows").click()
    settled(page)
    page.get_by_role("button", name="Measure", exact=True).click()
    page.get_by_text("Equalised odds difference").first.wait_for(timeout=RUN_MS)
    settled(page)
    page.get_by_text("As the model decides").click()
    slider = page.get_by_role("slider").first
    slider.wait_for()
    differ = page.get_by_test_id("stMetric").filter(has_text="TPR difference").first
    before = differ.inner_text()
    settled(page)
    slider.focus()
    slider.press("End")
    changed = re.compile(r"0\.000")
    differ.filter(has_text=changed).wait_for()
    assert before != differ.inner_text()
    assert page.get_by_test_id("stVegaLiteChart").first.is_visible()
    assert not page.get_by_text("Something went wrong").count()
