"""Attributions in a real browser: from an answer to its reasons, words on grounds of colour, user text never runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from registry.records import ModelVersion

expect = pytest.importorskip("playwright.sync_api").expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXT = "I hate this lovely soup <script>window.ran = 1</script> :red[no] `x`"
EXPLAIN_MS = 120_000


@pytest.fixture(scope="module")
def model(trained: Callable[..., ModelVersion]) -> str:
    """A linear head on the bundled model."""
    return trained("explained", method="linear_probe", base="all-MiniLM-L6-v2").name


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_from_an_answer_to_its_reasons(page: Page, server, model: str) -> None:
    page.goto(f"{server.url}/classify?model={model}")
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("button", name="Classify", exact=True).click()
    page.get_by_text("Why?").click(timeout=EXPLAIN_MS)
    page.get_by_role("button", name="Show the words that made it").click()
    page.get_by_text("Other methods, and how far to trust them").click(timeout=EXPLAIN_MS)
    page.wait_for_url("**/inspect?**view=attribution**")
    expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT, timeout=EXPLAIN_MS)
    explained(page)
    page.get_by_role("button", name="Take them out and look").click()
    page.get_by_text("Means over the top 10, 20 and 50 %").wait_for(timeout=EXPLAIN_MS)


def explained(page: Page) -> None:
    """Press Explain; every character of the text is shown, coloured words among them, and nothing of it ran."""
    page.get_by_role("button", name="Explain").click()
    page.get_by_text("Do the methods agree?").wait_for(timeout=EXPLAIN_MS)
    page.get_by_text("completeness error").first.wait_for()
    text = page.locator("[class*='-integrated_gradients-text-0']").first
    shown = "".join(text.inner_text().replace("\u2060", "").split())
    assert shown == "".join(TEXT.split())
    grounds = text.locator("span").evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
    assert any(ground.startswith("rgba(") and not ground.endswith(", 0)") for ground in grounds)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
