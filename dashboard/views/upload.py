"""Upload page: a file becomes a dataset in four steps, and nothing is saved before the last.

`?kind=raw` asks for raw text, else labelled rows. `?upload=ID` names the file being worked on and `?test=ID` its
separate test file, so a reloaded page goes on where it was. The page asks and shows; reading, checking and saving are
done in core.
"""

from __future__ import annotations

import streamlit as st

from core.jobs.uploads import Staged
from dashboard.components import (
    dataset_report,
    desk,
    held,
    mapping_form,
    problems,
    raw_upload,
    reading_form,
    sample_choice,
    save_form,
    url,
)

LABELLED, RAW = "labelled", "raw"
KINDS = {LABELLED: "Labelled rows", RAW: "Raw text"}
READING = "Reading {} in a process of its own, with limits on memory and time …"


def page() -> None:
    """Draw the steps as far as they can be taken."""
    st.title("Upload", anchor=False)
    staged = held.file("upload")
    if staged is None:
        begin()
    elif url.asked("kind") == RAW:
        head(staged)
        raw_upload.work(staged)
    else:
        work(staged)


def begin() -> None:
    """The choice of what is brought, and the first step of it."""
    key = "upload-kind"
    write = url.follow("kind", key, {RAW: RAW}, LABELLED)
    st.segmented_control(
        "What do you bring?", list(KINDS), format_func=KINDS.__getitem__, key=key, on_change=write, required=True
    )
    if st.session_state[key] == RAW:
        raw_upload.begin()
    else:
        begin_labelled()


def begin_labelled() -> None:
    """The first step: a file of one's own, or the sample."""
    st.caption("Bring a table with a text and its label in every row. Nothing is saved until you have seen the report.")
    held.uploader("Drop a file here", "upload")
    st.caption(held.limits())
    sample_choice.show()


def work(staged: Staged) -> None:
    """The steps on a staged file; each needs the one before."""
    head(staged)
    main = understood(staged, "upload", "1 · What was found", "2 · What the columns mean")
    if main is None:
        return
    test = test_file()
    report = dataset_report.show(main, test, key=staged.id)
    if report is not None:
        save_form.show(staged, report)


def head(staged: Staged) -> None:
    """Which file this is, and the way back."""
    with st.container(horizontal=True, vertical_alignment="center", key="upload-head"):
        st.text(staged.name)
        if st.button("Take another file", icon=":material/restart_alt:", type="tertiary", key="upload-over"):
            url.put(upload=None, test=None)
            st.rerun()


def understood(staged: Staged, key: str, found: str, meaning: str) -> desk.File | None:
    """Read a file and ask what its columns mean; None while that is not possible or not answered."""
    st.subheader(found, anchor=False)
    options = None
    with problems.told():
        options = reading_form.options(f"{key}-{staged.id}", staged.name)
        with st.spinner(READING.format("the file"), show_time=True):
            facts = desk.of(staged.id).read(staged, options)
        reading_form.found(facts, f"{key}-{staged.id}")
        st.subheader(meaning, anchor=False)
        mapping = mapping_form.choose(facts, *desk.of(staged.id).guess(staged, options), f"{key}-{staged.id}")
        if mapping is not None:
            mapping_form.example(facts, mapping, f"{key}-{staged.id}-example")
            return desk.File(staged, options, mapping)
    return None


def test_file() -> desk.File | None:
    """The optional second file, read and mapped like the first."""
    staged = held.file("test")
    with st.expander("A separate test file (optional)", expanded=staged is not None, key="upload-test"):
        if staged is None:
            st.caption("Its rows are only ever used to test. Without one, some of the rows above are set aside.")
            held.uploader("Drop the test file here", "test")
            return None
        with st.container(horizontal=True, vertical_alignment="center", key="test-head"):
            st.text(staged.name)
            if st.button("Do without it", icon=":material/close:", key="test-drop", type="tertiary"):
                held.drop("test")
                st.rerun()
        return understood(staged, "test", "What was found in it", "What its columns mean")


if __name__ == "__main__":
    page()
