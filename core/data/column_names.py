"""Names that columns have in the wild, by part, most telling first; and words that say what a column is not."""

from __future__ import annotations

import re

TEXT = (
    "text sentence review tweet message comment utterance body content sms post question query document doc headline "
    "description review_text review_body tweet_text comment_text message_text full_text text_a sentence1 sentence_1 premise "
    "question1 input inputs texts sentences reviews v2 title abstract summary email ticket feedback request"
).split()
PAIR = "text_pair text_b sentence2 sentence_2 hypothesis question2 text2 pair context answer response passage".split()
FIRST_OF_PAIR = {
    "text_a",
    "sentence1",
    "sentence_1",
    "premise",
    "question1",
    "text1",
    "text",
    "question",
    "query",
    "sentence",
}
LABEL = (
    "label target labels category class sentiment topic intent airline_sentiment emotion emotions y v1 classes categories "
    "targets tag tags polarity rating stars score coarse_label label_text label_coarse gold gold_label annotation"
).split()
ID = "id idx index uid uuid guid row_id rowid sample_id text_id tweet_id comment_id review_id doc_id ticket_id unnamed_0".split()
SPLIT = "split set subset partition fold data_split dataset_split usage".split()
GROUP = "group subgroup demographic slice".split()
WEIGHT = "weight sample_weight weights".split()

_NOT_LABEL = {
    "id",
    "confidence",
    "gold",
    "date",
    "time",
    "timestamp",
    "created",
    "count",
    "url",
    "coord",
    "name",
    "user",
    "timezone",
}
_NOT_TEXT = {
    "id",
    "url",
    "date",
    "time",
    "timestamp",
    "created",
    "location",
    "timezone",
    "user",
    "name",
    "username",
    "path",
    "file",
}


def plain(name: str) -> str:
    """A column name without case and signs: "Airline Sentiment" -> "airline_sentiment"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^0-9a-z\u0080-\U0010ffff]+", "_", spaced.casefold()).strip("_")


def rank(name: str, known: list[str]) -> int | None:
    """Place of a name among the known ones, 0 the most telling; None where it is none of them."""
    return known.index(plain(name)) if plain(name) in known else None


def contains(name: str, known: list[str]) -> bool:
    """Whether one of the known names is a word of this one: "airline_sentiment" holds "sentiment"."""
    return not set(plain(name).split("_")).isdisjoint(known)


def is_no_label(name: str) -> bool:
    return not _NOT_LABEL.isdisjoint(plain(name).split("_"))


def is_no_text(name: str) -> bool:
    return not _NOT_TEXT.isdisjoint(plain(name).split("_"))
