"""How long a measure on masked words will take, measured on some batches before the run is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import inspected, quantities
from dashboard.components.kept import kept
from dashboard.components.services import registry
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.bias.audited import Audited
    from core.bias.inputs import Inputs
    from core.bias.masked.cost import Foretold
    from core.bias.measure import Measure
    from core.training.contract import Config


def show(version: ModelVersion, measure: Measure, given: Sequence[Inputs], settings: Config) -> None:
    """The time in one line; UserProblem where the measure would refuse."""
    key = (version.id, measure.name, tuple(one.digest for one in given), repr(settings))

    def make() -> list[Foretold]:
        from core.bias.masked.cost import foretell

        with st.spinner("Measuring how long it will take …", show_time=True), inspected.TURN:
            return [foretell(_audited(version.id, version), measure.name, one, settings) for one in given]

    found = kept("bias-masked-time", key, make)
    seconds, queries = sum(one.seconds for one in found), sum(one.queries for one in found)
    st.caption(
        f":material/timer: About {quantities.duration(max(1, seconds))} for {queries:,} masked positions, as busy as "
        f"this machine is now; {found[0].basis}."
    )


@st.cache_resource(max_entries=1, show_spinner="Loading the masked-word head …")
def _audited(version_id: str, _version: ModelVersion) -> Audited:
    from core.jobs.kinds.bias import audited

    return audited(registry(), _version)
