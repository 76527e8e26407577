"""What was predicted a moment ago: repeated texts of a long file are not computed again, in bounded memory."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from core.inference.classifier import Classifier, Precision, Predictions

ROWS = 20_000


class RecentPredictions:
    """A classifier that remembers the last `rows` distinct texts by their hash, least recently used out first."""

    def __init__(self, classifier: Classifier, precision: Precision, rows: int = ROWS) -> None:
        self.classifier, self.precision, self.rows = classifier, precision, rows
        self._known: OrderedDict[bytes, tuple[np.ndarray, int, bool]] = OrderedDict()

    def predict(self, texts: Sequence[str], pairs: Sequence[str] | None) -> Predictions:
        """As `Classifier.predict`: each distinct text once, and not at all when it was seen recently."""
        keys = [_key(text, None if pairs is None else pairs[row]) for row, text in enumerate(texts)]
        found = {key: self._known[key] for key in keys if key in self._known}
        rows = list({key: row for row, key in enumerate(keys) if key not in found}.values())
        if rows:
            chosen = [texts[row] for row in rows]
            new = self.classifier.predict(
                chosen, None if pairs is None else [pairs[row] for row in rows], precision=self.precision
            )
            entries = zip(new.probabilities, new.tokens.tolist(), new.truncated.tolist(), strict=True)
            found.update(zip((keys[row] for row in rows), entries, strict=True))
        self._remember(found)
        probabilities = np.array([found[key][0] for key in keys], np.float32).reshape(-1, len(self.classifier.labels))
        tokens = np.array([found[key][1] for key in keys], np.int32)
        return self.classifier.predictions(probabilities, tokens, np.array([found[key][2] for key in keys], bool))

    def _remember(self, found: dict[bytes, tuple[np.ndarray, int, bool]]) -> None:
        for key, (probabilities, tokens, truncated) in found.items():
            self._known[key] = (probabilities.copy(), tokens, truncated)
            self._known.move_to_end(key)
        while len(self._known) > self.rows:
            self._known.popitem(last=False)


def _key(text: str, pair: str | None) -> bytes:
    total = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16)
    if pair is not None:
        total.update(b"\0pair\0%d" % len(text) + pair.encode("utf-8", "surrogatepass"))
    return total.digest()
