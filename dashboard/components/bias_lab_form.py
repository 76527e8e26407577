"""The form of the mitigation lab: method, words, rows, settings, what is measured, name, Start."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import (
    bias_lab_words,
    choose_dataset,
    method_form,
    problems,
    train_form,
    url,
)  # fmt: skip
from dashboard.components.plain import escape
from dashboard.components.services import registry, who
from registry.records import DatasetVersion, ModelVersion

if TYPE_CHECKING:
    from core.bias.inputs import Inputs
    from core.bias.mitigation import Mitigation
    from core.jobs.auditing import Asked

KEY = "bias-lab"


def show(version: ModelVersion) -> None:
    """Draw the form; Start queues the run and puts its id into the address."""
    from core.jobs.mitigating import Wanted

    method = _method(version)
    if method is None:
        return
    words = bias_lab_words.choose(f"{KEY}-words", method) if method.takes_words else bias_lab_words.none(method)
    data = _dataset(version, method)
    values = method_form.parameters(method.config, f"{KEY}-{method.name}")
    inputs = words.inputs
    measures = _measures(version, inputs, data) if inputs else []
    name = st.text_input(
        "Name of the new model", f"{_plain(version.name)}-{_plain(method.name)}", key=f"{KEY}-name-{method.name}",
        help="A name that exists already gets a new version.",
    )  # fmt: skip
    st.caption(train_form.becomes(name.strip()))
    why = words.why or ("" if measures else "Choose what is measured before and after.")
    if method.needs_rows and data is None:
        why = why or "Choose a dataset."
    if st.button("Start", type="primary", icon=":material/play_arrow:", key=f"{KEY}-go", disabled=bool(why)):
        assert inputs is not None  # noqa: S101 - the button is disabled without
        wanted = Wanted(method.name, name.strip(), inputs, values, data.id if data else None, measures)
        with problems.told():
            _start(version, wanted)
    if why:
        st.caption(escape(why))


def _start(version: ModelVersion, wanted: object) -> None:
    from core.jobs import mitigating

    run = mitigating.submit(registry(), model=version.id, wanted=wanted, who=who())  # type: ignore[arg-type]
    url.put(run=run.id)
    st.rerun()


def _method(version: ModelVersion) -> Mitigation | None:
    """The method that is chosen among those that fit; the others stand below, each with the reason."""
    from core.bias.mitigations import MITIGATIONS
    from core.jobs.mitigating import refused

    why = {name: refused(one, version) for name, one in MITIGATIONS.items()}
    fits = [name for name in MITIGATIONS if not why[name]]
    chosen = None
    if fits:
        name = st.selectbox("Method", fits, format_func=lambda one: MITIGATIONS[one].title, key=f"{KEY}-method")
        chosen = MITIGATIONS[name]
        st.markdown(f"{escape(chosen.summary)} *{escape(chosen.source)}.*")
        st.markdown(f"**It says:** {escape(chosen.says)}")
        for one in chosen.criticisms:
            st.markdown(f"**It does not say:** {escape(one.sentence)} ({escape(one.source)})")
    else:
        st.info(f"No method works on {escape(version.spec)}.", icon=":material/info:")
    others = [name for name in MITIGATIONS if why[name]]
    if others:
        with st.expander("Methods that do not fit this model", key=f"{KEY}-others"):
            for name in others:
                st.markdown(f"- **{escape(MITIGATIONS[name].title)}**: {escape(why[name])}")
    return chosen


def _dataset(version: ModelVersion, method: Mitigation) -> DatasetVersion | None:
    """The rows of a classifier; its own dataset stands chosen."""
    if version.kind != "fine_tuned":
        return None
    found = [
        one for one in choose_dataset.every_version()
        if not one.is_raw_text and one.problem_type == version.problem_type and set(one.labels) <= set(version.labels)
    ]  # fmt: skip
    if not found:
        text = "No dataset has this classifier's labels; without rows nothing is calibrated or scored."
        st.caption(text)
        return None
    return st.selectbox(
        "Dataset", found, index=choose_dataset.place(found, version.dataset_version),
        format_func=choose_dataset.label, key=f"{KEY}-dataset",
        help="Its train rows may be learned from, its validation rows calibrate, its test rows only score.",
    )  # fmt: skip


def _measures(version: ModelVersion, inputs: Inputs, data: DatasetVersion | None) -> list[Asked]:
    """What is measured before and after, the usual ones chosen."""
    from core.jobs import mitigation_battery as battery

    dataset = data.id if data else None
    offered = battery.offered(version, inputs, dataset)
    usual = [battery.label(one) for one in battery.measures(version, inputs, dataset)]
    names = st.multiselect(
        "Measured before and after", list(offered), usual, key=f"{KEY}-measures-{version.id}",
        help="Also by what the method was not tuned on: a test counts as tuned on where it holds words of the lists.",
    )  # fmt: skip
    return [offered[name] for name in names if name in offered]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
