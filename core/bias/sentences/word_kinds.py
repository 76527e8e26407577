"""What kind of word stands in a list, so that sentences around it are grammatical English.

A short dictionary of our own holds what no rule can tell; the rest goes by capitals and endings, and a measure's
setting overrides all of it. Other languages need templates of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

KINDS = (
    "name", "proper", "noun", "person", "mass", "plural", "people", "adjective", "verb", "adverb", "subject", "object",
    "possessive",
)  # fmt: skip

_KNOWN: Mapping[str, str] = {
    "mass": """
        algebra art arts astronomy awe biology business calculus cheer chemistry cognition computation courage
        education engineering faith feminism freedom geometry grief happiness hatred health heaven honesty
        influenza joy justice kindness laughter literature love management math mathematics medicine money music
        nursing peace philosophy physics pleasure poetry poverty power science teargas trust truth violence war
        wealth wisdom work filth agony cancer dynamite mace vomit""",
    "adjective": """
        agreeable aggressive angry awful bad beautiful best better bold brave brief calm caring chronic clever
        cold competent constant dirty evil excellent fair firm fleeting friendly gentle glad good great happy
        hard honest horrible impermanent kind lazy likable long loud lovely loyal lucky mean nasty new nice
        occasional old perfect permanent persistent pleasant poor pretty professional prolonged rich rotten rude
        sad short-term sick smart stable strong stupid sweet temporary terrible ugly unpleasant unstable
        variable warm weak wicked wise wonderful worse worst wrong young depressed pure safe clean""",
    "verb": "caress kill pollute stink assault abuse harm hate hurt help",
    "adverb": "always forever never often rarely seldom sometimes",
    "subject": "he she we they i",
    "object": "him her them us me",
    "possessive": "his hers theirs ours mine",
    "person": """
        actor actress aunt baby boss boy brother child cousin dad daughter doctor driver engineer executive
        father female friend gentleman girl grandfather grandmother husband king lady lawyer male man mechanic
        mom mother nephew niece nurse queen scientist secretary sister son student teacher uncle wife woman
        worker writer""",
    "people": """
        boys brothers children cousins daughters doctors fathers friends girls ladies males females men mothers
        nurses parents people relatives sisters sons students teachers uncles women workers""",
    "noun": "address bias bus class crisis genius glass iris kiss loss mass business lens virus caress assault abuse",
}  # fmt: skip
_NOUNS_AS_WELL = ("caress", "assault", "abuse")  # the lists use them as nouns, beside "accident" and "gift"
_PLURALS_ON_S = ("ss", "us", "is")
_ADJECTIVES = ("ful", "less", "ous", "ive", "able", "ible", "ical", "ish")
_MASS = ("ness", "ism", "hood")


def kind_of(word: str, said: str = "") -> str:
    """The kind of an English word; `said` is the name of its list ("Male names")."""
    if "name" in said.lower().split() or "names" in said.lower().split():
        return "name"
    known = _dictionary().get(word.lower())
    if known is not None and not (word[:1].isupper() and known not in ("subject", "object", "possessive")):
        return known
    if word[:1].isupper():
        return "proper" if word.isupper() and len(word) > 1 else "name"
    return _by_ending(word.lower())


def _by_ending(word: str) -> str:
    if word.endswith(_ADJECTIVES):
        return "adjective"
    if word.endswith(_MASS):
        return "mass"
    return "plural" if word.endswith("s") and not word.endswith(_PLURALS_ON_S) and len(word) > 3 else "noun"


@cache
def _dictionary() -> dict[str, str]:
    found = {word: kind for kind, words in _KNOWN.items() for word in words.split()}
    return {**found, **dict.fromkeys(_NOUNS_AS_WELL, "noun")}
