"""Line charts as SVG, by hand: no library to install, and files that compare well in a review."""
import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 400
LEFT, RIGHT, TOP, BOTTOM = 72, 20, 44, 52
LEGEND_LINE = 18
INK, FAINT = "#222222", "#dddddd"
# Told apart by those who see no colours too: lightness, dashes and marks differ.
STYLES = [("#0072b2", "", "circle"), ("#d55e00", "7 4", "square"), ("#009e73", "2 3", "diamond"),
          ("#cc79a7", "9 3 2 3", "circle"), ("#e69f00", "4 2", "square"), ("#555555", "1 2", "diamond")]


def number(value):
    """A tick's label: 0.1, 25, 1,000."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.4f}".rstrip("0").rstrip(".")


def linear_ticks(low, high):
    rough = max(high - low, 1e-9) / 5
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    return [step * i for i in range(math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9) + 1)]


def log_ticks(low, high):
    """Powers of ten; with 2 and 5 between them where they are few."""
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    last = max(last, first + 1)
    steps = (1, 2, 5) if last - first <= 2 else (1,)
    return [10.0 ** power * step for power in range(first, last) for step in steps] + [10.0 ** last]


class Scale:
    """Maps values to pixels; its range is that of its ticks."""

    def __init__(self, ticks, start, end, log):
        self.ticks, self.start, self.end = ticks, start, end
        self.of = math.log10 if log else float

    def __call__(self, value):
        low, high = self.of(self.ticks[0]), self.of(self.ticks[-1])
        return round(self.start + (self.of(value) - low) / (high - low) * (self.end - self.start), 1)


def mark(shape, x, y, colour):
    if shape == "circle":
        return f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>'
    turn = f' transform="rotate(45 {x} {y})"' if shape == "diamond" else ""
    return f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" fill="{colour}"{turn}/>'


def text(x, y, words, anchor="middle", size=12, extra=""):
    return (f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" fill="{INK}"{extra}>'
            f"{escape(words)}</text>")


def axes(x_scale, y_scale, labels):
    title, x_label, y_label = labels
    bottom, right = y_scale.start, x_scale.end
    out = [text(LEFT, 24, title, "start", 15, ' font-weight="bold"')]
    for tick in y_scale.ticks:
        y = y_scale(tick)
        out.append(f'<line x1="{LEFT}" y1="{y}" x2="{right}" y2="{y}" stroke="{FAINT}"/>')
        out.append(text(LEFT - 8, y + 4, number(tick), "end"))
    for tick in x_scale.ticks:
        x = x_scale(tick)
        out.append(f'<line x1="{x}" y1="{bottom}" x2="{x}" y2="{bottom + 5}" stroke="{INK}"/>')
        out.append(text(x, bottom + 19, number(tick)))
    out.append(f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="{INK}"/>')
    out.append(text((LEFT + right) / 2, bottom + 40, x_label))
    middle = (TOP + bottom) / 2
    out.append(text(18, middle, y_label, extra=f' transform="rotate(-90 18 {middle})"'))
    return out


def lines(series, x_scale, y_scale, marked):
    out = []
    for (name, points), (colour, dashes, shape) in zip(series.items(), styles()):
        runs, run = [], []
        for x, y in points:
            if y is None:
                runs.append(run)
                run = []
            else:
                run.append((x_scale(x), y_scale(y)))
        for each in [*runs, run]:
            if len(each) > 1:
                path = " ".join(f"{x},{y}" for x, y in each)
                dash = f' stroke-dasharray="{dashes}"' if dashes else ""
                out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
            if marked or len(each) == 1:
                out += [mark(shape, x, y, colour) for x, y in each]
    return out


def legend(series, top, marked):
    out = []
    for row, (name, (colour, dashes, shape)) in enumerate(zip(series, styles())):
        y = top + row * LEGEND_LINE
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        out.append(f'<line x1="{LEFT}" y1="{y}" x2="{LEFT + 34}" y2="{y}" stroke="{colour}" stroke-width="2"{dash}/>')
        out += [mark(shape, LEFT + 17, y, colour)] if marked else []
        out.append(text(LEFT + 42, y + 4, name, "start"))
    return out


def styles():
    while True:
        yield from STYLES


def line_chart(path, labels, series, log=False, y_range=None, x_ticks=None):
    """Writes a chart.

    labels are title, x and y; series maps names to lists of (x, y), where a y of None makes a gap. log makes y logarithmic:
    what is not above 0 becomes a gap. y_range is the least that the y axis shows. Points are marked where they are few.
    """
    series = {name: [(x, None if y is None or (log and y <= 0) else y) for x, y in points]
              for name, points in series.items()}
    values = [y for points in series.values() for _, y in points if y is not None] + list(y_range or ())
    xs = [x for points in series.values() for x, _ in points]
    if not values:
        values = [1, 10]
    height = HEIGHT + LEGEND_LINE * len(series)
    ticks = log_ticks(min(values), max(values)) if log else linear_ticks(min(0, *values), max(max(values), 1e-3))
    y_scale = Scale(ticks, HEIGHT - BOTTOM, TOP, log)
    x_scale = Scale(x_ticks or linear_ticks(min(xs), max(xs)), LEFT, WIDTH - RIGHT, False)
    marked = all(len(points) <= 12 for points in series.values())
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
             f'font-family="system-ui, sans-serif" role="img" aria-label="{escape(labels[0], {chr(34): "&quot;"})}">',
             f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
             *axes(x_scale, y_scale, labels),
             *lines(series, x_scale, y_scale, marked),
             *legend(series, HEIGHT + 6, marked),
             "</svg>"]
    with open(path, "w") as out:
        out.write("\n".join(parts) + "\n")
