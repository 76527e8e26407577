"""A passport as a section of a model card, and a card with that section in it. Everything from outside is escaped."""

from __future__ import annotations

import re

from core.bias import told
from core.bias.passport.document import FAMILIES, STATEMENT, Line, Missing, Passport

BEGIN, END = "<!-- bias passport: begin -->", "<!-- bias passport: end -->"
_SECTION = re.compile(rf"\n*{re.escape(BEGIN)}.*?{re.escape(END)}\n*", re.DOTALL)
_HEADERS = ("Measured with", "Figure", "Value [interval]", "Neutral", "p", "n", "Reads as")


def section(passport: Passport) -> str:
    """The section, between two comments by which a later one finds and replaces it."""
    parts = [BEGIN, f"## Bias of {_plain(passport.model)}", STATEMENT, _plain(passport.made, 600)]
    for family, lines in passport.by_family().items():
        parts.append(f"### {FAMILIES.get(family, 'Others')}")
        for title in dict.fromkeys(line.title for line in lines):
            parts += _measure([line for line in lines if line.title == title])
    return "\n\n".join(part for part in (*parts, _missing(passport.missing), END) if part)


def with_section(card: str, passport: Passport) -> str:
    """`card` with the section at its end, in place of an earlier one; as it is where nothing was measured."""
    if not passport.lines:
        return card
    rest = _SECTION.sub("\n", card).rstrip("\n")
    return f"{rest}\n\n{section(passport)}\n" if rest else f"{section(passport)}\n"


def _measure(lines: list[Line]) -> list[str]:
    """One measure: its table, its reading, its differences and what was left out."""
    first = lines[0]
    table = [_row(_HEADERS), _row(["---"] * len(_HEADERS)), *(_row(_cells(line)) for line in lines)]
    source = f" Source: {_plain(first.source)}." if first.source else ""
    reading = [f"- It says: {_plain(first.says, 600)}{source}"]
    reading += [f"- It does not say: {_plain(one.sentence, 600)} ({_plain(one.source)})" for one in first.criticisms]
    made = [f"- {_plain(line.inputs)}: {_plain(note, 900)}" for line in lines for note in _notes(line)]
    return [f"#### {_plain(first.title)}", "\n".join(table), "\n".join([*reading, *made])]


def _cells(line: Line) -> list[str]:
    head, chance = line.headline, line.headline.chance
    p = "" if chance is None else told.p_value(chance.p)
    if chance is not None and chance.adjusted is not None:
        p += f" ({told.p_value(chance.adjusted)} after Holm over {chance.battery})"
    neutral = "" if head.neutral is None else f"{head.neutral:g}"
    said = (line.inputs, head.title, told.figure(head), neutral, p, told.measured_on(head), line.direction)
    return [_plain(cell) for cell in said]


def _notes(line: Line) -> list[str]:
    """Differences, kind of interval, sample, losses, settings, when and by whom."""
    head = line.headline
    lost = [f"{len(words)} lost ({name}): {', '.join(words)}." for name, words in line.lost.items()]
    if line.offends:
        lost = [f"{len(words)} lost ({name})." for name, words in line.lost.items()]
    settings = ", ".join(f"{name} {value}" for name, value in line.settings.items())
    made = f"Measured {line.measured_at[:10]} by {line.measured_by}"
    return [
        *(one.said for one in line.changes),
        *([f"The interval is {head.interval}."] if head.interval and head.low is not None else []),
        *([f"The words are taken as: {line.sample}."] if line.sample and line.family == "words" else []),
        *([line.sample] if line.sample and line.family != "words" else []),
        *line.warnings,
        *lost,
        f"{made}; settings: {settings}." if settings else f"{made}.",
    ]


def _missing(missing: tuple[Missing, ...]) -> str:
    """What nobody has measured, and what cannot be measured on this kind of model."""
    open_, closed = [one for one in missing if not one.why], [one for one in missing if one.why]
    lines = [f"Not measured: {', '.join(_plain(one.title) for one in open_)}."] if open_ else []
    if closed:
        names = ", ".join(_plain(one.title) for one in closed)
        lines.append(f"Cannot be measured on this kind of model: {names}.")
    return "\n\n".join(["### Not measured", *lines]) if lines else ""


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str, most: int = 300) -> str:
    from core.training.card import escaped

    return escaped(text, most)
