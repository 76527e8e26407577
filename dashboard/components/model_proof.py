"""What a pre-training changed, measured: verdicts, a table, differences, senses by layer, words that moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.components import difference_chart, lineage, proof_table, proof_words, quantities
from dashboard.components.plain import escape
from registry.records import ModelVersion


def show(version: ModelVersion) -> None:
    """Draw the whole proof of a version that was pre-trained here."""
    proof = proof_words.of(version)
    values = proof.get("values") or {}
    lineage.show(version)
    figures(version)
    proof_words.warning(version)
    proof_words.sentences(version)
    if values:
        measures(version, values)
    if (values.get("homonyms") or {}).get("after"):
        senses(version, values)
    if values.get("moved_neighbours"):
        moved(version, values["moved_neighbours"], values)
    skipped(proof.get("skipped") or {})
    words(version)


def figures(version: ModelVersion) -> None:
    """Steps, tokens, best step and new parts."""
    facts = version.facts
    shown = [
        ("Steps", f"{facts.get('steps', 0):,}"),
        ("Word pieces read", f"{facts.get('tokens', 0):,}"),
        ("Kept from step", f"{int((facts.get('best') or {}).get('step', 0)):,}"),
        ("Domain words", f"{len(facts.get('domain_words') or ()):,}"),
    ]
    with st.container(horizontal=True, key=f"proof-figures-{version.id}"):
        for title, value in shown:
            st.metric(title, value, border=True, width=170)


def measures(version: ModelVersion, values: Mapping[str, Any]) -> None:
    """What before means, the table, the differences."""
    st.subheader("Before and after, on the holdout", anchor=False)
    st.caption(proof_words.before(version))
    table = proof_table.frame(values)
    st.dataframe(table, key=f"proof-{version.id}", hide_index=True, width="stretch", alt="Measures before and after")
    differences(version, values)


def differences(version: ModelVersion, values: Mapping[str, Any]) -> None:
    """A chart of differences for each unit, with how to read them."""
    charts = {unit: found for unit in proof_words.UNITS if len(found := proof_table.differences(values, unit))}
    if not charts:
        return
    for column, (unit, found) in zip(st.columns(len(charts), gap="large"), charts.items(), strict=True):
        title = f"difference in {unit}; right of zero is better"
        with column:
            st.altair_chart(
                difference_chart.chart(found, title),
                key=f"proof-{unit}-{version.id}",
                alt=difference_chart.described(found, title),
                width="stretch",
            )
    st.caption(
        "The dot is the difference, the line its 95 % interval over the sentences; signs are turned so that right is "
        "better. A line that crosses zero decides nothing. Sentences of one text resemble each other, so the true "
        "doubt is somewhat larger."
    )  # fmt: skip


def senses(version: ModelVersion, values: Mapping[str, Any]) -> None:
    """How well each layer tells two senses of a word apart."""
    after = values["homonyms"]["after"]
    st.subheader("Telling senses apart, layer by layer", anchor=False)
    context = (after.get("context") or {}).get("value")
    table = proof_table.layers(values)
    st.altair_chart(
        proof_table.layer_chart(table, context),
        key=f"proof-layers-{version.id}",
        alt="Share of senses told apart by layer",
        width="stretch",
    )
    names = ", ".join(after.get("by_word") or ())
    st.caption(
        f"{after.get('n', 0):,} English sentences, written for this, hold words of two senses ({escape(names)}): is "
        "the word's vector nearer to its own sense? Dashed: what the other words of the sentence tell without BERT. "
        "Chance is 0.5. The best of many layers is too good by luck; the table compares the last one."
    )  # fmt: skip


def moved(version: ModelVersion, found: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Words whose neighbours changed most."""
    st.subheader("Words whose neighbours moved most", anchor=False)
    value, steady = found["value"], found["steady"]
    st.caption(
        f"Of each word's {found['k']} nearest words, {quantities.share(value['value'])} are the same before and after, "
        f"over {found['n']:,} frequent words of the holdout. For scale: {quantities.share(steady['value'])} when the "
        f"parent is measured twice on other sentences, {quantities.share(found['chance'])} by chance."
    )
    st.dataframe(
        proof_table.moved(values), key=f"proof-moved-{version.id}", hide_index=True, width="stretch", height=360,
        alt="Words whose neighbours moved most",
    )  # fmt: skip


def skipped(found: Mapping[str, str]) -> None:
    """Measures that this text was too small for, and why."""
    if not found:
        return
    st.subheader("Not measured", anchor=False)
    for name, reason in found.items():
        title = proof_words.MEASURES[name][1] if name in proof_words.MEASURES else name.replace("_", " ").capitalize()
        st.markdown(f":gray[:material/do_not_disturb_on:] **{escape(title)}**: {escape(reason)}")


def words(version: ModelVersion) -> None:
    """The domain words that became pieces of their own."""
    found = tuple(version.facts.get("domain_words") or ())
    if not found:
        return
    with st.expander(f"Domain words ({len(found):,})", key=f"proof-words-{version.id}", icon=":material/spellcheck:"):
        st.caption("Frequent words of the text that the vocabulary used to split; each is one piece now.")
        st.text(", ".join(found))
