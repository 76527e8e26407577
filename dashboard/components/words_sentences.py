"""Typed sentences, one a line, and the words chosen in them by a click, by a search or by [[marks]]."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import quantities
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.inspection.occurrences import Placed
    from core.inspection.reading import Reading
    from core.inspection.subject import Subject
    from core.inspection.word_vectors import Occurrence

TEXT, WORD, CASE, READY = "words-text", "words-word", "words-case", "words-ready"
CLICKED = 30  # sentences whose words can be clicked; beyond them the search chooses
PILLS = 80  # words drawn as buttons; a longer sentence gets a list to search in
MOST = 200  # sentences


@dataclass(frozen=True)
class Chosen:
    """Occurrences, the sense of each ("" where none is known), and what to tell about the choice."""

    placed: tuple[Placed, ...] = ()
    senses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def choose(subject: Subject) -> Chosen:
    """Draw the text, the word and the words of every sentence; nothing chosen where there is no text."""
    from core.inspection.homonym_examples import EXAMPLES

    st.pills(
        "Ready examples, written for this product", list(EXAMPLES), key=READY, on_change=_take_example,
        help="A word of two or three senses, four sentences a sense.",
    )  # fmt: skip
    text = st.text_area(
        "Sentences, one a line", key=TEXT, height=170, persist_state="session",
        placeholder="She asked the bank for a loan.\nThe otter climbed the bank.",
        help="[[ ]] marks any characters: The [[river bank]] was steep.",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", key="words-search"):
        word = st.text_input("Word", key=WORD, persist_state="session", placeholder="bank", width=240)
        case = st.toggle("Match case", key=CASE, persist_state="session")
    sentences = [line for line in (text or "").splitlines() if line.strip()]
    if not sentences:
        st.info("Type a few sentences with the same word, or click a ready example.", icon=":material/edit:")
        return Chosen()
    return _chosen(subject, sentences[:MOST], len(sentences), (word or "").strip(), case)


def _take_example() -> None:
    from core.inspection.homonym_examples import EXAMPLES

    word = st.session_state[READY]
    if word in EXAMPLES:
        st.session_state[TEXT] = "\n".join(text for texts in EXAMPLES[word].values() for text in texts)
        st.session_state[WORD] = word


def _chosen(subject: Subject, sentences: Sequence[str], given: int, word: str, case: bool) -> Chosen:
    from core.inspection.occurrences import Placed, marked, of_word

    bare = [marked(sentence) for sentence in sentences]
    placed: list[Placed] = []
    notes = [f"Only the first {MOST} of {given:,} sentences are read."] if given > MOST else []
    if len(sentences) > CLICKED:
        notes.append(f"Words can be clicked in the first {CLICKED} sentences; in the others the word is searched.")
    with st.container(height=330 if len(sentences) > 5 else "content", key="words-clicks", border=True):
        for number, (text, marks) in enumerate(bare, start=1):
            found = of_word(text, word, match_case=case) if word else ()
            start = marks or found[:1]
            if number <= CLICKED:
                start = _clicked(subject.read(text), number, (*marks, *found), start, f"{word}-{case}")
            elif len(found) > 1:
                notes.append(f"Sentence {number} holds the word {len(found)} times; the first is taken.")
            placed += [Placed(number, one) for one in start]
    return Chosen(tuple(placed), tuple(map(_sense, placed)), tuple(notes))


def _clicked(
    reading: Reading, number: int, extra: Sequence[Occurrence], start: Sequence[Occurrence], asked: str
) -> tuple[Occurrence, ...]:
    """Words of a sentence to click on; `extra` are spans that may be no words of the tokenizer."""
    from core.inspection.occurrences import of_reading

    text = reading.texts[0]
    options = sorted({*of_reading(reading), *extra}, key=lambda one: (one.start, one.end))
    if not options:
        st.caption(f"Sentence {number} has no word that can be chosen: {escape(text, 80)}")
        return ()
    listed = len(options) > PILLS
    names = _names(options, None if listed else {one.word.lower() for one in (*extra, *start)})
    if reading.truncated:
        st.caption(f"The model sees the first {reading.seen[0]:,} of {len(text):,} characters of sentence {number}.")
    asked = f"{number}-{zlib.crc32(repr((text, asked, start)).encode('utf-8', 'replace'))}"
    places = [options.index(one) for one in start]
    picked = (_list if listed else _pills)(number, names, places, asked)
    return tuple(options[place] for place in sorted(picked))


def _pills(number: int, names: Sequence[str], places: list[int], key: str) -> list[int]:
    return st.pills(
        f"Sentence {number}", range(len(names)), selection_mode="multi", default=places, key=f"words-pick-{key}",
        format_func=lambda place: escape(names[place], 60),
    )  # fmt: skip


def _list(number: int, names: Sequence[str], places: list[int], key: str) -> list[int]:
    return st.multiselect(
        f"Sentence {number}, {quantities.count(len(names), 'word')}", range(len(names)), default=places,
        format_func=lambda place: f"{place + 1}. {names[place][:60]}", key=f"words-pick-{key}",
    )  # fmt: skip


def _names(options: Sequence[Occurrence], numbered: set[str] | None) -> list[str]:
    """The words; of `numbered` ones (all where None) those that stand there several times get their number."""
    words = [one.word.lower() for one in options]
    several = {word for word in words if words.count(word) > 1 and (numbered is None or word in numbered)}
    return [
        f"{one.word} ({words[: place + 1].count(words[place])})" if words[place] in several else one.word
        for place, one in enumerate(options)
    ]


def _sense(placed: Placed) -> str:
    """The sense of an occurrence in a ready example."""
    from core.inspection.homonym_examples import EXAMPLES

    senses = EXAMPLES.get(placed.occurrence.word.lower(), {})
    return next((sense for sense, texts in senses.items() if placed.occurrence.text in texts), "")
