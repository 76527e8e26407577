"""Word associations in a real browser: two lists under two kinds of vector, a list of one's own mended and measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.settled import settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST_MS = 120_000  # the worker starts and loads the model


@pytest.mark.slow
def test_a_battery_side_by_side_and_a_list_of_ones_own(page: Page, server) -> None:
    page.set_default_timeout(FIRST_MS)
    page.goto(f"{server.url}/bias?view=words&model=all-MiniLM-L6-v2&measure=weat")
    page.get_by_text("All 32 words have a vector of every kind.").wait_for()
    choose(page, "Word lists", "WEAT 7")
    page.get_by_role("combobox", name="Vectors of words, side by side").press("Backspace")
    measure(page, "Measure, 4 results")
    page.get_by_text("Together", exact=True).wait_for()
    page.get_by_text("p after Holm counts all 4 tests of it").wait_for()
    assert page.get_by_text("WEAT · WEAT 7 · word alone, at a layer · ").count() == 1
    fold = page.get_by_text("WEAT · WEAT 6 · input embedding · ")
    settled(page)
    fold.click()
    page.get_by_text("after Holm over 4 tests").first.wait_for()
    page.get_by_text("partitions, words shuffled; the least possible is 7.8e-05").first.wait_for()
    page.get_by_test_id("stVegaLiteChart").nth(1).locator("canvas, svg").first.wait_for()

    settled(page)
    page.get_by_text("Your own lists: write, paste, upload or edit a copy").click()
    write(page, "target", 1, "first", "boat, ship, Fähre, raft")
    write(page, "target", 2, "second", "train, tram, bus, boat")
    write(page, "attribute", 1, "water", "sea, lake, river, harbour")
    write(page, "attribute", 2, "land", "road, rail, street, station")
    page.get_by_text("boat stands in both 'first' and 'second'.").wait_for()
    assert page.get_by_role("button", name="Use this list").is_disabled()
    page.get_by_label("Words of target set 2", exact=True).fill("train, tram, bus, lorry")
    page.get_by_label("Words of target set 2", exact=True).press("Control+Enter")
    page.get_by_text("boat stands in both").wait_for(state="hidden")
    settled(page)
    page.get_by_role("button", name="Use this list").click()
    page.get_by_text("Own list (own)").first.wait_for()
    measure(page, "Measure, 6 results")
    page.get_by_text("WEAT · Own list · word alone, at a layer · ").wait_for()
    assert not page.get_by_text("Something went wrong").count()


def choose(page: Page, name: str, option: str) -> None:
    box = page.get_by_role("combobox", name=name)
    box.click()
    box.fill(option)
    box.press("Enter")
    box.press("Escape")


def measure(page: Page, label: str) -> None:
    button = page.get_by_role("button", name=label)
    button.wait_for()
    settled(page)
    button.click()


def write(page: Page, role: str, place: int, name: str, words: str) -> None:
    page.get_by_label(f"Name of {role} set {place}", exact=True).fill(name)
    box = page.get_by_label(f"Words of {role} set {place}", exact=True)
    box.fill(words)
    box.press("Control+Enter")
