"""Names that columns have in the wild, by part, most telling first; and words that say what a column is not."""

from __future__ import annotations

import re
from collections.abc import Sequence

# fmt: off
TEXT = (
    "text", "sentence", "review", "tweet", "message", "comment", "utterance", "body", "content", "sms", "post",
    "question", "query", "document", "doc", "headline", "description", "review_text", "review_body", "tweet_text",
    "comment_text", "message_text", "full_text", "text_a", "sentence1", "sentence_1", "premise", "question1",
    "input", "inputs", "texts", "sentences", "reviews", "v2", "title", "abstract", "summary", "email", "ticket",
    "feedback", "request",
)
PAIR = (
    "text_pair", "text_b", "sentence2", "sentence_2", "hypothesis", "question2", "text2", "pair", "context",
    "answer", "response", "passage",
)
FIRST_OF_PAIR = (
    "text_a", "sentence1", "sentence_1", "premise", "question1", "text1", "text", "question", "query", "sentence",
)
LABEL = (
    "label", "target", "labels", "category", "class", "sentiment", "topic", "intent", "airline_sentiment",
    "emotion", "emotions", "y", "v1", "classes", "categories", "targets", "tag", "tags", "polarity", "rating",
    "stars", "score", "coarse_label", "label_text", "label_coarse", "gold", "gold_label", "annotation",
)
ID = (
    "id", "idx", "index", "uid", "uuid", "guid", "row_id", "rowid", "sample_id", "text_id", "tweet_id",
    "comment_id", "review_id", "doc_id", "ticket_id", "unnamed_0",
)
SPLIT = (
    "split", "set", "subset", "partition", "fold", "data_split", "dataset_split", "usage",
)
GROUP = (
    "group", "subgroup", "demographic", "slice",
)
WEIGHT = (
    "weight", "sample_weight", "weights",
)
_NOT_LABEL = (
    "id", "confidence", "gold", "date", "time", "timestamp", "created", "count", "url", "coord", "name", "user",
    "timezone",
)
_NOT_TEXT = (
    "id", "url", "date", "time", "timestamp", "created", "location", "timezone", "user", "name", "username", "path",
    "file",
)
# fmt: on


def plain(name: str) -> str:
    """A column name without case and signs: "Airline Sentiment" -> "airline_sentiment"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^0-9a-z\u0080-\U0010ffff]+", "_", spaced.casefold()).strip("_")


def rank(name: str, known: Sequence[str]) -> int | None:
    """Place of a name among the known ones, 0 the most telling; None where it is none of them."""
    return known.index(plain(name)) if plain(name) in known else None


def contains(name: str, known: Sequence[str]) -> bool:
    """Whether one of the known names is a word of this one: "airline_sentiment" holds "sentiment"."""
    return not set(plain(name).split("_")).isdisjoint(known)


def is_no_label(name: str) -> bool:
    """Whether a word of the name says that this is no label: "sentiment_confidence"."""
    return contains(name, _NOT_LABEL)


def is_no_text(name: str) -> bool:
    """Whether a word of the name says that this is no text to classify: "user_location"."""
    return contains(name, _NOT_TEXT)
