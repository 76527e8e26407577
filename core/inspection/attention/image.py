"""A large matrix as a picture of 8 bits a cell: a fraction of what its numbers would weigh in a browser.

512 x 512 cells are at most 262 kB before PNG packs them. The shade is the square root of the weight, so that weak
attention is not lost beside one strong column; it is full where only one cell in 200 weighs more.
"""

from __future__ import annotations

import base64
import io

import numpy as np

FULL = 0.995  # quantile of the weights that is drawn at full shade
SIDE = 512  # pixels that a side is enlarged to, about, by whole factors: cells keep their edges


def shades(weights: np.ndarray) -> np.ndarray:
    """(R, C) uint8: 0 for no attention, 255 from the FULL quantile of the weights on."""
    full = float(np.quantile(weights, FULL, method="higher")) or float(weights.max()) or 1.0
    scaled: np.ndarray = np.sqrt(np.clip(weights / full, 0, 1))
    return np.round(255 * scaled).astype(np.uint8)


def png(weights: np.ndarray, colour: tuple[int, int, int]) -> bytes:
    """Cells of one colour, opaque where the weight is large, clear where there is none: good on light and dark."""
    from PIL import Image

    alpha = shades(weights)
    factor = max(1, SIDE // max(alpha.shape))
    alpha = alpha.repeat(factor, axis=0).repeat(factor, axis=1)
    grey = Image.fromarray(alpha).convert("P")
    grey.putpalette([part for _ in range(256) for part in colour])
    stream = io.BytesIO()
    grey.save(stream, format="PNG", transparency=bytes(range(256)), optimize=True)
    return stream.getvalue()


def address(weights: np.ndarray, colour: tuple[int, int, int]) -> str:
    """The picture as a data address, so that a chart holds it and asks nobody for it."""
    return "data:image/png;base64," + base64.b64encode(png(weights, colour)).decode()
