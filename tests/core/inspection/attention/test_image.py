"""A matrix as a picture: its shades by hand, its size at the model's limit."""

from __future__ import annotations

import base64
import io

import numpy as np

from core.inspection.attention.image import SIDE, address, png, shades

RED = (200, 30, 30)


def test_shades_follow_the_square_root() -> None:
    assert shades(np.array([[0, 0.25, 1]])).tolist() == [[0, 128, 255]]
    assert shades(np.array([[0.0, 0.0]])).tolist() == [[0, 0]]


def test_one_strong_cell_does_not_drown_the_others() -> None:
    weights = np.full((20, 20), 0.01)
    weights[0, 0] = 1
    assert (shades(weights) == 255).all()
    assert shades(np.eye(300)).max() == 255  # where hardly a cell has any weight


def test_the_picture_holds_the_shades_as_opacity() -> None:
    from PIL import Image

    weights = np.random.default_rng(0).random((100, 80))
    picture = Image.open(io.BytesIO(png(weights, RED))).convert("RGBA")
    found, factor = np.asarray(picture), SIDE // 100
    assert found.shape == (100 * factor, 80 * factor, 4)
    assert (found[..., :3] == RED).all()
    assert (found[factor // 2 :: factor, factor // 2 :: factor, 3] == shades(weights)).all()


def test_the_worst_picture_of_512_pieces_stays_small() -> None:
    noise = np.random.default_rng(0).random((512, 512))  # nothing for PNG to pack
    held = address(noise, RED)
    assert held.startswith("data:image/png;base64,") and len(base64.b64decode(held.split(",")[1])) > 100_000
    assert len(held) < 400_000
