"""Start page: what this is, the three steps with where you stand, and the runs of late."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.components import navigation, services, url
from dashboard.components.plain import escape
from dashboard.components.quantities import ago, count
from registry import datasets, models, runs
from registry.records import DatasetVersion, RegisteredModel, Run

RECENT = 6
ICONS = {
    "queued": ":material/hourglass_empty:",
    "running": ":material/autorenew:",
    "finished": ":material/check_circle:",
    "failed": ":material/error:",
    "cancelled": ":material/cancel:",
}


@dataclass(frozen=True)
class Standing:
    """What the registry holds right now."""

    datasets: tuple[DatasetVersion, ...]
    models: tuple[RegisteredModel, ...]
    runs: tuple[Run, ...]

    @property
    def trained(self) -> list[RegisteredModel]:
        """The models that can classify."""
        return [model for model in self.models if any(version.kind == "fine_tuned" for version in model.versions)]


def page() -> None:
    """Draw the page."""
    now = standing()
    st.title("Amontillado", anchor=False)
    st.markdown("A workbench for BERT: teach it to sort your texts, see how well it does, and find every result again.")
    steps(now)
    first_visit(now)
    recent(now.runs)


def standing() -> Standing:
    """Read the counts and the newest runs."""
    with services.registry().read() as session:
        return Standing(datasets.listing(session), models.listing(session), runs.listing(session, limit=RECENT))


def steps(now: Standing) -> None:
    """The three steps, each with what is there already and the way in."""
    data, trained = len(now.datasets), len(now.trained)
    ready = "ready" if trained else "needs a trained model"
    said = (
        (
            "1 · Bring data",
            count(data, "dataset"),
            data,
            "Upload a table with texts and labels.",
            navigation.UPLOAD,
            "Upload",
        ),
        ("2 · Train", count(trained, "trained model"), trained, "Choose data and a method.", navigation.TRAIN, "Train"),
        ("3 · Classify", ready, trained, "One text, or a whole file.", navigation.CLASSIFY, "Classify"),
    )
    for column, (title, state, there, words, target, label) in zip(st.columns(3), said, strict=True):
        with column.container(border=True, height="stretch", key=f"step-{label}"):
            st.subheader(title, anchor=False)
            st.caption(words)
            st.badge(state, color="orange" if there else "gray")
            navigation.link(target, label, icon=":material/arrow_forward:")


def first_visit(now: Standing) -> None:
    """One click from training, until there is a trained model."""
    samples = [version for version in now.datasets if version.created_by == "amontillado" and not version.is_raw_text]
    if now.trained or not samples:
        return
    first = samples[-1]
    with st.container(border=True, key="first-visit"):
        st.subheader("See it work first", anchor=False)
        st.markdown(
            f"**{escape(first.name)}** comes with the product: {count(sum(first.rows.values()), 'row')}, "
            f"{count(len(first.labels), 'label')}. Training on it takes a minute or two."
        )
        navigation.button(
            navigation.TRAIN,
            "Train on the sample",
            icon=":material/model_training:",
            params=url.dataset(first.name, first.version),
            key="first-train",
        )


def recent(newest: tuple[Run, ...]) -> None:
    """The newest runs with their state, or what will stand here."""
    st.subheader("Recent runs", anchor=False)
    if not newest:
        st.caption("None yet. Training and classifying files happen as runs; they go on when you close this page.")
    for run in newest:
        with st.container(horizontal=True, vertical_alignment="center", key=f"recent-{run.id}"):
            navigation.link(navigation.RUNS, escape(run.title), icon=ICONS[run.status], params=url.run(run.id))
            st.caption(f"{run.status} · {ago(run.finished_at or run.started_at or run.created_at)}", width="content")


if __name__ == "__main__":
    page()
