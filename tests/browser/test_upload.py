"""A file becomes a dataset in a real browser: dropped, reported, mended, saved, opened, renamed, deleted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.settled import settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

DISHES = ("soup", "bread", "tea", "cake", "rice", "fish", "stew", "pie", "jam", "plum")
ROWS = [f"The {dish} was a joy,positive\nThe {dish} made me sad,negative\n" for dish in DISHES]
FLAWED = "text,label\n" + "".join(ROWS) + "The soup was a joy,positive\n,negative\n"
NASTY = "<img src=x onerror=alert(1)>![p](http://evil.example/p.png) [l](http://evil.example) :red[r] $x^2$"


def drop(page: Page, server_url: str, file: Path) -> None:
    """Open the upload page and drop the file on it."""
    page.goto(f"{server_url}/upload")
    page.locator("input[type=file]").first.set_input_files(file)
    page.wait_for_url("**upload=**")


def saved(page: Page, server_url: str, file: Path, name: str) -> None:
    """Upload the file and save it under `name`."""
    drop(page, server_url, file)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name=re.compile("^Save .* rows")).click()
    page.get_by_text("The rows of this version will never change").wait_for()


@pytest.fixture
def flawed(tmp_path: Path) -> Path:
    path = tmp_path / "meals.csv"
    path.write_text(FLAWED, encoding="utf-8-sig")
    return path


def test_a_dropped_file_is_reported_mended_and_saved(page: Page, server, flawed: Path) -> None:
    drop(page, server.url, flawed)
    page.get_by_text("22 rows in = 21 kept + 1 rejected").wait_for()
    page.get_by_text("UTF-8 with byte-order mark").wait_for()
    page.get_by_role("button", name=re.compile("Make the suggested repairs")).click()
    page.get_by_text("22 rows in = 20 kept + 2 rejected").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Rejected rows (2)").click()
    rejected = download.value.path().read_text(encoding="utf-8")
    assert len(rejected.splitlines()) == 3
    assert "empty text" in rejected
    page.get_by_label("Name", exact=True).fill("browser meals")
    page.get_by_role("button", name="Save 20 rows").click()
    page.get_by_text("The rows of this version will never change").wait_for()
    assert "dataset=browser+meals" in page.url
    page.get_by_role("button", name="Train on this").click()
    page.wait_for_url("**/train?dataset=browser+meals**")


def test_a_reloaded_page_goes_on_where_it_was(page: Page, server, flawed: Path) -> None:
    drop(page, server.url, flawed)
    page.get_by_text("22 rows in = 21 kept + 1 rejected").wait_for()
    page.reload()
    page.get_by_text("22 rows in = 21 kept + 1 rejected").wait_for()


def test_a_picture_named_csv_gives_a_sentence(page: Page, server, tmp_path: Path) -> None:
    file = tmp_path / "photo.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    drop(page, server.url, file)
    page.get_by_test_id("stAlert").get_by_text("is a picture, not a table").wait_for()
    assert "Traceback" not in page.inner_text("body")


def test_hostile_text_in_names_labels_and_cells_stays_text(page: Page, server, tmp_path: Path) -> None:
    file = tmp_path / "nasty.csv"
    quoted = NASTY.replace('"', '""')
    rows = [f'"{quoted} {n}","{quoted}"\n"plain {n}","plain"\n' for n in range(12)]
    file.write_text(f'"{quoted}",label\n' + "".join(rows), encoding="utf-8")
    drop(page, server.url, file)
    page.get_by_text("24 rows in = 24 kept + 0 rejected").wait_for()
    page.get_by_label("Name", exact=True).fill("nasty " + re.sub(r"[/@\\]", "", NASTY)[:80])
    page.get_by_label("Description").fill(NASTY)
    page.get_by_role("button", name="Save 24 rows").click()
    page.get_by_text("The rows of this version will never change").wait_for()
    settled(page)
    main = page.get_by_test_id("stMain")
    assert main.locator("img, iframe, .katex, a[href*=evil]").count() == 0
    assert NASTY in main.inner_text()


def test_a_dataset_is_renamed_and_deleted(page: Page, server, flawed: Path) -> None:
    saved(page, server.url, flawed, "to be renamed")
    page.get_by_role("button", name="Rename or describe").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("renamed")
    dialog.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**dataset=renamed**")
    page.get_by_role("heading", name="renamed").wait_for()
    settled(page)
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
    page.get_by_role("heading", name="Datasets", exact=True).wait_for()
    page.goto(f"{server.url}/datasets?dataset=renamed")
    page.get_by_test_id("stAlert").wait_for()


def test_the_rows_of_a_version_are_searched_and_downloaded(page: Page, server, flawed: Path) -> None:
    saved(page, server.url, flawed, "to be searched")
    page.get_by_role("tab", name="Rows").click()
    search = page.get_by_label("Search in the texts")
    search.fill("plum")
    search.press("Enter")
    page.get_by_text("2 rows", exact=True).wait_for()
    assert "part=Rows" in page.url
    with page.expect_download() as download:
        page.get_by_role("button", name="Download all 21 rows").click()
    assert len(download.value.path().read_text(encoding="utf-8-sig").splitlines()) == 22
