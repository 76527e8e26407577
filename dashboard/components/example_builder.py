"""See what a pre-training reads: real examples of the chosen text, model and parameters, one at a time.

Only the first buffer of an epoch is read, and kept by settings, so that a look is quick on any corpus. No torch here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.components import example_view, problems
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry.records import DatasetVersion, ModelVersion

if TYPE_CHECKING:
    from core.pretraining.peek import Peek

READ_BY = ("objective", "max_length", "mlm_probability", "whole_words", "static_masks", "seed", "short_share")
NUMBER, EPOCH = "example-number", "example-epoch"


def expander(corpus: DatasetVersion, base: ModelVersion | None, parameters: Mapping[str, Any]) -> None:
    """An expander that reads nothing until it is opened."""
    with st.expander(
        "See what it reads", key="example-builder", icon=":material/visibility:", on_change="rerun"
    ) as box:
        if box.open:
            st.fragment(_examples)(corpus, base, dict(parameters))


def _examples(corpus: DatasetVersion, base: ModelVersion | None, parameters: dict[str, Any]) -> None:
    with problems.told():
        controls = st.container(horizontal=True, vertical_alignment="bottom", key="example-controls")
        epochs = int(parameters["num_train_epochs"])
        if st.session_state.get(EPOCH, 1) > epochs:
            st.session_state[EPOCH] = epochs
        with controls:
            epoch = st.number_input("Epoch", 1, epochs, key=EPOCH, width=140, help="Every epoch masks anew.")
        found = read(corpus, base, parameters, int(epoch or 1) - 1)
        with controls:
            number = choose(len(found))
        example_view.show(found.example(number), "example")
        st.caption(told(found, number))
        for note in found.notes:
            st.caption(f":material/info: {note}")


def choose(size: int) -> int:
    """Number of the example, from 0, with a step back and a step on."""
    here = st.session_state[NUMBER] = min(max(1, int(st.session_state.get(NUMBER) or 1)), size)
    number = st.number_input(f"Example of {size:,}", 1, size, key=NUMBER, width=160)
    back, on = here <= 1, here >= size
    st.button("Previous", key="example-back", icon=":material/arrow_back:", disabled=back, on_click=_step, args=(-1,))
    st.button("Next", key="example-next", icon=":material/arrow_forward:", disabled=on, on_click=_step, args=(1,))
    return int(number or 1) - 1


def _step(by: int) -> None:
    st.session_state[NUMBER] = int(st.session_state.get(NUMBER) or 1) + by


def told(found: Peek, number: int) -> str:
    """Where the example comes from and what makes it again."""
    config = found.stream
    more = f" of the first of {found.buffers:,} buffers" if found.buffers > 1 else ""
    document = int(found.buffer.documents[number]) + 1
    return (
        f"Example {number + 1:,} of {len(found):,}{more}, segment A from document {document:,}. "
        f"Seed {config.seed}, epoch {found.epoch + 1} make exactly this one again. {escape(config.objective.summary)}"
    )


def read(corpus: DatasetVersion, base: ModelVersion | None, parameters: Mapping[str, Any], epoch: int) -> Peek:
    """The first buffer of an epoch as these settings read it, kept for the next look."""
    scratch = () if base else ("vocabulary_size",)
    values = {name: parameters[name] for name in (*READ_BY, *scratch)}
    if base and parameters.get("domain_words"):
        values["domain_words"] = parameters["domain_words"]
    settings = json.dumps([corpus.id, base.id if base else None, values, epoch], sort_keys=True)
    return _kept(settings, corpus, base, values, epoch)


@st.cache_resource(max_entries=6, show_spinner="Reading the beginning of the text …")
def _kept(
    settings: str, _corpus: DatasetVersion, _base: ModelVersion | None, _values: Mapping[str, Any], _epoch: int
) -> Peek:
    from core.data.corpus.store import open_corpus
    from core.pretraining.config import PretrainConfig
    from core.pretraining.peek import peek

    store = registry().artifacts
    config: Any = PretrainConfig.from_json(_values)
    return peek(
        open_corpus(store.local(_corpus.artifact)), config, store.local(_base.artifact) if _base else None, _epoch
    )
