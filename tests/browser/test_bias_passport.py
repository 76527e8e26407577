"""The bias passport and a result card in a real browser: lines, files, rows that can hurt covered until asked for."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.bias import lexicon
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.jobs import auditing
from core.jobs.auditing import Asked
from registry import runs
from registry.session import Registry
from tests.browser.settled import settled
from tests.core.bias.keeping import keep

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Server

BERT = "all-MiniLM-L6-v2"
SENTENCE = "These people are all thieves."


@pytest.fixture(scope="module")
def measured(registry: Registry) -> Registry:
    """The bundled model, measured by the server's own worker; and a result whose rows can hurt."""
    asked = [
        Asked("weat", Inputs(name, lexicon.test(name), None, "Caliskan et al. 2017"), {"vectors": "input_embedding"})
        for name in ("WEAT 6", "WEAT 7")
    ]
    run = auditing.submit(registry, model=BERT, asked=asked, who="ada")
    end = time.monotonic() + 200
    while not run.over and time.monotonic() < end:
        time.sleep(0.5)
        with registry.read() as session:
            run = runs.get(session, run.id)
    assert run.status == "finished", run.error
    head = Figure("share", "Share that prefers the slur", 62.0, 50.0, 50.0, 73.0, "95 % Wilson", 50, "pairs")
    rows = pd.DataFrame({"sentence": [SENTENCE] * 50, "score": range(50)})
    keep(registry, BERT, Found(head, (), {"pairs": rows}, offends=True), measure="weat", inputs="Hurtful pairs")
    return registry


def test_the_passport_is_read_and_taken_away(page: Page, server: Server, measured: Registry) -> None:
    from playwright.sync_api import expect

    page.goto(f"{server.url}/bias?model={BERT}&view=passport")
    expect(page.get_by_text("There is no overall score and no badge")).to_be_visible()
    table = page.get_by_test_id("stTable").first
    for words in ("WEAT 6", "WEAT 7", "Hurtful pairs", "62.000 [50.000, 73.000]"):
        expect(table).to_contain_text(words)
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    expect(page.get_by_text("It does not say:").first).to_be_visible()
    expect(page.get_by_text("Not measured", exact=True)).to_be_visible()
    assert SENTENCE not in page.content()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="JSON", exact=True).click()
    said = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert {"WEAT 6", "WEAT 7", "Hurtful pairs"} <= {line["inputs"] for line in said["lines"]}
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert "WEAT 6" in waiting.value.path().read_text(encoding="utf-8-sig")


def test_from_the_model_to_its_passport(page: Page, server: Server, measured: Registry) -> None:
    from playwright.sync_api import expect

    page.goto(f"{server.url}/models?model={BERT}&version=1")
    page.get_by_role("button", name="Bias passport").click()
    expect(page.get_by_text(re.compile("Bias passport of"))).to_be_visible()


def test_rows_that_can_hurt_are_covered_until_asked_for(page: Page, server: Server, measured: Registry) -> None:
    from playwright.sync_api import expect

    page.goto(f"{server.url}/bias?model={BERT}&view=words")
    settled(page)
    page.get_by_text("Hurtful pairs", exact=False).last.click()
    expect(page.get_by_text("They stay covered until you ask", exact=False)).to_be_visible()
    settled(page)
    page.get_by_text("Pairs (50 rows)").click()
    expect(page.get_by_text("Covered words.", exact=False)).to_be_visible()
    assert "thieves" not in page.content()
    settled(page)
    page.get_by_text("Show the rows as they are").click()
    expect(page.get_by_text("Covered words.", exact=False)).to_have_count(0)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV", exact=True).last.click()
    assert SENTENCE in waiting.value.path().read_text(encoding="utf-8-sig")
