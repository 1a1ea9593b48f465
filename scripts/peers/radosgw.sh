#!/usr/bin/env bash
# Ceph's object gateway: S3 with conditional writes. A whole cluster of its own, kept in memory and in DIR.
set -Eeu
trap 'echo "radosgw: line $LINENO: $BASH_COMMAND" >&2' ERR
# Where Debian keeps daemons, also for those who are not root.
PATH=$PATH:/usr/sbin:/sbin
usage() { echo "usage: $0 packages | installed | start DIR HTTP_PORT MONITOR_PORT | stop DIR" >&2; exit 2; }

configure() {
  cat >ceph.conf <<CONF
[global]
fsid = $1
mon host = v1:127.0.0.1:$3/0
public addr = 127.0.0.1
ms bind msgr2 = false
auth cluster required = none
auth service required = none
auth client required = none
auth supported = none
run dir = $PWD/run
pid file = $PWD/run/\$name.pid
log file = $PWD/log/\$name.log
admin socket = $PWD/run/\$cluster-\$name.asok
osd objectstore = memstore
memstore device bytes = 1073741824
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon data avail warn = 2
mon data avail crit = 1
[mon.a]
mon data = $PWD/mon
[osd.0]
osd data = $PWD/osd
[mgr.x]
mgr data = $PWD/mgr
mgr initial modules =
[client.rgw.a]
rgw data = $PWD/rgw
rgw frontends = beast endpoint=127.0.0.1:$2
rgw dns name = localhost
CONF
}

start() {
  local http=$2 monitor=$3 cluster disk
  mkdir -p "$1"
  cd "$1"
  mkdir -p mon osd mgr rgw run log
  cluster=$(cat /proc/sys/kernel/random/uuid)
  disk=$(cat /proc/sys/kernel/random/uuid)
  configure "$cluster" "$http" "$monitor"
  export CEPH_CONF=$PWD/ceph.conf

  monmaptool --create --fsid "$cluster" --addv a "[v1:127.0.0.1:$monitor]" monmap >/dev/null
  ceph-mon -i a --mkfs --monmap monmap
  ceph-mon -i a >/dev/null
  # The monitor must know the disk's id before the disk is made.
  timeout 60 ceph osd new "$disk" >/dev/null
  ceph-osd -i 0 --mkfs --osd-uuid "$disk" >log/mkfs.out 2>&1
  timeout 60 ceph osd crush add osd.0 1.0 host=one root=default >/dev/null 2>&1
  ceph-osd -i 0 >log/osd.out 2>&1
  ceph-mgr -i x >log/mgr.out 2>&1
  timeout 120 radosgw-admin user create --uid=spoor --display-name=spoor \
    --access-key=SPOORTEST --secret-key=spoor-test-secret >log/user.out 2>&1
  setsid radosgw -n client.rgw.a -f >log/rgw.out 2>&1 &
  echo $! >run/rgw.pid
  for _ in $(seq 120); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$http") 2>/dev/null; then
      printf '{"endpoint":"http://127.0.0.1:%s","region":"us-east-1","accessKeyId":"SPOORTEST","secretAccessKey":"spoor-test-secret"}\n' \
        "$http" >peer.json
      return
    fi
    sleep 0.5
  done
  echo "radosgw did not open its port" >&2
  exit 1
}

case "${1:-}" in
packages) echo radosgw ceph-mon ceph-osd ceph-mgr ceph-common ;;
installed)
  for tool in radosgw radosgw-admin ceph ceph-mon ceph-osd ceph-mgr; do command -v "$tool" >/dev/null || exit 1; done
  ;;
start) [ $# -eq 4 ] || usage; start "$2" "$3" "$4" ;;
stop)
  [ $# -eq 2 ] || usage
  for daemon in rgw mgr.x osd.0 mon.a; do
    [ ! -f "$2/run/$daemon.pid" ] || kill "$(cat "$2/run/$daemon.pid")" 2>/dev/null || true
  done
  ;;
*) usage ;;
esac
