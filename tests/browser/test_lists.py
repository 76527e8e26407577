"""Lists in a real browser: the filters of the runs page and the address follow each other."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect

from registry import runs
from registry.home import Home
from registry.session import Registry

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_the_filters_of_the_runs_page_stand_in_its_address(page: Page, server) -> None:
    with closing(Registry.open(Home.at(server.home))) as registry, registry.begin() as session:
        run = runs.submit(session, kind="nothing", title="Waits for ever", config={}, who="grace")
    page.goto(f"{server.url}/runs?state=active&by=grace")
    expect(page.get_by_role("radio", name="Active")).to_be_checked()
    page.get_by_text("Failed", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?(?=.*state=failed)(?=.*by=grace)"))
    expect(page.get_by_text("No run fits", exact=False)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("radio", name="Active")).to_be_checked()
    page.goto(f"{server.url}/runs?state=active&by=grace&run={run.id}")
    page.get_by_role("button", name="All runs").click()
    expect(page).to_have_url(re.compile(r"/runs\?(?!.*run=)(?=.*state=active)(?=.*by=grace)"))
