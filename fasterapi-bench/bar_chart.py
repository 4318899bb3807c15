"""Bar charts with ranges as SVG, by hand, in the style of line_chart."""
from xml.sax.saxutils import escape

from line_chart import FAINT, INK, linear_ticks, number, text

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 760, 208, 96, 66, 48
ROW, BAR = 26, 16
# Two parts of a bar; those of ours are blue, those of others grey. Lightness tells the parts apart.
COLOURS = {True: ("#0072b2", "#7fb8d8"), False: ("#6b6b6b", "#bdbdbd")}


def value_text(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def bar(row, y, scale):
    """One row: a bar of one or two parts, a whisker from least to most, the value in figures."""
    out = [text(LEFT - 8, y + 12, row["name"], "end", extra=' font-weight="bold"' if row["ours"] else "")]
    start = 0.0
    for part, colour in zip(row["parts"], COLOURS[row["ours"]]):
        left, right = scale(start), scale(start + part)
        out.append(f'<rect x="{left:.1f}" y="{y}" width="{max(right - left, 0.5):.1f}" height="{BAR}" fill="{colour}"/>')
        start += part
    low, high = row["range"]
    middle = y + BAR / 2
    if high > low:
        out.append(f'<path d="M{scale(low):.1f} {middle - 4}v8M{scale(low):.1f} {middle}H{scale(high):.1f}'
                   f'M{scale(high):.1f} {middle - 4}v8" fill="none" stroke="{INK}" stroke-width="1.5"/>')
    out.append(text(round(scale(max(high, start)) + 7, 1), y + 12, row.get("label") or value_text(start), "start"))
    return out


def legend(parts):
    out = []
    x = LEFT
    for name, ours, other in zip(parts, COLOURS[True], COLOURS[False]):
        out.append(f'<rect x="{x}" y="40" width="10" height="10" fill="{ours}"/>'
                   f'<rect x="{x + 12}" y="40" width="10" height="10" fill="{other}"/>')
        out.append(text(x + 28, 49, name, "start"))
        x += 48 + 7 * len(name)
    out.append(text(x, 49, "line: least to most of the rounds", "start"))
    return out


def bar_chart(path, labels, rows, parts=()):
    """Writes a chart.

    labels are title and x. rows are, from top to bottom, {"name", "ours", "parts": [values that add up], "range": (least,
    most), "label"}; ours are drawn in blue. parts name the parts of the bars.
    """
    most = max([sum(row["parts"]) for row in rows] + [row["range"][1] for row in rows] + [1e-3])
    ticks = linear_ticks(0, most)
    right = WIDTH - RIGHT
    bottom = TOP + ROW * len(rows)

    def scale(value):
        return LEFT + value / ticks[-1] * (right - LEFT)

    height = bottom + BOTTOM
    title = escape(labels[0], {chr(34): "&quot;"})
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
           f'font-family="system-ui, sans-serif" role="img" aria-label="{title}">',
           f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
           text(16, 24, labels[0], "start", 15, ' font-weight="bold"'), *(legend(parts) if parts else [])]
    for tick in ticks:
        x = round(scale(tick), 1)
        out.append(f'<line x1="{x}" y1="{TOP - 6}" x2="{x}" y2="{bottom}" stroke="{FAINT}"/>')
        out.append(text(x, bottom + 17, number(tick) if tick else "0"))
    for place, row in enumerate(rows):
        out += bar(row, TOP + ROW * place, scale)
    out.append(f'<path d="M{LEFT} {TOP - 6}V{bottom}" fill="none" stroke="{INK}"/>')
    out.append(text((LEFT + right) / 2, bottom + 38, labels[1]))
    with open(path, "w") as file:
        file.write("\n".join([*out, "</svg>"]) + "\n")
