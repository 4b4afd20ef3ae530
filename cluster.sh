#!/usr/bin/env bash
# A cluster on this machine, on loopback: PostgreSQL, N silos (default 3) and a gateway, under data/cluster.
#   ./cluster.sh up [N]    installs PostgreSQL 15 if it is missing, builds, starts what does not run yet, waits until everything is ready
#   ./cluster.sh down      stops everything that up started; the data stays
#   ./cluster.sh status    what runs
set -euo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
home="$PWD/data/cluster"
pg_bin=/usr/lib/postgresql/15/bin
pg_port="${HOTLINE_PG_PORT:-5439}"
gateway_port=5080
patience=90

say() { echo "cluster.sh: $*" >&2; }
fail() { say "$*"; exit 1; }

# PostgreSQL refuses to run as root.
as_server() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# A recorded pid counts only while it is still the process that was started: pids are used again.
runs() {
  local file="$home/$1.pid" pid
  [ -f "$file" ] || return 1
  read -r pid < "$file"
  [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' < "/proc/$pid/cmdline" 2> /dev/null | grep -qF "$2"
}

postgres_runs() { [ -d "$home/pg" ] && as_server "$pg_bin/pg_ctl" -D "$home/pg" status > /dev/null 2>&1; }

answers() { curl -fs -m 3 -o /dev/null "http://127.0.0.1:$1/health/ready"; }

install_postgres() {
  local missing=() as_root=""
  [ -x "$pg_bin/initdb" ] || missing+=(postgresql-15)
  command -v curl > /dev/null || missing+=(curl)
  [ "${#missing[@]}" -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || as_root=sudo
  say "installing ${missing[*]}"
  $as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
}

start_postgres() {
  if [ ! -f "$home/pg/PG_VERSION" ]; then
    rm -rf "$home/pg"
    mkdir -p "$home/pg"
    if [ "$(id -u)" = 0 ]; then
      chown postgres "$home/pg"
      as_server test -x "$home" || fail "the user postgres cannot enter $home; put the repository where others may pass (chmod o+x the folders above it)"
    fi
    # The password is this cluster's own and lies readable by its owner only.
    (umask 077; head -c 24 /dev/urandom | base64 | tr -d '/+=' > "$home/pg.password")
    install -m 600 "$home/pg.password" "$home/pg.first"
    [ "$(id -u)" != 0 ] || chown postgres "$home/pg.first"
    (cd / && as_server "$pg_bin/initdb" -D "$home/pg" -U hotline -A scram-sha-256 -E UTF8 --locale=C.UTF-8 --pwfile="$home/pg.first" > /dev/null) \
      || fail "initdb failed"
    rm -f "$home/pg.first"
  fi
  if ! postgres_runs; then
    # fsync, full_page_writes and synchronous_commit stay on, as PostgreSQL has them: the silos refuse to start otherwise.
    (cd / && as_server "$pg_bin/pg_ctl" -D "$home/pg" -w -t "$patience" -l "$home/pg/server.log" \
      -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=400" start > /dev/null) \
      || fail "PostgreSQL did not start, see $home/pg/server.log (is port $pg_port in use? set HOTLINE_PG_PORT)"
  fi
  export PGPASSWORD
  PGPASSWORD=$(cat "$home/pg.password")
  local psql=("$pg_bin/psql" -h 127.0.0.1 -p "$pg_port" -U hotline -qAt)
  [ "$("${psql[@]}" -d postgres -c "SELECT 1 FROM pg_database WHERE datname = 'hotline'")" = 1 ] \
    || "${psql[@]}" -d postgres -c "CREATE DATABASE hotline"
}

# start NAME PROGRAM PORT [VARIABLE=VALUE ...]
start() {
  local name=$1 program=$2 port=$3
  shift 3
  if runs "$name" "$program"; then return 0; fi
  if answers "$port"; then fail "port $port is used by another service"; fi
  env "$@" ASPNETCORE_URLS="http://127.0.0.1:$port" setsid nohup dotnet "$program" >> "$home/$name.log" 2>&1 < /dev/null &
  echo $! > "$home/$name.pid"
}

await() {
  local name=$1 program=$2 port=$3 until=$((SECONDS + patience))
  until answers "$port"; do
    runs "$name" "$program" || fail "$name ended: $(tail -n 3 "$home/$name.log")"
    [ "$SECONDS" -lt "$until" ] || fail "$name was not ready within $patience s, see $home/$name.log"
    sleep 0.2
  done
}

up() {
  local count=${1:-3} i
  [[ "$count" =~ ^[1-9]$ ]] || fail "how many silos? 1 to 9"
  mkdir -p "$home"
  # Two at once would start everything twice.
  exec 9> "$home/lock"
  flock -n 9 || fail "another ./cluster.sh is at work"
  install_postgres
  start_postgres 9>&-
  [ -f "$home/key" ] || (umask 077; echo "hk_$(head -c 32 /dev/urandom | base64 | tr '/+' '_-' | tr -d '=')" > "$home/key")
  dotnet build src/Silo -c Release -v quiet --nologo > "$home/build.log" 2>&1 9>&- || fail "the build failed: $(grep -m 3 error "$home/build.log")"

  local silo="$PWD/src/Silo/bin/Release/net10.0/Hotline.Silo.dll" gateway="$PWD/src/Api/bin/Release/net10.0/Hotline.Api.dll"
  export HOTLINE_POSTGRES="Host=127.0.0.1;Port=$pg_port;Username=hotline;Password=$PGPASSWORD;Database=hotline"
  export HOTLINE_BOOTSTRAP_KEY
  HOTLINE_BOOTSTRAP_KEY=$(cat "$home/key")
  for i in $(seq "$count"); do
    start "silo$i" "$silo" $((gateway_port + i)) HOTLINE_DATA="$home/silo$i" HOTLINE_SILO_PORT=$((11110 + i)) HOTLINE_GATEWAY_PORT=$((30000 + i)) 9>&-
  done
  start gateway "$gateway" "$gateway_port" 9>&-
  for i in $(seq "$count"); do await "silo$i" "$silo" $((gateway_port + i)); done
  await gateway "$gateway" "$gateway_port"
  status
  echo "API key (X-Api-Key): $HOTLINE_BOOTSTRAP_KEY"
}

stop() {
  local name=$1 program=$2 pid until=$((SECONDS + 40))
  if runs "$name" "$program"; then
    read -r pid < "$home/$name.pid"
    kill "$pid" 2> /dev/null || true
    while runs "$name" "$program" && [ "$SECONDS" -lt "$until" ]; do sleep 0.2; done
    if runs "$name" "$program"; then kill -9 "$pid" 2> /dev/null || true; fi
    echo "$name stopped"
  fi
  rm -f "$home/$name.pid"
}

down() {
  local file
  [ -d "$home" ] || { echo "nothing was ever started"; return 0; }
  stop gateway Hotline.Api.dll
  for file in "$home"/silo*.pid; do
    [ -f "$file" ] && stop "$(basename "$file" .pid)" Hotline.Silo.dll
  done
  if postgres_runs; then
    (cd / && as_server "$pg_bin/pg_ctl" -D "$home/pg" -m fast -w stop > /dev/null) && echo "PostgreSQL stopped"
  fi
}

line() { if answers "$2"; then echo "$1: ready, http://127.0.0.1:$2/  Swagger http://127.0.0.1:$2/swagger"; else echo "$1: not ready, see $home/$1.log"; fi; }

status() {
  local file name
  if postgres_runs; then echo "PostgreSQL: runs on 127.0.0.1:$pg_port"; else echo "PostgreSQL: stopped"; fi
  if runs gateway Hotline.Api.dll; then line gateway "$gateway_port"; else echo "gateway: stopped"; fi
  for file in "$home"/silo*.pid; do
    [ -f "$file" ] || continue
    name=$(basename "$file" .pid)
    if runs "$name" Hotline.Silo.dll; then line "$name" $((gateway_port + ${name#silo})); else echo "$name: ended, see $home/$name.log"; fi
  done
}

case "${1:-}" in
  up) up "${2:-3}" ;;
  down) down ;;
  status) status ;;
  *) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
