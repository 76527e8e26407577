"""Two groups exchanged in one text: every mention at once, capitals kept, pronouns by their role, articles mended.

All mentions are looked up in the original and replaced in one pass, so "He said she was late, but he came." becomes
"She said he was late, but she came."; swapping one word after another would end with one gender.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from core.bias.counterfactual import article, possessive
from core.bias.counterfactual.mentions import Mention, Terms
from core.bias.counterfactual.possessive import DETERMINER, OBJECT, POSSESSIVE
from core.bias.counterfactual.spelling import cased, starts_sentence
from core.bias.counterfactual.titles import titles

SUBJECT, REFLEXIVE = "subject", "reflexive"
MASCULINE = {SUBJECT: "he", OBJECT: "him", DETERMINER: "his", POSSESSIVE: "his", REFLEXIVE: "himself"}
FEMININE = {SUBJECT: "she", OBJECT: "her", DETERMINER: "her", POSSESSIVE: "hers", REFLEXIVE: "herself"}
UNSURE = 3  # ambiguous pronouns of which all combinations are made; with more, each reading is used throughout

Replace = Callable[[Mention], str | None]


@dataclass(frozen=True)
class Version:
    """A text after a swap, and what was changed: pairs (old, new) in order."""

    text: str
    changes: tuple[tuple[str, str], ...]


def mentions(terms: Terms, text: str, keep_titles: bool = True) -> list[Mention]:
    """Mentions in a text, without those in quoted names where these are kept."""
    closed = titles(text) if keep_titles else []
    return [one for one in terms.find(text) if not any(start <= one.start < end for start, end in closed)]


def versions(text: str, found: Sequence[Mention], groups: tuple[set[str], set[str]], replace: Replace) -> list[Version]:
    """The text with every mention replaced; several versions where a pronoun can be read in two ways.

    `groups` are the lower-case words of the two groups, by which pronouns are known; `replace` gives the list's own
    replacement of a mention, None where it has none: then there is no version.
    """
    choices = []
    for one in found:
        readings = pronoun(text, one, groups)
        words = readings or (replace(one),)
        if None in words:
            return []
        choices.append(tuple(dict.fromkeys(word for word in words if word is not None)))
    return [_written(text, found, picked) for picked in _combinations(choices)]


def pronoun(text: str, one: Mention, groups: tuple[set[str], set[str]]) -> tuple[str, ...]:
    """The other gender's pronouns that a mention may become; nothing where it is none, or the groups are no genders."""
    if not _genders(groups):
        return ()
    word = one.listed.lower()
    for here, there in ((MASCULINE, FEMININE), (FEMININE, MASCULINE)):
        known = [role for role, form in here.items() if form == word]
        if known:
            chosen = possessive.roles(text, one.start, one.end) if len(known) > 1 else tuple(known)
            return tuple(there[role] for role in chosen)
    return ()


def _genders(groups: tuple[set[str], set[str]]) -> bool:
    first, second = groups
    return ("he" in first and "she" in second) or ("she" in first and "he" in second)


def _combinations(choices: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    if sum(len(one) > 1 for one in choices) <= UNSURE:
        return list(product(*choices))
    return [tuple(one[0] for one in choices), tuple(one[-1] for one in choices)]


def _written(text: str, found: Sequence[Mention], words: Sequence[str]) -> Version:
    out, end, changes = "", 0, []
    for one, word in zip(found, words, strict=True):
        new = cased(one.text, one.listed, word, starts_sentence(text, one.start))
        out += article.mended(text[end : one.start], one.text, new) + new
        changes.append((one.text, new))
        end = one.end
    return Version(out + text[end:], tuple(changes))
