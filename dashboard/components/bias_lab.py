"""The mitigation lab: make a new version with less of a bias, and see what it was before, is now, and still holds."""

from __future__ import annotations

import streamlit as st

from dashboard.components import bias_lab_form, bias_lab_result, bias_run, navigation, problems, url
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import models
from registry.records import ModelVersion


def show(version: ModelVersion) -> None:
    """Draw the form, the run, what it made, and what was made before."""
    st.caption(
        "Each method makes a new version; this one stays as it is. Measured before and after, also by what the method "
        "was not tuned on."
    )
    with problems.told():
        bias_lab_form.show(version)
    bias_run.watched(version)
    _results(version)


def _results(version: ModelVersion) -> None:
    """What was made of this version, that of the run in the address open; and how this version itself was made."""
    run = bias_run.asked_run()
    with registry().read() as session:
        made = [one for one in models.children(session, version.id) if "mitigation" in one.facts][::-1]
    for one in made:
        opened = run is not None and one.run == run.id
        _folded(one, f"{one.spec} · {one.facts['mitigation']['title']}", opened)
    if "mitigation" in version.facts:
        said = version.facts["mitigation"]
        _folded(version, f"How {version.spec} was made: {said['title']} of {said['parent']}", not made)


def _folded(made: ModelVersion, title: str, opened: bool) -> None:
    fold = st.expander(escape(title), opened, key=f"lab-{made.id}", on_change="rerun")
    if fold.open:
        with fold, problems.told():
            bias_lab_result.show(made.facts["mitigation"], f"lab-{made.id}")
            if st.button(f"Go on with {made.spec}", key=f"lab-go-{made.id}", icon=":material/arrow_forward:"):
                navigation.go(navigation.BIAS, {**url.model(made.name, made.version), "view": "lab"})
