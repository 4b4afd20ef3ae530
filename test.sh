#!/usr/bin/env bash
# Installs what the tests need on a bare Debian 12 (PostgreSQL, Chromium, a Chinese font), builds, and runs every test.
# Ends with "N passed, N failed". PostgreSQL and silos that tests start live in temporary folders on loopback and are stopped by the tests.
#
#   ./test.sh          everything, as CI runs it: about a quarter of an hour, 25 minutes at most
#   ./test.sh quick    the rules and the house, without any server: under 2 minutes
#   ./test.sh --long   everything, and the long rounds: every fault on both engines
set -euo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
what="--solution Orleans.sln" build=Orleans.sln seconds=1320
case "${1:-}" in
  "") ;;
  quick) what="--project tests/Rules.Tests" build=tests/Rules.Tests ;;
  --long) export HOTLINE_TEST_LONG=1 seconds=3600 ;;
  *) echo "Usage: ./test.sh [quick | --long]" >&2; exit 2 ;;
esac

missing=()
if [ "${1:-}" != quick ]; then
  [ -x /usr/lib/postgresql/15/bin/initdb ] || missing+=(postgresql-15)
  [ -x /usr/bin/chromium ] || missing+=(chromium)
  fc-list 2>/dev/null | grep -qiE 'noto.*cjk|wqy' || missing+=(fontconfig fonts-wqy-zenhei)
fi
if [ "${#missing[@]}" -gt 0 ]; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo"
  echo "Installing ${missing[*]}"
  $as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
fi

dotnet build "$build" -c Release -v quiet --nologo

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# shellcheck disable=SC2086
timeout --signal=INT --kill-after=20s "${TEST_SECONDS:-$seconds}" \
  dotnet test $what -c Release --no-build --max-parallel-test-modules 1 2>&1 | tee "$log" || status=$?

sum() { grep -oE "^ *$1: [0-9]+" "$log" | tail -n 1 | grep -oE '[0-9]+' || echo 0; }
passed=$(sum succeeded) failed=$(sum failed)
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
  failed=1 # The run itself broke off: a crash or the time limit.
fi
echo "$passed passed, $failed failed"
[ "$status" -eq 0 ] && [ "$failed" -eq 0 ]
