"""Score a model version on other rows: another dataset version, or another split."""

from __future__ import annotations

import streamlit as st

from core.data.examples import SPLITS
from dashboard.components import choose_dataset, navigation, problems, url
from dashboard.components.services import registry, who
from registry.records import DatasetVersion, ModelVersion


def show(version: ModelVersion) -> None:
    """Draw the form, folded away; it leads to the run."""
    with st.expander("Score it on other rows", key=f"elsewhere-{version.id}", icon=":material/query_stats:"):
        st.caption("Any dataset with labels that the model knows. The scores are kept with the version.")
        dataset = choose_dataset.choose(f"elsewhere-dataset-{version.id}")
        if dataset is None:
            return
        splits = [split for split in SPLITS[::-1] if dataset.rows.get(split)]
        split = st.segmented_control(
            "Rows", splits, default=splits[0], required=True, key=f"elsewhere-split-{version.id}-{dataset.id}"
        )
        if st.button("Score", key=f"elsewhere-go-{version.id}", type="primary"):
            with problems.told():
                start(version, dataset, split or splits[0])


def start(version: ModelVersion, dataset: DatasetVersion, split: str) -> None:
    """Submit the scoring and show its run."""
    from core.jobs import submit

    run = submit.evaluate(registry(), model=version.id, dataset=dataset.id, split=split, who=who())
    navigation.go(navigation.RUNS, url.run(run.id))
