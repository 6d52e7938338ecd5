"""Charts as SVG: bars and lines, readable on a light and on a dark page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from loadtests.figures import Curve

STYLE: Final = """
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600; font-size: 13px }
  .quiet { fill: #57606a }
  .ours { fill: #4f46e5 } .theirs { fill: #8c959f }
  .axis { stroke: #d0d7de } .line { stroke: #4f46e5; stroke-width: 2; fill: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .quiet { fill: #9198a1 }
    .ours { fill: #a5b4fc } .theirs { fill: #6e7681 } .axis { stroke: #3d444d } .line { stroke: #a5b4fc }
  }
"""
ROW: Final = 22
NAMES_WIDTH: Final = 150
BAR_WIDTH: Final = 150
NUMBER_WIDTH: Final = 70
PANEL_WIDTH: Final = BAR_WIDTH + NUMBER_WIDTH
PLOT_WIDTH: Final = 260
PLOT_COLUMN: Final = 370
PLOT_HEIGHT: Final = 110
PLOT_GAP: Final = 60


@dataclass(frozen=True, slots=True)
class Bars:
    """One panel of bars: a value for each name; None where there is none."""

    title: str
    values: Sequence[float | None]


def bar_chart(title: str, names: Sequence[str], ours: str, panels: Sequence[Bars]) -> str:
    """Rows of bars, a panel beside the other, each with its own scale from zero. `ours` stands out."""
    parts = [_text(0, 14, title, "title")]
    for place, name in enumerate(names):
        parts.append(_text(0, _row(place) + 12, name))
    for number, panel in enumerate(panels):
        left = NAMES_WIDTH + number * PANEL_WIDTH
        parts.append(_text(left, 36, panel.title, "quiet"))
        largest = max((value for value in panel.values if value is not None), default=0) or 1
        for place, value in enumerate(panel.values):
            if value is None:
                parts.append(_text(left, _row(place) + 12, "-", "quiet"))
                continue
            width = max(1.0, value / largest * BAR_WIDTH)
            kind = "ours" if names[place] == ours else "theirs"
            parts.append(f'<rect class="{kind}" x="{left}" y="{_row(place)}" width="{width:.1f}" height="16" rx="2"/>')
            parts.append(_text(left + width + 5, _row(place) + 12, short(value)))
    return _document(NAMES_WIDTH + len(panels) * PANEL_WIDTH, _row(len(names)) + 4, title, parts)


def line_charts(title: str, curves: Sequence[Curve]) -> str:
    """Curves, one beside the other, over a size that grows tenfold from point to point; values from zero."""
    parts = [_text(0, 14, title, "title")]
    for number, curve in enumerate(curves):
        left, top = number % 2 * PLOT_COLUMN + 16, number // 2 * (PLOT_HEIGHT + PLOT_GAP) + 56
        parts += _line_chart(curve, left, top)
    rows = (len(curves) + 1) // 2
    return _document(2 * PLOT_COLUMN, rows * (PLOT_HEIGHT + PLOT_GAP) + 40, title, parts)


def _line_chart(curve: Curve, left: float, top: float) -> list[str]:
    bottom = top + PLOT_HEIGHT
    largest = max(value for _, value in curve.points) or 1
    what, _, how = curve.what.partition(": ")
    parts = [
        _text(left, top - 22, what),
        _text(left, top - 7, f"{how}, {curve.unit}", "quiet"),
        f'<path class="axis" d="M{left} {bottom}H{left + PLOT_WIDTH}"/>',
    ]
    step = PLOT_WIDTH / max(len(curve.points) - 1, 1)
    places = [
        (left + place * step, bottom - value / largest * (PLOT_HEIGHT - 24))
        for place, (_, value) in enumerate(curve.points)
    ]
    parts.append(f'<polyline class="line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>')
    for (x, y), (size, value) in zip(places, curve.points, strict=True):
        parts.append(f'<circle class="ours" cx="{x:.1f}" cy="{y:.1f}" r="3"/>')
        parts.append(_text(x - 8, y - 7, short(value)))
        parts.append(_text(x - 12, bottom + 15, short(size), "quiet"))
    return parts


def short(value: float) -> str:
    """A number in few characters: 1.16M, 180k, 42, 6.6, 0.35."""
    for limit, unit in ((1e6, "M"), (1e3, "k")):
        if value >= limit:
            scaled = value / limit
            return f"{scaled:.0f}{unit}" if scaled >= 100 else f"{scaled:.3g}{unit}"
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def _row(place: int) -> int:
    return 44 + place * ROW


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    css = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.0f}" y="{y:.0f}"{css}>{escape(words)}</text>'


def _document(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    box = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img">'
    return "\n".join([head, f"<title>{escape(title)}</title>", f"<style>{STYLE}</style>", *parts, "</svg>", ""])
