"""Attention in a real browser: a click on the grid of heads draws that head; 512 pieces are one light picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FIRST_MS = 120_000  # the model is loaded for the first visitor
LONG = " ".join(f"cellar {number} holds unexpectedly old amontillado" for number in range(90))
MEGABYTE = 1_000_000


@pytest.mark.slow
def test_a_click_a_pair_and_a_long_text(page: Page, server) -> None:
    page.set_default_timeout(FIRST_MS)
    frames: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(len(data))))
    page.goto(f"{server.url}/inspect?view=attention")
    page.get_by_text("click a ready example").wait_for()
    page.get_by_text("Question and answer", exact=True).click()
    page.get_by_text("Layer 1, head 1").wait_for()
    click_cell(grid(page), 7 / 12, 3 / 6)
    page.get_by_text("Layer 1, head 1").wait_for(state="detached")
    chosen = page.locator("strong").filter(has_text="Layer").inner_text()
    assert chosen not in ("", "Layer 1, head 1")
    page.get_by_text("Lines", exact=True).click()
    page.get_by_text("strongest of").wait_for()
    page.get_by_text("From the first text to the second").click()
    page.get_by_text("to words outside of it").wait_for()
    page.get_by_text("Within and between both texts").click()
    page.get_by_text("Matrix", exact=True).click()
    page.get_by_text("up to the largest that is drawn").wait_for()
    frames.clear()
    field = page.get_by_label("Text", exact=True)
    field.fill(LONG)
    field.press("Control+Enter")
    page.get_by_text("The model sees the first").wait_for()
    page.get_by_text("names stand where there is room").wait_for()
    assert page.get_by_text("Layer").filter(has_text=chosen).count()
    assert 10_000 < sum(frames) < MEGABYTE


def grid(page: Page) -> Locator:
    """The grid of heads."""
    found = page.get_by_test_id("stVegaLiteChart").first
    found.locator("canvas, svg").first.wait_for()
    return found


def click_cell(chart: Locator, across: float, down: float) -> None:
    """Click at a share of the drawing's width and height."""
    box = chart.bounding_box()
    assert box is not None
    chart.page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
