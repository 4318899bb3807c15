"""The loads of compare-all: wrk by way of side-by-side, the open-loop tool, and a small client for smoke runs."""
import http.client
import importlib.machinery
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import types

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))


def side_by_side():
    loader = importlib.machinery.SourceFileLoader("side_by_side", os.path.join(HERE, "side-by-side"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("side_by_side", loader))
    loader.exec_module(module)
    return module


SIDE_BY_SIDE = side_by_side()


class Wrk:
    """wrk on the load's CPUs; one thread."""

    name = "wrk"

    def __init__(self, options):
        self.options = options
        self.scripts = {}

    def script(self, body, pipeline):
        """A Lua script that posts a body or writes several requests at once; None where neither is wanted."""
        if body is None and pipeline == 1:
            return None
        if (body, pipeline) not in self.scripts:
            with tempfile.NamedTemporaryFile("w", suffix=".lua", delete=False) as out:
                if body is not None:
                    out.write('wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\n'
                              f"wrk.body = [==[{body}]==]\n")
                if pipeline > 1:
                    out.write("local all\n"
                              f"function init() local one = {{}}; for i = 1, {pipeline} do one[i] = wrk.format() end; "
                              "all = table.concat(one) end\nfunction request() return all end\n")
            self.scripts[body, pipeline] = out.name
        return self.scripts[body, pipeline]

    @staticmethod
    def whole(seconds):
        """wrk knows whole seconds only."""
        return max(1, round(seconds))

    def how(self, test, seconds):
        _, path, body, pipeline = test
        return types.SimpleNamespace(load_cpus=self.options.load_cpus, script=self.script(body, pipeline), path=path,
                                     seconds=self.whole(seconds), allocation=False)

    def run(self, server, test, seconds):
        SIDE_BY_SIDE.wrk(server.port, self.options.connections, self.whole(seconds), self.how(test, seconds))

    def measure(self, server, test, seconds):
        run = SIDE_BY_SIDE.measure(server, self.options.connections, self.how(test, seconds))
        run["system_us"] = run["cpu_us"] - run["user_us"]
        del run["bytes"]
        return run

    def close(self):
        for name in self.scripts.values():
            os.unlink(name)


class Builtin:
    """A closed loop over a few connections in this process. Its figures prove that a run works, and nothing else."""

    name = "builtin"
    CONNECTIONS = 2

    def __init__(self, options):
        self.options = options

    def run(self, server, test, seconds):
        return self.load(server, test, seconds)

    def load(self, server, test, seconds):
        _, path, body, _ = test
        tallies = [[] for _ in range(self.CONNECTIONS)]
        failed = []

        def loop(tally):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
            end = time.monotonic() + seconds
            try:
                while time.monotonic() < end:
                    begin = time.perf_counter()
                    status = ask(connection, path, body)[0]
                    tally.append(time.perf_counter() - begin)
                    if status != 200:
                        failed.append(status)
            except (OSError, http.client.HTTPException) as failure:
                failed.append(failure)

        threads = [threading.Thread(target=loop, args=(tally,)) for tally in tallies]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(time for tally in tallies for time in tally), failed

    def measure(self, server, test, seconds):
        user, system = server.cpu_seconds()
        times, failed = self.load(server, test, seconds)
        user_end, system_end = server.cpu_seconds()
        if not times:
            sys.exit(f"no answer from {server.name}: {failed[:1]}")
        requests = len(times)
        return {"requests": requests, "per_second": requests / seconds,
                "cpu_us": (user_end - user + system_end - system) / requests * 1e6,
                "user_us": (user_end - user) / requests * 1e6,
                "system_us": (system_end - system) / requests * 1e6,
                "p50_us": statistics.median(times) * 1e6, "p99_us": times[int(requests * 0.99)] * 1e6,
                "errors": str(failed[0]) if failed else None, "not_2xx": len(failed)}

    def close(self):
        pass


def ask(connection, path, body):
    """Status, body and number of bytes in the head of one answer."""
    headers = {"Content-Type": "application/json"} if body is not None else {}
    connection.request("GET" if body is None else "POST", path, body, headers)
    answer = connection.getresponse()
    data = answer.read()
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 19
    return answer.status, data, head


def open_loop(server, rate, path, seconds, options):
    """The report of one stream at a constant rate, latencies from when a request was due; None where the tool failed."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        words = ["taskset", "-c", options.load_cpus, os.path.join(HERE, "open-loop"), "--built", "--port", str(server.port),
                 "--seconds", f"{seconds:.0f}", "--warm", "2", "--timeout", "1s", "--connections", "1000", "--json", out.name,
                 "--stream", f"load={rate:.3f}/s:{path}"]
        if subprocess.run(words, stdout=subprocess.DEVNULL, check=False).returncode:
            return None
        stream = json.load(out)["streams"][0]
    return {"offered": rate, "goodput": stream["goodput"], "p50_ms": stream["ok"]["p50"], "p99_ms": stream["ok"]["p99"],
            "refused": stream["refused"]["count"] / seconds,
            "unanswered": (stream["timedOut"] + stream["dropped"] + stream["failed"] + stream["other"]) / seconds}
