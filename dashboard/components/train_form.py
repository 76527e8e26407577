"""The form of a new training: dataset, method, base model, parameters, name; then the estimate and Start."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from core.training.contract import Method
from dashboard.components import (
    choose_dataset,
    choose_method,
    choose_model,
    earlier_run,
    estimate_card,
    method_form,
    problems,
    quantities,
    url,
)
from dashboard.components.plain import escape
from dashboard.components.services import registry, who
from registry import models
from registry.errors import NotFound, RegistryProblem
from registry.records import DatasetVersion, ModelVersion


def show() -> None:
    """Draw the form; Start submits the run and puts its id into the address."""
    left, right = st.columns([5, 3], gap="large")
    with left:
        like = earlier_run.earlier("fine_tune")
        key = f"train-{like.id[:8]}" if like else "train"
        config = like.config if like else {}
        dataset = choose_dataset.choose(f"{key}-dataset", config.get("dataset"))
        if dataset is None:
            return
        method = choose_method.choose(f"{key}-method", config.get("method"))
        base = choose_base(config.get("base")) if method.needs_base else None
        st.subheader("Parameters", anchor=False)
        given = config.get("parameters") if method.name == config.get("method") else None
        parameters = method_form.parameters(method.config, f"{key}-{method.name}", given)
    with right, st.container(border=True, key="before-start"):
        before_start(dataset, method, base, parameters, config.get("name"))


def choose_base(first: str | None = None) -> ModelVersion | None:
    """The pretrained model to start from."""
    found = choose_model.versions("pretrained")
    if not found:
        st.warning("The registry holds no pretrained model. Import one on the models page.")
        return None
    return choose_model.choose(
        "Base model",
        found,
        "train-base",
        first=first,
        help_text="The BERT to start from. A folder, an archive or a model of the Hugging Face Hub is imported on the "
        "models page.",
    )


def before_start(
    dataset: DatasetVersion,
    method: Method,
    base: ModelVersion | None,
    parameters: dict[str, Any],
    name: str | None = None,
) -> None:
    """What will be made, from what, how long it takes, and the button."""
    st.subheader("Before the start", anchor=False)
    st.caption(rows(dataset))
    name = st.text_input(
        "Model name",
        value=name or suggested(dataset, method),
        key=f"train-name-{dataset.name}-{method.name}",
        help="A name that exists already gets a new version.",
    )
    st.caption(becomes(name.strip()))
    estimate_card.show(method.name, dataset, base, parameters)
    pressed = st.button(
        "Start training",
        type="primary",
        key="train-start",
        icon=":material/play_arrow:",
        width="stretch",
        disabled=method.needs_base and base is None,
    )
    if pressed:
        with problems.told():
            start(dataset, method, base, name.strip(), parameters)


def start(
    dataset: DatasetVersion, method: Method, base: ModelVersion | None, name: str, parameters: dict[str, Any]
) -> None:
    """Submit the run and show it in place."""
    from core.jobs import submit

    run = submit.fine_tune(
        registry(),
        dataset=dataset.id,
        method=method.name,
        base=base.id if base else None,
        name=name,
        parameters=parameters,
        who=who(),
    )
    url.put(run=run.id, dataset=None, version=None, model=None, like=None)
    st.rerun()


def rows(dataset: DatasetVersion) -> str:
    """How the rows are used, in a sentence."""
    count = dataset.rows
    parts = [f"learns from {quantities.count(count.get('train', 0), 'row')}"]
    if count.get("validation"):
        parts.append(f"is tuned on {count['validation']:,}")
    if count.get("test"):
        parts.append(f"is scored on {count['test']:,} it never saw")
    return f"The model {', '.join(parts[:-1])}{' and ' if len(parts) > 1 else ''}{parts[-1]}."


def suggested(dataset: DatasetVersion, method: Method) -> str:
    """A model name from the dataset's and the method's."""
    return re.sub(r"[^a-z0-9]+", "-", f"{dataset.name}-{method.name}".lower()).strip("-")


def becomes(name: str) -> str:
    """Which version the run will make."""
    if not name:
        return "Give the model a name."
    try:
        with registry().read() as session:
            newest = max(version.version for version in models.model(session, name).versions)
    except NotFound:
        return f"Makes the new model {escape(name)}."
    except RegistryProblem as problem:
        return escape(str(problem))
    return f"Makes version {newest + 1} of {escape(name)}."
