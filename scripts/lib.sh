# SPDX-FileCopyrightText: 2026 Glasshouse authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034
# What the scripts share: what has to be installed, and how a preset is built.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit
export LC_ALL=C.UTF-8
# CMake takes the launcher from the environment when a build folder is new.
if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}
    # Or it would leave everything alone that is built with precompiled headers.
    export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS-pch_defines,time_macros}
fi

say() { printf '== %s %s\n' "$(date +%H:%M:%S)" "$*"; }
die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Debian's packages, one a word. "package:command": the command is enough, wherever it came from.
# qt6-base-dev brings Widgets, Network, Sql and Test, and the plug-ins for X11 and offscreen, but no driver for SQLite.
build_needs=(g++:g++ cmake:cmake ninja-build:ninja qt6-base-dev libqt6sql6-sqlite qt6-websockets-dev libssl-dev libxxhash-dev zlib1g-dev
    libqrcodegencpp-dev prometheus-cpp-dev libre2-dev libedit-dev)
# Without a font a window shows nothing but boxes.
window_needs=(libgl-dev fonts-dejavu-core)
fuzz_needs=(clang:clang++ libclang-rt-14-dev llvm:llvm-symbolizer)
browser_needs=(nodejs:node npm:npm ca-certificates chromium:chromium xvfb:Xvfb xdotool:xdotool imagemagick:import zbar-tools:zbarimg)
# Other people's clients, beside those that npm brings.
client_needs=(curl:curl python3-websockets python3-websocket python3-tornado)
proxy_needs=(nginx-light:nginx haproxy:haproxy caddy:caddy openssl:openssl)
check_needs=(clang-format:clang-format clang-tidy:clang-tidy shellcheck:shellcheck)
network_needs=(iproute2:ip)
link_needs=(lld:ld.lld)
bench_needs=(nodejs:node npm:npm ca-certificates util-linux:taskset)

explain_setup() {
    cat >&2 <<'TEXT'
This system has no apt, so install these yourself and start again:
  macOS     brew install cmake ninja qt openssl xxhash zlib prometheus-cpp re2 libedit vcpkg      (tests: node, and Chrome or Chromium)
            vcpkg install nayuki-qr-code-generator, and the environment
            CMAKE_PREFIX_PATH=<vcpkg>/installed/<arm64-osx or x64-osx>
  Fedora    dnf install gcc-c++ cmake ninja-build qt6-qtbase-devel qt6-qtwebsockets-devel openssl-devel xxhash-devel
            zlib-devel libqrcodegencpp-devel prometheus-cpp-devel re2-devel libedit-devel      (tests: nodejs npm chromium clang compiler-rt)
  Windows   vcpkg install qtbase qtwebsockets openssl xxhash zlib prometheus-cpp re2 nayuki-qr-code-generator, CMake 3.25 or newer, Visual Studio 2022; then
            cmake --preset release -DCMAKE_TOOLCHAIN_FILE=<vcpkg>/scripts/buildsystems/vcpkg.cmake
TEXT
}

# Prints which of the needs are not there; asks dpkg once for all.
missing_needs() {
    local need installed wanted=()
    for need in "$@"; do
        if [[ $need == *:* ]]; then
            command -v "${need#*:}" >/dev/null || printf '%s\n' "${need%%:*}"
        else
            wanted+=("$need")
        fi
    done
    [[ ${#wanted[@]} -gt 0 ]] || return 0
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)
    for need in "${wanted[@]}"; do
        grep -qx "installed $need" <<<"$installed" || printf '%s\n' "$need"
    done
}

# need_packages NEED...: installs what is missing. GLASSHOUSE_NO_SETUP=1 leaves the system alone.
need_packages() {
    [[ -z ${GLASSHOUSE_NO_SETUP:-} ]] || return 0
    if ! command -v apt-get >/dev/null; then
        if ! command -v cmake >/dev/null || ! command -v ninja >/dev/null; then
            explain_setup
            exit 1
        fi
        return 0
    fi
    local missing=() run=()
    mapfile -t missing < <(missing_needs "$@")
    [[ ${#missing[@]} -gt 0 ]] || return 0
    if [[ $(id -u) -ne 0 ]]; then
        if ! command -v sudo >/dev/null; then
            die "these packages are missing and there is no sudo. As root: apt-get install --no-install-recommends ${missing[*]}"
        fi
        run=(sudo)
    fi
    say "installing ${missing[*]}"
    if [[ -z ${apt_is_fresh:-} ]]; then
        "${run[@]}" apt-get update -qq
        apt_is_fresh=1
    fi
    "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
        >/dev/null || die "apt-get could not install: ${missing[*]}"
}

# build_preset PRESET [TARGET...]: configures once, then builds what changed.
build_preset() {
    local preset=$1
    shift
    local log=build/$preset.log
    mkdir -p build
    if [[ ! -f build/$preset/build.ninja ]]; then
        say "configuring build/$preset"
        # The usual linker takes several times as long, and the tests are more than two hundred programs. A release is optimised
        # across files, which this one can not do with what GCC compiles.
        [[ $preset == @(release|bench) ]] || ! command -v ld.lld >/dev/null || export LDFLAGS="${LDFLAGS:--fuse-ld=lld}"
        cmake --preset "$preset" >"$log" 2>&1 || {
            cat "$log" >&2
            command -v apt-get >/dev/null || explain_setup
            die "CMake could not configure build/$preset"
        }
    fi
    local targets=()
    [[ $# -eq 0 ]] || targets=(--target "$@")
    if [[ -d build/$preset/app ]]; then
        say "building build/$preset"
    else
        say "building build/$preset (the first time takes five to ten minutes; how far it is: $log)"
    fi
    cmake --build "build/$preset" "${targets[@]}" >"$log" 2>&1 || {
        grep -E -A6 '(error|warning): ' "$log" | head -n 60 >&2
        die "the build failed; all of it is in $log"
    }
}

# Node packages of a folder, into build/, so that the tree stays as it is.
install_node_packages() {
    local from=$1 to=$2
    mkdir -p "$to"
    if cmp -s "$from/package.json" "$to/package.json" && [[ -d $to/node_modules ]]; then
        return 0
    fi
    say "installing the Node packages of $from"
    rm -rf "$to/node_modules"
    (cp "$from/package.json" "$to/.package.json.new" && cd "$to" && mv .package.json.new package.json &&
        npm install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null) || {
        rm -f "$to/package.json"
        die "npm could not install the packages of $from"
    }
}
