"""Lines in a picture, without a library for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 280, 56, 24, 28, 44
COLOURS = ("#1f5fa8", "#c2571a", "#3f7d3a", "#7a4a9c")

Points = Sequence[tuple[float, float]]


def lines(series: Mapping[str, Points], *, x: str, y: str, bound: float | None = None) -> str:
    """An SVG of named lines; both axes begin at nought.

    Args:
        series: the points of each line.
        x: what stands under the picture.
        y: what stands at its upper left.
        bound: where to draw a dashed line that nothing should reach.
    """
    points = [point for some in series.values() for point in some]
    most_x = _round(max(p[0] for p in points))
    most_y = _round(max([p[1] for p in points] + ([bound] if bound else [])))

    def at(px: float, py: float) -> tuple[float, float]:
        across = LEFT + px / most_x * (WIDTH - LEFT - RIGHT)
        return round(across, 1), round(HEIGHT - BOTTOM - py / most_y * (HEIGHT - BOTTOM - TOP), 1)

    parts = [_mark_y(at(0, k * most_y / 4), k * most_y / 4) for k in range(5)]
    parts += [_mark_x(at(k * most_x / 4, 0), k * most_x / 4) for k in range(5)]
    if bound:
        parts.append(_bound(at(0, bound)[1], f"bound: {bound:,.0f} {y}"))
    for n, (name, some) in enumerate(series.items()):
        parts += _line(name, [at(*point) for point in some], n)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n' + "\n".join(parts) + "\n"
        f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" text-anchor="end">{x}</text>\n'
        f'<text x="{LEFT - 6}" y="16" text-anchor="end">{y}</text>\n</svg>\n'
    )


def _line(name: str, points: Sequence[tuple[float, float]], n: int) -> list[str]:
    """A line and, above the picture, what it is."""
    colour, left = COLOURS[n % len(COLOURS)], LEFT + 110 * n
    path = " ".join(f"{across},{down}" for across, down in points)
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>',
        f'<line x1="{left}" x2="{left + 20}" y1="12" y2="12" stroke="{colour}" stroke-width="3"/>'
        f'<text x="{left + 26}" y="16">{name}</text>',
    ]


def _bound(down: float, told: str) -> str:
    return (
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{down}" y2="{down}" stroke="#b00020" '
        f'stroke-dasharray="6 4"/>'
        f'<text x="{WIDTH - RIGHT}" y="{down - 5}" text-anchor="end" fill="#b00020">{told}</text>'
    )


def _mark_y(place: tuple[float, float], value: float) -> str:
    across, down = place
    return (
        f'<line x1="{across}" x2="{WIDTH - RIGHT}" y1="{down}" y2="{down}" stroke="#ddd"/>'
        f'<text x="{across - 6}" y="{down + 4}" text-anchor="end">{value:,.0f}</text>'
    )


def _mark_x(place: tuple[float, float], value: float) -> str:
    across, down = place
    return f'<text x="{across}" y="{down + 18}" text-anchor="middle">{value:,.0f}</text>'


def _round(value: float) -> float:
    """The next number that four marks divide well: 4, 8, 20, 40, 60, 80, 100, 200, 400, ..."""
    power = 1
    while True:
        for times in (4, 6, 8, 10, 20):
            if times * power >= value and times * power % 4 == 0:
                return times * power
        power *= 10
