#!/usr/bin/env bash
# The price of each feature: the same handler without and with it, in one server, in turn: requests a second, and CPU seconds for 10,000.
# Needs wrk. Usage: benchmarks/features.sh [rounds] [seconds to warm] [seconds to measure]
heap=3g
. "$(dirname "$0")/wrk.sh"

for round in $(seq "$rounds"); do
  echo "round $round"
  start FeaturesServer --hasura.inbox.initialize-schema=true # A new one each time: the marks are in its memory.
  for feature in plain retried filtered skipped limited fetched plain published marked leased ordered plain; do
    load "$feature" /hasura/events "$feature"
  done
  stop
  start FeaturesServer --hasura.inbox.initialize-schema=true --hasura.loop-guard.max-hops=8
  load "plain with the loop guard" /hasura/events plain
  stop
done
