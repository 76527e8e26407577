"""Waiting until a page is drawn whole: a click on what a rerun is about to replace is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

IDLE = """() => !document.querySelector('[data-testid=stSpinner],[data-testid=stStatusWidget]')
    && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"""


def settled(page: Page) -> None:
    """Wait until the server has nothing more to say; the browser first gets a moment to ask."""
    page.wait_for_timeout(300)
    page.wait_for_function(IDLE)
