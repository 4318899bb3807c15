# Sourced by .ci/run: installs Chromium and its driver for the test of the quickstart's page.

# True if both are there in the end. A package server that does not answer is no fault of the code.
has_browser() {
    if [ ! -x /usr/bin/chromium ] || [ ! -x /usr/bin/chromedriver ]; then
        echo "Chromium or ChromeDriver is missing; installing with the system's package manager." >&2
        install_browser >&2 || true
    fi
    if [ ! -x /usr/bin/chromium ] || [ ! -x /usr/bin/chromedriver ]; then
        echo "WARNING: no /usr/bin/chromium and /usr/bin/chromedriver: the test of the quickstart's page is SKIPPED." >&2
        return 1
    fi
}

install_browser() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || return 1
        as_root=(sudo -n)
    fi
    if command -v apt-get >/dev/null; then
        "${as_root[@]}" apt-get update &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium chromium-driver
    elif command -v dnf >/dev/null; then
        "${as_root[@]}" dnf install -y chromium chromedriver
    elif command -v apk >/dev/null; then
        "${as_root[@]}" apk add chromium chromium-chromedriver
    else
        return 1
    fi
}
