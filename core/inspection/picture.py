"""An Altair chart as the bytes of an SVG or PNG, drawn on this machine without a browser."""

from __future__ import annotations

from typing import Any

DOTS = 2.0  # PNG pixels a chart pixel: sharp in print


def picture(chart: Any, format: str) -> bytes:
    """`format` is "svg" or "png"."""
    import vl_convert

    spec = chart.to_dict()
    if format == "svg":
        return str(vl_convert.vegalite_to_svg(spec)).encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=DOTS))
