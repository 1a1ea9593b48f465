#!/usr/bin/env bash
# Installs what the peers of the tests need and is missing, from Debian's packages. Does nothing where it can't:
# the tests of a missing peer are then reported as skipped, by its name.
set -u
cd "$(dirname "$0")" || exit 1

missing=()
for peer in rsyslog aiosmtpd postfix radosgw swift desktop; do
  "./$peer.sh" installed || missing+=("$peer")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Not installed: ${missing[*]}. Their Debian packages are installed by root only." >&2
  exit 0
fi

# The packages bring services of their own, which must not start.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi

export DEBIAN_FRONTEND=noninteractive
timeout 120 apt-get update -qq
for peer in "${missing[@]}"; do
  read -ra packages <<<"$("./$peer.sh" packages)"
  timeout 600 apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null ||
    echo "Could not install the peer $peer." >&2
done
