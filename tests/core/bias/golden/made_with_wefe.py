"""How wefe.json was made: WEFE 1.0.1 (with gensim 4.4.0) on word vectors of our own, run once outside of the tests.

    python made_with_wefe.py wefe.json

Where WEFE is not followed (RIPA with a missing word, RND's sign with cosines, RNSB without a seed), the tests say so.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

TARGETS = {"First": [f"x{n}" for n in range(6)], "Second": [f"y{n}" for n in range(6)]}
ATTRIBUTES = {"A": [f"a{n}" for n in range(9)], "B": [f"b{n}" for n in range(9)]}
WIDE = 10


def rows() -> dict[str, list[float]]:
    """Vectors with four decimals, groups apart by a coordinate each."""
    rng, found = np.random.default_rng(11), {}
    for number, one in enumerate((*TARGETS.values(), *ATTRIBUTES.values())):
        for word in one:
            vector = rng.normal(size=WIDE)
            vector[number] += 1.5
            found[word] = [round(float(value), 4) for value in vector]
    return found


def golden(vectors: dict[str, list[float]]) -> dict[str, object]:
    """What WEFE finds."""
    from gensim.models import KeyedVectors
    from wefe.metrics import ECT, MAC, RIPA, RND, RNSB
    from wefe.query import Query
    from wefe.word_embedding_model import WordEmbeddingModel

    table = KeyedVectors(WIDE)
    table.add_vectors(list(vectors), np.array(list(vectors.values()), dtype=np.float32))
    model = WordEmbeddingModel(table, "ours")
    targets, both = list(TARGETS.values()), list(ATTRIBUTES.values())
    one, two = (
        Query(targets, sets, list(TARGETS), list(ATTRIBUTES)[: len(sets)]) for sets in (both[:1], both)
    )  # fmt: skip
    ripa, norm = RIPA().run_query(one, model), RND().run_query(one, model, normalize=True)
    cos = RND().run_query(one, model, distance="cos", normalize=True)
    rnsb = RNSB().run_query(
        two, model, holdout=False, estimator_params={"solver": "lbfgs", "max_iter": 10000, "tol": 1e-10}
    )
    return {
        "ripa": {"result": ripa["result"], "words": ripa["word_values"]},
        "rnd_norm": {"result": norm["result"], "words": norm["distance_by_word"]},
        "rnd_cos": {"result": cos["result"], "words": cos["distance_by_word"]},
        "ect": {"result": ECT().run_query(one, model)["result"]},
        "mac": {"result": MAC().run_query(two, model)["result"]},
        "rnsb": {"result": rnsb["result"], "words": rnsb["negative_sentiment_probabilities"]},
    }


def main(path: Path) -> None:
    vectors = rows()
    said = {"made": "WEFE 1.0.1, see made_with_wefe.py", "vectors": vectors, "targets": TARGETS,
            "attributes": ATTRIBUTES, "found": golden(vectors)}  # fmt: skip
    path.write_text(json.dumps(said, default=float, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
