# Sourced by load.sh and features.sh: starts servers and puts them under wrk. Arguments: [rounds] [seconds to warm] [seconds to measure]
set -euo pipefail
cd "$(dirname "$0")"
heap=${heap:-512m}
rounds=${1:-3} warm=${2:-15} measure=${3:-10}
[ -f target/classpath.txt ] || { echo "build first: mvn -Pbenchmarks -pl benchmarks -am package -DskipTests" >&2; exit 1; }
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classpath="target/classes:$(cat target/classpath.txt)"
bodies=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$bodies"' EXIT
"$java" -cp "$classpath" io.github.hasura4j.benchmarks.Bodies "$bodies"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cpu() { awk -v hz="$(getconf CLK_TCK)" '{ print ($14 + $15) / hz }' "/proc/$1/stat"; }

start() { # main class, further options
  local main=$1
  shift
  "$java" "-Xmx$heap" -cp "$classpath" "io.github.hasura4j.benchmarks.$main" --server.address=127.0.0.1 --server.port="$port" \
    --hasura.webhook.secret=benchmark-secret-0123456789 --logging.level.root=warn --spring.main.banner-mode=off "$@" >"$bodies/server.log" 2>&1 &
  server=$!
  for _ in $(seq 200); do
    curl -s -o /dev/null "http://127.0.0.1:$port/" && return
    kill -0 "$server" || { cat "$bodies/server.log" >&2; exit 1; }
    sleep 0.1
  done
}

load() { # label, path, body
  wrk -t1 -c32 -d"${warm}s" -s "$bodies/$3.lua" "http://127.0.0.1:$port$2" >/dev/null
  local before after out
  before=$(cpu "$server")
  out=$(wrk -t1 -c32 -d"${measure}s" --latency -s "$bodies/$3.lua" "http://127.0.0.1:$port$2")
  after=$(cpu "$server")
  if grep -q 'Non-2xx' <<<"$out"; then echo "$out" >&2; exit 1; fi
  awk -v label="$1" -v cpu="$(awk "BEGIN { print $after - $before }")" '
    /requests in/ { n = $1 } /Requests\/sec/ { rate = $2 } /50%/ { p50 = $2 } /99%/ { p99 = $2 }
    END { printf "%-28s %10.0f req/s  p50 %-8s p99 %-8s %6.3f CPU s / 10k\n", label, rate, p50, p99, cpu / n * 10000 }' <<<"$out"
}

stop() {
  kill "$server"; wait "$server" 2>/dev/null || true
  server=
}
