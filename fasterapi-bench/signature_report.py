"""The report of signatures: every row beside stock, a summary by group, and what is dearer than stock."""
import csv
import json
import os
import statistics

# By the beginning of a path, the first that fits; the applications are those that the tables imitate.
GROUPS = {
    "/api/clusters": "interfaces as a generator writes them", "/api/": "workspaces and accounts",
    "/args/": "arguments of all kinds", "/cond/": "conditions and results of all kinds",
    "/bound/": "binders, attributes, sessions, handlers of failures",
    "/visited/": "binders, attributes, sessions, handlers of failures",
    "/modelled/": "binders, attributes, sessions, handlers of failures",
    "/failing/": "binders, attributes, sessions, handlers of failures",
    "/secured/": "arguments of Spring Security", "/": "CRUD for each entity, with streams",
}


def ratios(runs, kind="ours"):
    return [run[kind] / run["stock"] for run in runs if kind in run]


def ratio(runs, kind="ours"):
    return statistics.median(ratios(runs, kind))


def judged(row):
    """The runs that count: those of the second look, where there was one."""
    return row["confirmed"] or row["runs"]


def noise(runs):
    """How much dearer than itself stock is in 19 of 20 rows, and how much at most; none of 0 rows."""
    found = sorted(ratio(each, "control") - 1 for each in runs if ratios(each, "control"))
    return (found[min(len(found) - 1, int(len(found) * 0.95))], found[-1], found[0], len(found)) if found else (0, 0, 0, 0)


def group(row):
    if row["table"] == "functional":
        return "functional routes and a gateway beside controllers"
    path = row["mapping"].split(" ", 1)[1]
    name = next(name for begin, name in GROUPS.items() if path.startswith(begin))
    return name if row["table"] == "plain" else f"{row['table']}: {name}"


def lane(row):
    total = sum(row["lanes"].values())
    if not total:
        return "of no mapping"
    parts = sorted(((count / total, name) for name, count in row["lanes"].items() if count / total >= 0.01), reverse=True)
    return parts[0][1] if len(parts) == 1 else ", ".join(f"{name} {share:.0%}" for share, name in parts)


def cells(row):
    runs = judged(row)
    each = ratios(runs)
    middle = {kind: statistics.median(run[kind] for run in runs) for kind in ("stock", "ours")}
    planned = row["planned"] or {"placement": ""}
    return {"table": row["table"], "mapping": row["mapping"], "status": row["status"], "lane": lane(row),
            "placement": planned["placement"], "stock us": round(middle["stock"], 1), "ours us": round(middle["ours"], 1),
            "ratio": round(statistics.median(each), 3), "least": round(min(each), 3), "most": round(max(each), 3),
            "rounds": len(runs), "control ratio": round(ratio(runs, "control"), 3) if ratios(runs, "control") else "",
            "fault": row.get("fault", "")}


def markdown(rows):
    lines = ["| request | lane | stock us | ours us | ratio [range] | stock against itself |", "|---|---|---|---|---|---|"]
    for row in rows:
        found = cells(row)
        request = row["request"].split(" HTTP/1.1", 1)[0].replace("|", "\\|")
        lines.append(f"| `{request}` | {found['lane']} | {found['stock us']:.1f} | {found['ours us']:.1f} "
                     f"| {found['ratio']:.2f} [{found['least']:.2f} to {found['most']:.2f}] | {found['control ratio']} |")
    return lines


def summary(data, rows):
    first, second = noise([row["runs"] for row in rows]), noise([row["confirmed"] for row in rows])
    again = [row for row in rows if row["confirmed"]]
    dear = [row for row in again if cells(row)["ratio"] > 1 + max(second[0], 0)]
    lines = [f"JVM: {data['jdk']}, `{data['jvm']}`; {data['pin']} (of {data['cpus']} CPUs), {data['connections']} connections; "
             f"begun {data['started']}, {data['minutes']:.0f} minutes. Command: `{data['command']}`", ""]
    for name, table in data["tables"].items():
        for kind, warm in table["warm"].items():
            lines.append(f"- {name}, {kind}: {'steady' if warm['steady'] else 'still getting cheaper'} after "
                         f"{len(warm['us'])} passes over all rows, {warm['us'][0]:.0f} to {warm['us'][-1]:.0f} us per request")
    lines += [f"- Stock against itself: {first[2]:+.1%} to {first[1]:+.1%} in {first[3]} rows, 19 of 20 below {first[0]:+.1%}"
              + (f"; measured again {second[2]:+.1%} to {second[1]:+.1%} in {second[3]} rows, 19 of 20 below {second[0]:+.1%}"
                 if second[3] else ""), "",
              "| group | rows | CPU ratio, median [range] | measured again | dearer than stock |", "|---|---|---|---|---|"]
    groups = {}
    for row in rows:
        groups.setdefault(group(row), []).append(row)
    for name, each in [*groups.items(), ("all", rows)]:
        found = [cells(row)["ratio"] for row in each]
        lines.append(f"| {name} | {len(each)} | {statistics.median(found):.2f} [{min(found):.2f} to {max(found):.2f}] "
                     f"| {sum(row in again for row in each)} | {sum(row in dear for row in each)} |")
    lines += ["", "| lane | rows | CPU ratio, median [range] |", "|---|---|---|"]
    lanes = {}
    for row in rows:
        lanes.setdefault(lane(row), []).append(cells(row)["ratio"])
    for name, found in sorted(lanes.items()):
        lines.append(f"| {name} | {len(found)} | {statistics.median(found):.2f} [{min(found):.2f} to {max(found):.2f}] |")
    lines += ["", f"{len(dear)} of {len(rows)} rows are dearer than stock beyond noise" + (":" if dear else "."), ""]
    return lines + (markdown(dear) if dear else [])


def write(results, directory):
    with open(results) as file:
        data = json.load(file)
    rows = sorted((row for table in data["tables"].values() for row in table["rows"]), key=lambda row: -ratio(judged(row)))
    found = [cells(row) for row in rows]
    with open(os.path.join(directory, "signatures.csv"), "w", newline="") as out:
        writer = csv.DictWriter(out, found[0])
        writer.writeheader()
        writer.writerows(found)
    short = summary(data, rows)
    with open(os.path.join(directory, "summary.md"), "w") as out:
        out.write("\n".join(short).strip() + "\n")
    faults = [f"- {row['table']}, {row['mapping']}: {row['fault']}" for row in rows if row.get("fault")]
    lines = ["# Signatures against stock", "", *short, "", "## Every row, the dearest first", "", *markdown(rows)]
    lines += ["", "## Faults", "", *faults] if faults else []
    with open(os.path.join(directory, "report.md"), "w") as out:
        out.write("\n".join(lines) + "\n")
    print("\n".join(lines))
