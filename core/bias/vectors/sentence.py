"""The word alone as a sentence, pooled as a sentence encoder does: the mean over all tokens, [CLS] and [SEP] included,
or the [CLS] token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.bias.audited import Audited
    from core.bias.vectors.kinds import VectorConfig, Vectors
    from core.progress import Report, ShouldStop


def look_up(
    audited: Audited,
    words: tuple[str, ...],
    settings: VectorConfig,
    contexts: Sequence[str] | None,
    report: Report,
    should_stop: ShouldStop,
) -> Vectors:
    """Rows (n, H); no word is lost."""
    from core.bias.vectors.kinds import Vectors
    from core.bias.vectors.layer import layer_of
    from core.encoding.encoder import Encoder

    layer = layer_of(audited, settings.layer)
    pooling = "cls" if settings.pooling == "cls" else "mean"
    encoder = Encoder(audited.folder, pooling, layer, cache=audited.cache)
    rows = encoder.encode(words, precision="float32", report=report, should_stop=should_stop).vectors
    which = "[CLS]" if pooling == "cls" else "mean of all tokens"
    return Vectors(words, rows.astype(np.float64), {}, f"word alone as a sentence, {which} at layer {layer}")
