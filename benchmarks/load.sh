#!/usr/bin/env bash
# Starter against a controller by hand, on the same Tomcat, in turn: requests a second, and CPU seconds for 10,000 requests.
# Needs wrk. Usage: benchmarks/load.sh [rounds] [seconds to warm] [seconds to measure]
. "$(dirname "$0")/wrk.sh"

for round in $(seq "$rounds"); do
  echo "round $round"
  start ByHandServer
  for body in login small large; do load "by hand, $body" "/$body" "$body"; done
  stop
  start StarterServer
  load "starter, login" /hasura/actions login
  for body in small large narrow; do load "starter, $body" /hasura/events "$body"; done
  stop
done
