# Sourced by .ci/run: installs Chromium and its driver for the test of the quickstart's page, or says what is missing.

require_browser() {
    local missing=()
    [ -x /usr/bin/chromium ] || missing+=(chromium)
    [ -x /usr/bin/chromedriver ] || missing+=(chromedriver)
    [ ${#missing[@]} -eq 0 ] && return
    echo "Missing for the test of the page: ${missing[*]}; installing with the system's package manager." >&2
    install_browser >&2 || true
    if [ ! -x /usr/bin/chromium ] || [ ! -x /usr/bin/chromedriver ]; then
        fail "No /usr/bin/chromium and /usr/bin/chromedriver; install them, or run ./verify, which skips the test of the page without them."
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
