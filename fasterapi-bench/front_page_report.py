"""The chart and the table of the front page, from what front-page measured."""
import json
import os
import statistics

from bar_chart import bar_chart

APPLICATIONS = ("no filter", "two filters", "Spring Security")
STOCK, OURS, CONTROL = "stock", "starter", "stock (again)"


def file_of(directory, application):
    return os.path.join(directory, application.replace(" ", "-").lower() + ".json")


def ratios(runs, stock):
    return [run["cpu_us"] / of["cpu_us"] for run, of in zip(runs, stock)]


def bar(name, runs, stock, ours):
    cpu = [run["cpu_us"] for run in runs]
    middle = statistics.median(cpu)
    user = statistics.median(run["user_us"] for run in runs)
    label = f"{middle:.0f} us" + (f", {statistics.median(ratios(runs, stock)):.2f} of stock" if ours else "")
    return {"name": name, "ours": ours, "parts": [min(user, middle), max(middle - user, 0)], "range": (min(cpu), max(cpu)),
            "label": label}


def line(application, name, runs, stock):
    def median(key):
        return statistics.median(run[key] for run in runs)

    cpu, ratio = [run["cpu_us"] for run in runs], ratios(runs, stock)
    return (f"| {application} | {name} | {median('cpu_us'):.1f} [{min(cpu):.1f} to {max(cpu):.1f}] "
            f"| {statistics.median(ratio):.2f} [{min(ratio):.2f} to {max(ratio):.2f}] | {median('per_second'):,.0f} "
            f"| {median('p50_us') / 1e3:.1f} | {median('p99_us') / 1e3:.1f} |")


def body(directory, charts):
    """Returns the lines of the part of the page, and draws the chart."""
    with open(os.path.join(directory, "conditions.json")) as file:
        conditions = json.load(file)
    rows = []
    lines = [f"`GET /json`, 64 connections, {conditions['rounds']} rounds of {conditions['seconds']} s, {conditions['java']}, "
             "the server on one CPU and the load on the other. Each application is one jar, with `fasterapi.enabled` false and true, "
             "actuator and Prometheus. Command: `fasterapi-bench/front-page`", "",
             "| application | server | CPU us/request [range] | share of stock's [range] | requests/s | p50 ms | p99 ms |",
             "|---|---|---|---|---|---|---|"]
    for application in APPLICATIONS:
        with open(file_of(directory, application)) as file:
            runs = json.load(file)["64"]
        stock = runs[STOCK]
        rows += [bar(f"{application}: stock", stock, stock, False), bar("with the starter", runs[OURS], stock, True)]
        lines += [line(application, name, runs[name], stock) for name in (STOCK, OURS, CONTROL)]
    bar_chart(os.path.join(charts, "front-page.svg"), ("CPU per request of GET /json", "microseconds; less is better"), rows,
              ("user", "system"))
    return lines
