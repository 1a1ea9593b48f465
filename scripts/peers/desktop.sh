#!/usr/bin/env bash
# A desktop for Debian's Chromium: a screen that nobody sees, a session bus, and on it a recorder in the place of the
# desktop's notifications. It says in a file what it was asked to show, and clicks a notification when told so.
set -Eeu
trap 'echo "desktop: line $LINENO: $BASH_COMMAND" >&2' ERR
here=$(cd "$(dirname "$0")" && pwd)
usage() { echo "usage: $0 packages | installed | start DIR | stop DIR" >&2; exit 2; }

start() {
  mkdir -p "$1"
  cd "$1"
  # A bus of its own, on which nothing is started by its name.
  cat >bus.conf <<CONF
<busconfig>
  <type>session</type>
  <listen>unix:path=$PWD/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONF
  setsid dbus-daemon --config-file="$PWD/bus.conf" --nofork --nopidfile >bus.log 2>&1 &
  echo $! >bus.pid
  setsid Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -noreset 3>display >screen.log 2>&1 &
  echo $! >screen.pid
  wait_for bus -S bus
  DBUS_SESSION_BUS_ADDRESS="unix:path=$PWD/bus" setsid /usr/bin/python3 "$here/desktop.py" shown >recorder.log 2>&1 &
  echo $! >recorder.pid
  wait_for screen -s display
  wait_for recorder -f shown
  printf '{"browser":"%s","display":":%s","bus":"unix:path=%s","log":"%s"}\n' \
    "$(command -v chromium)" "$(cat display)" "$PWD/bus" "$PWD/shown" >peer.json
}

wait_for() {
  for _ in $(seq 100); do
    [ ! "$2" "$3" ] || return 0
    sleep 0.1
  done
  echo "$1 did not start: $(tail -n 3 "$1.log")" >&2
  exit 1
}

stop() {
  local name
  for name in recorder screen bus; do
    [ ! -f "$1/$name.pid" ] || kill "$(cat "$1/$name.pid")" 2>/dev/null || true
  done
}

case "${1:-}" in
packages) echo chromium xvfb dbus python3-jeepney ;;
installed)
  command -v chromium >/dev/null && command -v Xvfb >/dev/null && command -v dbus-daemon >/dev/null &&
    command -v dbus-send >/dev/null && /usr/bin/python3 -c "import jeepney" 2>/dev/null
  ;;
start) [ $# -eq 2 ] || usage; start "$2" ;;
stop) [ $# -eq 2 ] || usage; stop "$2" ;;
*) usage ;;
esac
