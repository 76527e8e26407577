"""What only a real browser can show of the model pages: clicks on charts and tables, menus, dialogs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from registry import models
from registry.errors import NotFound
from registry.records import ModelVersion
from registry.session import Registry

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def version(trained: Callable[..., ModelVersion]) -> ModelVersion:
    """A model that the server's own worker trained on the sample dataset."""
    return trained("clicked", method="tfidf")


def row(page: Page, table: int, number: int) -> None:
    """Click the first cell of a row of a table (cells are drawn, not elements)."""
    box = page.get_by_test_id("stDataFrame").nth(table).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 60, box["y"] + 36 + 35 * number + 17)


def test_a_click_on_a_row_opens_the_model_and_its_run(page: Page, server, version: ModelVersion) -> None:
    page.goto(f"{server.url}/models")
    page.get_by_text("Click a row to open the model.").wait_for()
    page.wait_for_timeout(2000)
    row(page, 0, 0)
    page.wait_for_url("**/models?model=clicked")
    page.get_by_text("Score it on other rows").wait_for()  # the page is whole: nothing moves any more
    page.get_by_text("Origin", exact=True).click()
    page.get_by_role("link", name="Its run").click()
    page.wait_for_url(f"**/runs?run={version.run}")
    page.get_by_text("Made the model version").wait_for()
    page.get_by_role("button", name="All runs").click()
    page.get_by_role("heading", name="Runs", exact=True).wait_for()
    assert "run=" not in page.url


def test_a_click_on_a_cell_of_the_confusion_matrix_lists_its_rows(page: Page, server, version: ModelVersion) -> None:
    page.goto(f"{server.url}/models?model=clicked&version=1")
    page.get_by_text("Click a cell to list its rows.").wait_for()
    matrix = page.get_by_test_id("stVegaLiteChart").nth(2)
    matrix.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    box = matrix.locator("canvas, svg").first.bounding_box()
    assert box is not None
    chosen = page.get_by_test_id("stSelectbox").filter(has_text=re.compile("^Rows")).locator("input")
    page.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.12)  # the first cell of the diagonal
    expect(chosen).to_have_value(re.compile("^rightly "))


def test_a_refusal_is_told_in_the_dialog_and_what_was_typed_stays(
    page: Page, server, registry: Registry, version: ModelVersion
) -> None:
    with registry.begin() as session:
        models.set_alias(session, "clicked", "champion", 1, who="ada")
    page.goto(f"{server.url}/models?model=clicked")
    change(page, "Delete this version")
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_label("Type the name above to confirm")
    assert dialog.get_by_role("button", name="Delete for good").is_disabled()
    field.fill("clicked/1")
    field.press("Enter")
    dialog.get_by_role("button", name="Delete for good").click()
    dialog.get_by_text("cannot be deleted").first.wait_for()  # a rerun may draw it twice for a moment
    assert field.input_value() == "clicked/1"


def test_an_alias_is_taken_away_and_the_version_deleted(
    page: Page, server, registry: Registry, version: ModelVersion
) -> None:
    folder = registry.artifacts.local(version.artifact)
    with registry.begin() as session:
        models.set_alias(session, "clicked", "champion", 1, who="ada")
    page.goto(f"{server.url}/models?model=clicked")
    change(page, "Move an alias")
    page.get_by_role("dialog").get_by_role("button", name="Take the alias away").click()
    page.get_by_role("dialog").wait_for(state="hidden")
    change(page, "Delete this version")
    field = page.get_by_role("dialog").get_by_label("Type the name above to confirm")
    field.fill("clicked/1")
    field.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
    page.get_by_role("heading", name="Models", exact=True).wait_for()
    assert not folder.exists()
    with registry.read() as session, pytest.raises(NotFound):
        models.get(session, "clicked/1")


def change(page: Page, what: str) -> None:
    """Open the menu of changes and choose."""
    page.get_by_role("button", name="Change").click()
    page.get_by_text(what, exact=True).click()
    page.get_by_role("dialog").wait_for()
