# Sourced by ./quickstart, ./verify and .ci/run: finds Maven and a JDK, or says in one sentence what is missing.

MAVEN_MINIMUM=3.6.3
JDK_MINIMUM=17

fail() {
    echo "$1" >&2
    exit 1
}

# The major version of the JDK in directory $1, or nothing.
jdk_major() {
    [ -x "$1/bin/javac" ] || return 0
    { "$1/bin/javac" -version 2>&1 || true; } | sed -nE 's/^javac (1\.)?([0-9]+).*/\2/p'
}

# The directory of the JDK that Maven will use: JAVA_HOME, else the one of the javac on the PATH.
jdk_home() {
    if [ -n "${JAVA_HOME:-}" ]; then
        echo "$JAVA_HOME"
    elif [ -x /usr/libexec/java_home ] && /usr/libexec/java_home >/dev/null 2>&1; then
        /usr/libexec/java_home
    elif command -v javac >/dev/null; then
        local javac
        javac=$(command -v javac)
        while [ -L "$javac" ]; do
            local target
            target=$(readlink "$javac")
            case $target in
                /*) javac=$target ;;
                *) javac=$(dirname "$javac")/$target ;;
            esac
        done
        (cd "$(dirname "$javac")/.." && pwd -P)
    fi
}

require_jdk() {
    local home major
    home=$(jdk_home)
    major=$(jdk_major "${home:-/nonexistent}")
    if [ -z "$major" ] || [ "$major" -lt "$JDK_MINIMUM" ]; then
        fail "No JDK $JDK_MINIMUM or newer found (javac: ${major:-none}); install one and put it on the PATH, or set JAVA_HOME."
    fi
    export JAVA_HOME=$home
    # Maven's own libraries use Unsafe, and a JDK from 24 on warns of it; 23 is the first to know the switch.
    if [ "$major" -ge 24 ]; then
        export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"
    fi
}

maven_version() {
    command -v mvn >/dev/null || return 0
    { mvn --version 2>/dev/null || true; } | sed -nE 's/.*Apache Maven ([0-9]+\.[0-9]+\.[0-9]+).*/\1/p' | head -n 1
}

# True if version $1 (three numbers) is at least version $2.
at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = "$2" ]
}

maven_is_new_enough() {
    local version
    version=$(maven_version)
    [ -n "$version" ] && at_least "$version" "$MAVEN_MINIMUM"
}

install_maven() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        as_root=(sudo -n)
    fi
    if command -v brew >/dev/null; then
        brew install maven
    elif [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then
        return 1
    elif command -v apt-get >/dev/null; then
        "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends maven
    elif command -v dnf >/dev/null; then
        "${as_root[@]}" dnf install -y maven
    elif command -v apk >/dev/null; then
        "${as_root[@]}" apk add maven
    else
        return 1
    fi
}

require_maven() {
    maven_is_new_enough && return
    if [ -z "$(maven_version)" ]; then
        echo "Maven is missing; installing it with the system's package manager." >&2
        install_maven >&2 || true
        hash -r
    fi
    if ! maven_is_new_enough; then
        local version
        version=$(maven_version)
        fail "No Maven $MAVEN_MINIMUM or newer found (mvn: ${version:-none}); install it and put mvn on the PATH."
    fi
}

require_jdk
require_maven
