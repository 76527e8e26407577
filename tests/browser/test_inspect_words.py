"""Words in context in a real browser: an example at a click, a word more at a click, picture and CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST_MS = 120_000  # the model is loaded, and random pairs are measured, for the first visitor
MEGABYTE = 1_000_000


@pytest.mark.slow
def test_an_example_a_word_more_a_picture_and_a_file(page: Page, server, tmp_path: Path) -> None:
    page.set_default_timeout(FIRST_MS)
    frames: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(len(data))))
    page.goto(f"{server.url}/inspect?view=words")
    page.get_by_text("click a ready example").wait_for()
    frames.clear()
    page.get_by_text("crane", exact=True).click()
    page.get_by_text("Random words").first.wait_for()
    matrix = page.get_by_test_id("stVegaLiteChart").first
    matrix.locator("canvas, svg").first.wait_for()
    with page.expect_download() as sent:
        page.get_by_role("button", name="CSV").first.click()
    sent.value.save_as(tmp_path / "pairs.csv")
    lines = (tmp_path / "pairs.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("first,second,cosine,minus_baseline,percentile,rank,static")
    pairs = len(lines) - 1
    assert pairs == 8 * 7 / 2 and all(float(line.split(",")[-1]) > 0.999 for line in lines[1:])  # static rows are one
    page.get_by_role("tab", name="Picture").click()
    page.get_by_text("Trustworthiness").first.wait_for()
    assert sum(frames) < MEGABYTE
    assert not page.get_by_text("Something went wrong").count()
