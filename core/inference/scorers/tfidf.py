"""TF-IDF features with a linear head: the honest baseline, kept as arrays and JSON, never as a pickle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from core.errors import UserProblem
from core.inference.scorer import Logits, PrecisionName

HEAD, SETTINGS = "head.safetensors", "vectorizers.json"
CHARACTERS = 200_000  # of each text are looked at
PATTERNS = (r"(?u)\b\w\w+\b", r"(?u)\b\w+\b", r"(?u)\b\w+\b|[^\w\s]")  # a foreign pattern could hang the search
PARAMETERS = (
    "analyzer", "ngram_range", "lowercase", "strip_accents", "token_pattern", "stop_words", "binary", "norm",
    "use_idf", "smooth_idf", "sublinear_tf",
)  # fmt: skip


class TfidfScorer:
    """`vectorizers` are fitted scikit-learn TfidfVectorizers whose features stand side by side (F in all).

    `weight` (C, F) and `bias` (C,); two classes have two rows as well.
    """

    kind: ClassVar[str] = "tfidf"

    def __init__(self, vectorizers: Any, weight: np.ndarray, bias: np.ndarray) -> None:
        self.vectorizers = list(vectorizers) if isinstance(vectorizers, (list, tuple)) else [vectorizers]
        self.weight = np.ascontiguousarray(weight, dtype=np.float32)
        self.bias = np.ascontiguousarray(bias, dtype=np.float32)

    def logits(
        self, texts: Sequence[str], pairs: Sequence[str] | None = None, *, precision: PrecisionName = "float32"
    ) -> Logits:
        """Logits of each text; `tokens` counts the known terms found. The precision is always float32."""
        joined = joined_texts(texts, pairs)
        if not joined:
            return Logits(np.zeros((0, len(self.bias)), np.float32), np.zeros(0, np.int32), np.zeros(0, bool))
        features = self.features([text[:CHARACTERS] for text in joined])
        values = np.asarray(features @ self.weight.T, dtype=np.float32) + self.bias
        truncated = np.fromiter((len(text) > CHARACTERS for text in joined), bool, len(joined))
        return Logits(values, features.getnnz(axis=1).astype(np.int32), truncated)

    def features(self, texts: Sequence[str]) -> Any:
        """Sparse features (n, F) float32 of joined texts."""
        from scipy.sparse import hstack

        return hstack([vectorizer.transform(texts) for vectorizer in self.vectorizers], format="csr", dtype=np.float32)

    def save(self, folder: Path, labels: Sequence[str], problem_type: str) -> None:
        """head.safetensors (weight, bias, one idf a vectorizer) and vectorizers.json (settings and terms)."""
        from safetensors.numpy import save_file

        idf = {f"idf.{place}": _idf(vectorizer) for place, vectorizer in enumerate(self.vectorizers)}
        save_file({"weight": self.weight, "bias": self.bias, **idf}, folder / HEAD)
        state = [_state(vectorizer) for vectorizer in self.vectorizers]
        (folder / SETTINGS).write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> TfidfScorer:
        """From a folder that `save` wrote."""
        from safetensors.numpy import load_file

        head = load_file(folder / HEAD)
        state = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        vectorizers = [_vectorizer(settings, head[f"idf.{place}"]) for place, settings in enumerate(state)]
        return cls(vectorizers, head["weight"], head["bias"])


def joined_texts(texts: Sequence[str], pairs: Sequence[str] | None) -> list[str]:
    """A text and its second text as one, as TF-IDF sees pairs."""
    return list(texts) if pairs is None else [f"{text} {pair}" for text, pair in zip(texts, pairs, strict=True)]


def _idf(vectorizer: Any) -> np.ndarray:
    return np.ascontiguousarray(vectorizer.idf_, dtype=np.float32)


def _state(vectorizer: Any) -> dict[str, Any]:
    terms = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get)
    parameters = {name: vectorizer.get_params()[name] for name in PARAMETERS}
    return {"parameters": parameters, "terms": terms}


def _vectorizer(settings: dict[str, Any], idf: np.ndarray) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    parameters = {name: settings["parameters"][name] for name in PARAMETERS}
    parameters["ngram_range"] = tuple(parameters["ngram_range"])
    if parameters["token_pattern"] not in PATTERNS:
        raise UserProblem("The model splits words by a pattern of its own.", "One of the known patterns is wanted.")
    vectorizer = TfidfVectorizer(**parameters, vocabulary=settings["terms"], dtype=np.float32)
    vectorizer.idf_ = idf
    return vectorizer
