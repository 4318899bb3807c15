"""The servers and the tests of compare-all: how each server is built and started, and what it has to answer."""
import glob
import json
import os
import re
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(HERE, "peers")
ROOT = os.path.dirname(HERE)
PACKAGE = "io.fasterapi.bench.peers"
WEBFLUX = ("spring-webflux", "webflux.WebFluxServer")
INLINE, CORE = "--fasterapi.placement.default=inline", "--fasterapi.placement.default=core"
FILTERS, OFF = "--spring.profiles.active=filters", "--fasterapi.enabled=false"

# Name: title, (module, main class), arguments after the port, the artifacts whose versions are shown.
SERVERS = {
    "stock": ("WebFlux, stock", WEBFLUX, [OFF], ["spring-webflux", "spring-boot"]),
    "auto": ("FasterAPI, auto", WEBFLUX, [], ["spring-webflux", "spring-boot"]),
    "inline": ("FasterAPI, inline", WEBFLUX, [INLINE], ["spring-webflux", "spring-boot"]),
    "core": ("FasterAPI, core", WEBFLUX, [CORE], ["spring-webflux", "spring-boot"]),
    "routes": ("FasterAPI, fast routes inline", WEBFLUX, [INLINE, "--spring.profiles.active=routes"],
               ["spring-webflux", "spring-boot"]),
    "webflux": ("FasterAPI, WebFlux lane", WEBFLUX, ["--fasterapi.fast-lane.controllers=off"],
                ["spring-webflux", "spring-boot"]),
    "stock-filters": ("WebFlux, stock, 2 filters", WEBFLUX, [OFF, FILTERS], ["spring-webflux", "spring-boot"]),
    "filtered": ("FasterAPI, auto, 2 filters", WEBFLUX, [FILTERS], ["spring-webflux", "spring-boot"]),
    "mvc": ("Spring MVC, virtual threads", ("spring-mvc", "mvc.MvcServer"), [],
            ["spring-webmvc", "tomcat-embed-core"]),
    "netty": ("Netty", ("netty", "netty.NettyServer"), [], ["netty-codec-http"]),
    "reactor-netty": ("Reactor Netty", ("reactor-netty", "reactornetty.ReactorNettyServer"), [],
                      ["reactor-netty-http"]),
    "vertx": ("Vert.x", ("vertx", "vertx.VertxServer"), [], ["vertx-web"]),
    "quarkus": ("Quarkus REST", ("quarkus", None), [], ["io.quarkus.quarkus-rest"]),
    "micronaut": ("Micronaut", ("micronaut", "micronaut.MicronautServer"), [], ["micronaut-http-server-netty"]),
    "helidon": ("Helidon SE", ("helidon", "helidon.HelidonServer"), [], ["helidon-webserver"]),
    "armeria": ("Armeria", ("armeria", "armeria.ArmeriaServer"), [], ["armeria"]),
}
OF_ROOT = {"spring-webflux", "spring-mvc"}

ORDER = json.dumps({
    "address": "12 Long Street, 8001 Zurich", "customer": "Ada Lovelace", "express": True, "id": 1234567,
    "items": ["keyboard", "screen", "cable"], "note": "ring twice, the bell is slow", "price": 249.95,
    "quantity": 3}, separators=(",", ":"))
HELLO = "Hello, World!"
PIPELINE = 16

# Name: title, path, body to POST, requests written at once.
TESTS = {
    "plaintext": ("Plain text", "/plaintext", None, 1),
    "pipelined": (f"Plain text, {PIPELINE} requests pipelined", "/plaintext", None, PIPELINE),
    "json": ("JSON", "/json", None, 1),
    "path": ("Path variable", "/users/42", None, 1),
    "echo": (f"POST, {len(ORDER)} bytes of JSON read and written", "/echo", ORDER, 1),
    "db": ("One row of PostgreSQL", "/db", None, 1),
}


def wrong(test, body):
    """What is wrong with a body, or None."""
    if test in ("plaintext", "pipelined"):
        return None if body == HELLO.encode() else f"{body[:80]!r} (expected: {HELLO})"
    try:
        found = json.loads(body)
    except ValueError:
        return f"no JSON: {body[:80]!r}"
    if test == "db":
        row = found.get("id", 0)
        expected = {"id": row, "randomNumber": row * 7919 % 10000 + 1}
        return None if 1 <= row <= 10000 and found == expected else f"{found} (expected: {expected})"
    expected = {"json": {"message": HELLO}, "path": {"id": 42, "name": "user 42"}, "echo": json.loads(ORDER)}[test]
    return None if found == expected else f"{found} (expected: {expected})"


def newest_jdk():
    """The newest JDK beside the default one."""
    home = os.environ.get("JAVA_HOME")
    if not home:
        javac = subprocess.run(["which", "javac"], capture_output=True, text=True, check=False).stdout.strip()
        home = os.path.dirname(os.path.dirname(os.path.realpath(javac))) if javac else "/usr"
    found = {major(each): each for each in [*glob.glob(os.path.join(os.path.dirname(home), "*")), home] if major(each)}
    return found[max(found)] if found else home


def major(home):
    javac = os.path.join(home, "bin", "javac")
    if not os.access(javac, os.X_OK):
        return 0
    output = subprocess.run([javac, "-version"], capture_output=True, text=True, check=False)
    match = re.search(r"javac (?:1\.)?(\d+)", output.stdout + output.stderr)
    return int(match[1]) if match else 0


def build(modules, jdk, log):
    """Builds modules, each by itself, and returns why not for those that could not be built."""
    failed = {}
    ours = [module for module in modules if module in OF_ROOT]
    others = [module for module in modules if module not in OF_ROOT]
    for module in modules:
        for stale in ("peer.jar", os.path.join("quarkus-app", "quarkus-run.jar")):
            file = os.path.join(PEERS, module, "target", stale)
            if os.path.exists(file):
                os.unlink(file)
    quiet = ["mvn", "-B", "-ntp", "-q", "-fae", "package", "-am"]
    with open(log, "w") as out:
        if ours:
            # With the tests of the modules before them, whose jars are dependencies; they are not run.
            run([*quiet, "-P", "peers", "-DskipTests", "-pl", ",".join(f"fasterapi-bench/peers/{each}" for each in ours)],
                jdk, out)
        if others:
            run([*quiet, "-f", os.path.join(PEERS, "pom.xml"), "-pl", ",".join(others)], jdk, out)
        for module in others:
            if not jars(module):  # by itself, in case another one stood in its way
                run([*quiet, "-f", os.path.join(PEERS, "pom.xml"), "-pl", module], jdk, out)
    with open(log) as text:
        said = text.read()
    for module in modules:
        if not jars(module):
            reason = re.search(rf"\[ERROR\] .*peer-{module}\b.*", said)
            failed[module] = reason[0][8:300] if reason else f"the build failed, see {log}"
    return failed


def run(command, jdk, out):
    out.write(" ".join(command) + "\n")
    out.flush()
    environment = {**os.environ, "JAVA_HOME": jdk}
    if major(jdk) >= 24:
        environment["MAVEN_OPTS"] = os.environ.get("MAVEN_OPTS", "") + " --sun-misc-unsafe-memory-access=allow"
    subprocess.run(command, cwd=ROOT, env=environment, stdout=out, stderr=out, check=False)


def jars(module):
    target = os.path.join(PEERS, module, "target")
    found = glob.glob(os.path.join(target, "peer.jar")) + glob.glob(os.path.join(target, "lib", "*.jar"))
    run_jar = glob.glob(os.path.join(target, "quarkus-app", "quarkus-run.jar"))
    return run_jar or (found if any(jar.endswith("peer.jar") for jar in found) else [])


def java(jdk, flags):
    native = " --enable-native-access=ALL-UNNAMED" if major(jdk) >= 22 else ""
    return f"{jdk}/bin/java{native} {flags}"


def command(name, jdk, flags):
    """The command of a server, with PORT for its port."""
    _, (module, main), arguments, _ = SERVERS[name]
    target = os.path.relpath(os.path.join(PEERS, module, "target"))
    if main is None:
        return f"{java(jdk, flags)} -Dquarkus.http.port=PORT -jar {target}/quarkus-app/quarkus-run.jar"
    words = [java(jdk, flags), "-cp", f"{target}/peer.jar:{target}/lib/*", f"{PACKAGE}.{main}", "PORT", *arguments]
    return " ".join(words)


def versions(name):
    """The versions of what a server stands on, by its class path."""
    _, (module, _), _, artifacts = SERVERS[name]
    found = {}
    files = [os.path.basename(jar) for jar in glob.glob(os.path.join(PEERS, module, "target", "**", "*.jar"),
                                                         recursive=True)]
    for artifact in [*artifacts, "netty-common", "io.netty.netty-common"]:
        for file in files:
            match = re.fullmatch(rf"{re.escape(artifact)}-(\d[\w.]*?)(?:\.Final)?\.jar", file)
            if match:
                found[artifact.replace("io.quarkus.", "").replace("io.netty.", "")] = match[1]
    if "netty-common" in found:
        found["netty"] = found.pop("netty-common")
    return found
