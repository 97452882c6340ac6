"""A line in a picture, without a library for it."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT, LEFT, BOTTOM = 640, 240, 56, 40


def lines(points: Sequence[tuple[float, float]], *, x: str, y: str) -> str:
    """An SVG of a line through the points; both axes begin at nought."""
    most_x, most_y = _round(max(p[0] for p in points)), _round(max(p[1] for p in points))

    def at(px: float, py: float) -> tuple[float, float]:
        across = LEFT + px / most_x * (WIDTH - LEFT - 16)
        return round(across, 1), round(HEIGHT - BOTTOM - py / most_y * (HEIGHT - BOTTOM - 16), 1)

    path = " ".join(f"{a},{b}" for a, b in (at(*point) for point in points))
    marks = [_mark_y(at(0, k * most_y / 4), k * most_y / 4) for k in range(5)]
    marks += [_mark_x(at(k * most_x / 4, 0), k * most_x / 4) for k in range(5)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="11">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n' + "\n".join(marks) + "\n"
        f'<polyline points="{path}" fill="none" stroke="#1f5fa8" stroke-width="1.5"/>\n'
        f'<text x="{WIDTH - 16}" y="{HEIGHT - 6}" text-anchor="end">{x}</text>\n'
        f'<text x="8" y="12">{y}</text>\n</svg>\n'
    )


def _mark_y(place: tuple[float, float], value: float) -> str:
    across, down = place
    return (
        f'<line x1="{across}" x2="{WIDTH - 16}" y1="{down}" y2="{down}" stroke="#ddd"/>'
        f'<text x="{across - 6}" y="{down + 4}" text-anchor="end">{value:,.0f}</text>'
    )


def _mark_x(place: tuple[float, float], value: float) -> str:
    across, down = place
    return f'<text x="{across}" y="{down + 16}" text-anchor="middle">{value:,.0f}</text>'


def _round(value: float) -> float:
    """The next number that four marks divide well."""
    step = 4.0
    while step < value:
        step *= 2 if str(int(step))[0] != "2" else 2.5
    return step
