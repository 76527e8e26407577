"""What can be changed about a model: name, description, notes, tags, aliases; and its deletion.

A version itself never changes. Each change opens its own dialog; a refusal is told there in a sentence, and what was
typed stays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.components import navigation, problems, url
from dashboard.components.plain import escape
from dashboard.components.services import registry, who
from registry import models
from registry.errors import RegistryProblem
from registry.records import ModelVersion, RegisteredModel

RENAME, DESCRIBE, NOTE, TAG = "Rename", "Describe", "Write a note", "Tag"
ALIAS, DELETE = "Move an alias", "Delete this version"


def menu(model: RegisteredModel, version: ModelVersion) -> None:
    """Draw the menu of changes; the chosen one opens its dialog."""
    dialogs: dict[str, Callable[[], None]] = {
        DESCRIBE: lambda: describe(model),
        NOTE: lambda: note(version),
        TAG: lambda: tags(version),
        ALIAS: lambda: alias(model, version),
        RENAME: lambda: rename(model),
        DELETE: lambda: delete(version),
    }
    chosen = st.menu_button("Change", list(dialogs), key=f"change-{version.id}", icon=":material/edit:")
    if chosen:
        dialogs[chosen]()


def done(action: Callable[[], Any]) -> bool:
    """Do `action`; tell a refusal in the dialog and return False."""
    try:
        action()
    except RegistryProblem as problem:
        problems.show(problem)
        return False
    return True


@st.dialog("Rename the model", icon=":material/edit:")
def rename(model: RegisteredModel) -> None:
    """Give all versions another name; links with the old name stop working."""
    name = st.text_input("New name", value=model.name, key=f"rename-{model.name}")
    st.caption("All its versions go along. Addresses with the old name no longer lead here.")
    pressed = st.button(
        "Rename", type="primary", key=f"rename-go-{model.name}", disabled=name.strip() in ("", model.name)
    )
    if pressed and done(lambda: write(models.rename, model.name, name.strip())):
        navigation.go(navigation.MODELS, url.model(name.strip()))


@st.dialog("Describe the model", icon=":material/notes:")
def describe(model: RegisteredModel) -> None:
    """What the model is for, in the team's own words."""
    text = st.text_area("Description", value=model.description, key=f"describe-{model.name}", height=160)
    pressed = st.button("Save", type="primary", key=f"describe-go-{model.name}")
    if pressed and done(lambda: write(models.describe, model.name, text)):
        st.rerun()


@st.dialog("Note on this version", icon=":material/notes:")
def note(version: ModelVersion) -> None:
    """What a reader of this version should know."""
    text = st.text_area("Note", value=version.notes, key=f"note-{version.id}", height=160)
    if st.button("Save", type="primary", key=f"note-go-{version.id}") and done(
        lambda: write(models.note, version.spec, text)
    ):
        st.rerun()


@st.dialog("Tags of this version", icon=":material/sell:")
def tags(version: ModelVersion) -> None:
    """Add and remove tags of one version."""
    kept = st.multiselect(
        "Tags",
        list(version.tags),
        default=list(version.tags),
        accept_new_options=True,
        key=f"tags-{version.id}",
        help="Type a new tag and press Enter.",
    )
    pressed = st.button("Save", type="primary", key=f"tags-go-{version.id}")
    if pressed and done(lambda: _retag(version, set(kept))):
        st.rerun()


def _retag(version: ModelVersion, kept: set[str]) -> None:
    for tag in sorted(kept - set(version.tags)):
        write(models.tag, version.spec, tag)
    for tag in sorted(set(version.tags) - kept):
        write(models.untag, version.spec, tag)


@st.dialog("Point an alias at a version", icon=":material/bookmark:")
def alias(model: RegisteredModel, version: ModelVersion) -> None:
    """Move an alias; who, when and why are kept. Refused when somebody else moved it meanwhile."""
    current = {name: item.version for item in model.versions for name in item.aliases if name != "latest"}
    known = list(dict.fromkeys([*current, "champion", "challenger"]))
    name = st.selectbox("Alias", known, accept_new_options=True, key=f"alias-{version.id}")
    numbers = [item.version for item in model.versions]
    to = st.selectbox("Version", numbers, index=numbers.index(version.version), key=f"alias-to-{version.id}")
    why = st.text_input("Why", key=f"alias-why-{version.id}", placeholder="better on rare classes")
    if name in current:
        st.caption(f"@{escape(name)} points at version {current[name]} now.")
    with st.container(horizontal=True, key=f"alias-actions-{version.id}"):
        move = st.button(
            "Move", type="primary", key=f"alias-go-{version.id}", disabled=not name or current.get(name) == to
        )
        drop = name in current and st.button("Take the alias away", type="tertiary", key=f"alias-drop-{version.id}")
    if move and done(lambda: write(models.set_alias, model.name, name, to, why=why, expected=current.get(name, 0))):
        st.rerun()
    if drop and done(lambda: write(models.drop_alias, model.name, name, why=why)):
        st.rerun()


@st.dialog("Delete this version?", icon=":material/delete:")
def delete(version: ModelVersion) -> None:
    """Delete rows, scores and files; asks for the name, because nothing brings them back."""
    st.write("Its scores and its files go for good. Versions that have an alias or children cannot be deleted.")
    st.code(version.spec, language=None)
    typed = st.text_input("Type the name above to confirm", key=f"delete-{version.id}")
    pressed = st.button(
        "Delete for good", type="primary", key=f"delete-go-{version.id}", disabled=typed != version.spec
    )
    if pressed and done(lambda: _delete(version)):
        navigation.go(navigation.MODELS)


def _delete(version: ModelVersion) -> None:
    from core.jobs import models as model_jobs

    model_jobs.delete(registry(), version.id, who())


def write(change: Callable[..., Any], *values: Any, **named: Any) -> None:
    """One writing transaction with one change, in the visitor's name."""
    with registry().begin() as session:
        change(session, *values, who=who(), **named)
