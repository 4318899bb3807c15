"""The report of compare-all: Markdown and charts, by results.json alone, so that no figure is typed by hand."""
import json
import os
import statistics

from bar_chart import bar_chart
from line_chart import line_chart, linear_ticks

OURS = ("auto", "inline", "core", "routes", "webflux", "filtered")
# Ours, the peer, the most that CPU per request may be of the peer's, the tests (None: all).
AIMS = [("auto", "quarkus", 1, None), ("auto", "micronaut", 1, None), ("routes", "vertx", 1, None),
        ("routes", "netty", 1.2, ["pipelined"])]
RAW = 'Netty ("netty") answers without a router, a framework or Date and Server headers: it is the floor, not a peer.'


class Figures:
    """What a run measured, summed up."""

    def __init__(self, data):
        self.data = data
        self.base = data["base"]
        self.tests = [test for test in data["tests"] if data["runs"].get(test)]
        self.servers = [name for name in data["servers"] if any(name in runs for runs in data["runs"].values())]

    def title(self, name):
        return self.data["servers"][name]["title"]

    def runs(self, test, name):
        return self.data["runs"].get(test, {}).get(name, [])

    def median(self, test, name, key):
        runs = self.runs(test, name)
        return statistics.median(run[key] for run in runs) if runs else None

    def span(self, test, name, key):
        values = [run[key] for run in self.runs(test, name)]
        return min(values), max(values)

    def ratio(self, test, name, base=None):
        """The median ratio of a round's CPU per request to that of the base in the same round."""
        base = self.runs(test, base or self.base)
        pairs = [run["cpu_us"] / of["cpu_us"] for run, of in zip(self.runs(test, name), base) if of["cpu_us"]]
        return statistics.median(pairs) if pairs else None

    def by_cost(self, test):
        return sorted((name for name in self.servers if self.runs(test, name)),
                      key=lambda name: self.median(test, name, "cpu_us"))


def cell(value, form="{:.1f}"):
    return "" if value is None else form.format(value)


def micros(value):
    return f"{value / 1e3:,.1f} ms" if value >= 10_000 else f"{value:,.0f} us"


def setting(figures):
    data, machine = figures.data, figures.data["machine"]
    lines = [f"- Machine: {machine['cpu']}, {machine['cpus']} CPUs, {machine['memory_gib']} GiB, Linux {machine['kernel']}",
             f"- JVM: {machine['jdk']}, `{data['jvm']}`, the same for every server",
             f"- Begun {data['started']}; {data['pin'].replace(',', ', ')} (CPUs); load by {data['load']}, "
             f"{data['connections']} connections; medians of {data['rounds']} rounds of {data['seconds']:g} s",
             f"- Command: `{data['command']}`"]
    if data["short"] or data["load"] != "wrk":
        lines.append("- A smoke run: the figures are worth nothing.")
    return lines


def version_table(figures):
    lines = ["| name | server | versions | bytes in the head of a JSON answer | warm-up |", "|---|---|---|---|---|"]
    for name in figures.servers:
        server = figures.data["servers"][name]
        versions = ", ".join(f"{what} {version}" for what, version in server["versions"].items())
        warm = server.get("warm", {"steady": False, "seconds": 0})
        state = "steady" if warm["steady"] else "not yet steady"
        lines.append(f"| {name} | {server['title']} | {versions} | {server['json_head_bytes'] or ''} "
                     f"| {state} after {warm['seconds']} s |")
    return lines


def summary(figures):
    """CPU per request of everything, and its ratio to the base."""
    head = "| server | " + " | ".join(figures.data["tests"][test]["title"] for test in figures.tests) + " |"
    rule = "|---|" + "---|" * len(figures.tests)
    cost, ratio = [head, rule], [head, rule]
    first = figures.tests[0]
    for name in sorted(figures.servers, key=lambda name: figures.median(first, name, "cpu_us") or 1e9):
        title = f"**{figures.title(name)}**" if name in OURS else figures.title(name)
        cost.append(f"| {title} | " + " | ".join(cell(figures.median(test, name, "cpu_us")) for test in figures.tests) + " |")
        ratio.append(f"| {title} | " + " | ".join(cell(figures.ratio(test, name), "{:.2f}") for test in figures.tests) + " |")
    out = ["CPU per request in microseconds, user and system, median of the rounds:", "", *cost]
    if figures.base in figures.servers:
        out += ["", f"The same as a multiple of {figures.title(figures.base)} (above 1: costs more than that):", "", *ratio]
    return out


def aims(figures):
    """How far off each aim is; only where both sides were measured."""
    lines = ["| aim | test | found | met |", "|---|---|---|---|"]
    for ours, peer, limit, tests in AIMS:
        for test in tests or figures.tests:
            ratio = figures.ratio(test, ours, peer)
            if ratio is not None:
                words = "below" if limit == 1 else f"at most {limit} times"
                lines.append(f"| {figures.title(ours)}: {words} {figures.title(peer)} "
                             f"| {figures.data['tests'][test]['title']} | {ratio:.2f} times "
                             f"| {'yes' if ratio <= limit else 'no'} |")
    return lines if len(lines) > 2 else []


def test_table(figures, test):
    lines = ["| server | CPU us/request [range] | user | system | requests/s [range] | p50 | p99 | CPU, ratio |",
             "|---|---|---|---|---|---|---|---|"]
    for name in figures.by_cost(test):
        low, high = figures.span(test, name, "cpu_us")
        slow, fast = figures.span(test, name, "per_second")

        def middle(key):
            return figures.median(test, name, key)

        lines.append(f"| {figures.title(name)} | {middle('cpu_us'):.1f} [{low:.1f} to {high:.1f}] | {middle('user_us'):.1f} "
                     f"| {middle('system_us'):.1f} | {middle('per_second'):,.0f} [{slow:,.0f} to {fast:,.0f}] "
                     f"| {micros(middle('p50_us'))} | {micros(middle('p99_us'))} "
                     f"| {cell(figures.ratio(test, name), '{:.2f}')} |")
    return lines


def test_chart(figures, test, directory):
    rows = []
    for name in figures.by_cost(test):
        rows.append({"name": figures.title(name), "ours": name in OURS, "range": figures.span(test, name, "cpu_us"),
                     "parts": [figures.median(test, name, "user_us"), figures.median(test, name, "system_us")],
                     "label": f"{figures.median(test, name, 'cpu_us'):.1f}"})
    file = f"cpu-{test}.svg"
    bar_chart(os.path.join(directory, file), (f"{figures.data['tests'][test]['title']}: CPU per request",
                                              "microseconds of CPU per request; less is better"), rows, ("user", "system"))
    return file


def remarks(figures):
    lines = [f"- {name} was left out: {reason}" for name, reason in figures.data["skipped"].items()]
    for name in figures.servers:
        server = figures.data["servers"][name]
        lines += [f"- {figures.title(name)}: {test} was not measured ({reason})"
                  for test, reason in server["missing"].items()]
        if not server.get("warm", {}).get("steady"):
            lines.append(f"- {figures.title(name)} was still getting cheaper when its warm-up ended.")
        for test in figures.tests:
            bad = [run for run in figures.runs(test, name) if run["errors"] or run["not_2xx"]]
            if bad:
                lines.append(f"- {figures.title(name)}, {test}: {len(bad)} rounds with errors "
                             f"({bad[0]['errors']}, not 2xx: {bad[0]['not_2xx']})")
            rounds = len(figures.runs(test, name))
            if 0 < rounds < figures.data["rounds"]:
                lines.append(f"- {figures.title(name)}, {test}: only {rounds} rounds")
    return lines


def overload(figures, directory):
    """Table and chart of what was answered within a second at twice what a CPU can do."""
    results = figures.data["overload"]
    order = sorted(results, key=lambda name: -results[name]["goodput"])
    lines = ["| server | 2xx/s within 1 s | p50 of 2xx, ms | p99 of 2xx, ms | refused/s | neither, per second |",
             "|---|---|---|---|---|---|"]
    rows = []
    for name in order:
        run = results[name]
        p50, p99 = (f"{run[key]:,.0f}" if run["goodput"] else "" for key in ("p50_ms", "p99_ms"))
        lines.append(f"| {figures.title(name)} | {run['goodput']:.0f} | {p50} | {p99} | {run['refused']:.0f} "
                     f"| {run['unanswered']:.0f} |")
        rows.append({"name": figures.title(name), "ours": name in OURS, "parts": [run["goodput"]],
                     "range": (run["goodput"], run["goodput"]), "label": f"{run['goodput']:.0f}"})
    bar_chart(os.path.join(directory, "overload.svg"),
              (f"Overload: {figures.data['overload_rate']:.0f} requests/s of about 5 ms on one CPU",
               "requests per second that succeeded within a second; more is better"), rows)
    return lines, "overload.svg"


def curves(figures, directory):
    """Charts of latency over load; returns their files."""
    files = []
    points = {figures.title(name): run for name, run in figures.data["curves"].items() if run}
    ticks = linear_ticks(0, max(point["offered"] for run in points.values() for point in run) / 1e3)
    for key, word in (("p50_ms", "median"), ("p99_ms", "p99")):
        series = {title: [(point["offered"] / 1e3, point[key] if point["goodput"] else None) for point in run]
                  for title, run in points.items()}
        file = f"curve-{key[:3]}.svg"
        line_chart(os.path.join(directory, file),
                   (f"JSON: {word} latency over load", "offered load, thousand requests per second",
                    f"{word} from the intended time, ms"), series, True, x_ticks=ticks)
        files.append(file)
    return files


def curve_table(figures):
    lines = ["| server | offered/s | 2xx/s | p50, ms | p99, ms |", "|---|---|---|---|---|"]
    for name, run in figures.data["curves"].items():
        lines += [f"| {figures.title(name)} | {point['offered']:,.0f} | {point['goodput']:,.0f} | {point['p50_ms']:.2f} "
                  f"| {point['p99_ms']:.2f} |" for point in run]
    return lines


def body(data, directory, prefix=""):
    """The report's lines; charts go to the directory and are linked with the prefix."""
    figures = Figures(data)
    if not figures.tests:
        return ["Nothing was measured.", "", *remarks(figures)]
    lines = ["### The run", "", *setting(figures), "", *version_table(figures), ""]
    notes = remarks(figures) + ([f"- {RAW}"] if "netty" in figures.servers else [])
    lines += [*notes, "", "### CPU per request", "", *summary(figures), ""]
    found = aims(figures)
    lines += ["### Aims", "", "CPU per request against that of peers, median ratio of a round:", "", *found, ""] if found else []
    for test in figures.tests:
        title = data["tests"][test]["title"]
        lines += [f"### {title}", "", f"![{title}: CPU per request]({prefix}{test_chart(figures, test, directory)})", "",
                  *test_table(figures, test), ""]
    if data["overload"]:
        table, chart = overload(figures, directory)
        lines += ["### Overload", "", f"![Overload: requests answered in time]({prefix}{chart})", "", *table, ""]
    if any(data["curves"].values()):
        lines += ["### Latency over load", ""]
        lines += [line for file in curves(figures, directory) for line in (f"![Latency over load]({prefix}{file})", "")]
        lines += [*curve_table(figures), ""]
    return lines


def write(directory):
    """Writes report.md and the charts beside results.json."""
    with open(os.path.join(directory, "results.json")) as file:
        data = json.load(file)
    with open(os.path.join(directory, "report.md"), "w") as out:
        out.write("\n".join(["# Servers compared", "", *body(data, directory)]).rstrip() + "\n")
    print(os.path.join(directory, "report.md"))
    return 0
