#!/usr/bin/env bash
# How long the starter takes to the first answer, beside the controller by hand: milliseconds and CPU seconds, in turn.
# Usage: benchmarks/startup.sh [rounds]
set -euo pipefail
cd "$(dirname "$0")"
rounds=${1:-7}
[ -f target/classpath.txt ] || { echo "build first: mvn -Pbenchmarks -pl benchmarks -am package -DskipTests" >&2; exit 1; }
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classpath="target/classes:$(cat target/classpath.txt)"
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
"$java" -cp "$classpath" io.github.hasura4j.benchmarks.Bodies "$work"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

start() { # main class, path
  local begin
  begin=$(date +%s%N)
  "$java" -Xmx512m -cp "$classpath" "io.github.hasura4j.benchmarks.$1" --server.address=127.0.0.1 --server.port="$port" \
    --hasura.webhook.secret=benchmark-secret-0123456789 --logging.level.root=warn --spring.main.banner-mode=off >"$work/server.log" 2>&1 &
  server=$!
  until [ "$(curl -s -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' \
      -H 'X-Webhook-Secret: benchmark-secret-0123456789' --data-binary "@$work/login.json" "http://127.0.0.1:$port$2")" = 200 ]; do
    kill -0 "$server" || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.01
  done
  echo "$1 $(( ($(date +%s%N) - begin) / 1000000 )) $(awk -v hz="$(getconf CLK_TCK)" '{ print ($14 + $15) / hz }' "/proc/$server/stat")"
  kill "$server"; wait "$server" 2>/dev/null || true
  server=
}

for _ in $(seq "$rounds"); do
  start ByHandServer /login
  start StarterServer /hasura/actions
done | tee "$work/times"
median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }
for main in ByHandServer StarterServer; do
  echo "$main: median $(awk -v main="$main" '$1 == main { print $2 }' "$work/times" | median) ms," \
    "$(awk -v main="$main" '$1 == main { print $3 }' "$work/times" | median) CPU s"
done
