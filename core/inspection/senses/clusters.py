"""Whether the occurrences of a word fall into groups: k-means on unit vectors, from k = 1 on, and how good groups are.

k = 1 is always offered: the senses of a word are often one connected structure (Yenicelik et al. 2020). Silhouette
(Rousseeuw 1987) says nothing about k = 1, so beside it stands what the same k makes of one blob: draws from a single
normal distribution with the same covariance (after Liu et al. 2008). Where senses are given: ARI (Hubert and Arabie
1985), V-measure (Rosenberg and Hirschberg 2007) and purity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.errors import UserProblem
from core.inspection.similarity import unit

MOST = 8  # clusters
DRAWS = 39  # blobs; with the real one a share of 1 in 40 is the least
STARTS = 4
SEED = 0
MANY = 200  # occurrences from which on no blob is drawn: it takes too long and silhouettes are sure enough


@dataclass(frozen=True)
class Clustering:
    """k groups: `members` (n,) from 0. Silhouette in [-1, 1] and scores against senses are None where undefined.

    `blob` is the mean silhouette of one blob, `chance` the share of blobs (the real data among them) that reach it.
    """

    k: int
    members: np.ndarray
    silhouette: float | None
    blob: float | None
    chance: float | None
    ari: float | None
    v_measure: float | None
    purity: float | None

    def to_json(self) -> dict[str, Any]:
        return {**self.__dict__, "members": self.members.tolist()}


def cluster(
    vectors: np.ndarray, senses: Sequence[str], *, seed: int = SEED, blobs: bool = True
) -> tuple[Clustering, ...]:
    """Cluster vectors (n, H) of one word for k = 1 up; senses (n) may be "". UserProblem for fewer than two."""
    if len(vectors) < 2:
        raise UserProblem(f"There are {len(vectors)} sentences.", "Two at least make a cluster.", "Add sentences.")
    units = unit(vectors)
    most = min(MOST, len(np.unique(units.round(6), axis=0)), len(units) - 1)
    return tuple(clustering(units, senses, k, seed=seed, blobs=blobs) for k in range(1, most + 1))


def clustering(units: np.ndarray, senses: Sequence[str], k: int, *, seed: int = SEED, blobs: bool = True) -> Clustering:
    """One clustering of unit vectors (n, H), always the same for the same seed."""
    members = _k_means(units, k, seed)
    silhouette = _silhouette(units, members)
    drawn = blobs and silhouette is not None and len(units) <= MANY
    reached = _blobs(units, k, seed) if drawn else np.zeros(0)
    known = np.array([bool(sense) for sense in senses])
    ari, v_measure, pure = agreement(np.asarray(senses, dtype=object)[known], members[known])
    return Clustering(
        k, members, silhouette, float(reached.mean()) if len(reached) else None,
        float((1 + (reached >= (silhouette or 0.0)).sum()) / (1 + len(reached))) if len(reached) else None,
        ari, v_measure, pure,
    )  # fmt: skip


def agreement(senses: np.ndarray, members: np.ndarray) -> tuple[float | None, float | None, float | None]:
    """ARI, V-measure and purity of groups (n,) against senses (n,); None where fewer than two senses are known."""
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    if len(set(senses.tolist())) < 2:
        return None, None, None
    names = senses.astype(str)
    return float(adjusted_rand_score(names, members)), float(v_measure_score(names, members)), purity(names, members)


def purity(senses: np.ndarray, members: np.ndarray) -> float:
    """Share of occurrences in the most frequent sense of their group; it can only rise with k."""
    tops = [np.unique(senses[members == group], return_counts=True)[1].max() for group in np.unique(members)]
    return float(sum(tops) / len(senses))


def _k_means(units: np.ndarray, k: int, seed: int) -> np.ndarray:
    from sklearn.cluster import KMeans

    if k == 1:
        return np.zeros(len(units), dtype=np.int64)
    found: np.ndarray = KMeans(k, n_init=STARTS, random_state=seed).fit_predict(units)
    _, first = np.unique(found, return_index=True)  # groups are numbered in order of appearance
    numbered: np.ndarray = np.argsort(np.argsort(first))[found].astype(np.int64)
    return numbered


def _silhouette(units: np.ndarray, members: np.ndarray) -> float | None:
    from sklearn.metrics import silhouette_score

    groups = len(np.unique(members))
    return float(silhouette_score(units, members)) if 2 <= groups <= len(units) - 1 else None


def _blobs(units: np.ndarray, k: int, seed: int) -> np.ndarray:
    """Silhouettes (`DRAWS`,) of k groups in one normal blob with the mean and covariance of the unit vectors."""
    rng, middle = np.random.default_rng(seed), units.mean(axis=0)
    spread = (units - middle) / np.sqrt(len(units))
    found = []
    for _ in range(DRAWS):
        drawn = unit(middle + rng.standard_normal((len(units), len(units))) @ spread)
        found.append(_silhouette(drawn, _k_means(drawn, k, seed)))
    return np.array([each for each in found if each is not None])
