#!/usr/bin/env bash
# OpenStack Swift with its S3 interface, which knows no conditional writes. One disk, everything below DIR.
set -Eeu
trap 'echo "swift: line $LINENO: $BASH_COMMAND" >&2' ERR
# Where Debian keeps daemons, also for those who are not root.
PATH=$PATH:/usr/sbin:/sbin
usage() { echo "usage: $0 packages | installed | start DIR PROXY_PORT ACCOUNT_PORT CONTAINER_PORT OBJECT_PORT CACHE_PORT | stop DIR" >&2; exit 2; }

configure_proxy() {
  cat >proxy-server.conf <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $1
workers = 1
user = $(id -un)
swift_dir = $PWD
[pipeline:main]
pipeline = catch_errors proxy-logging cache listing_formats s3api tempauth slo dlo proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:proxy-logging]
# It also keeps bodies out of answers to HEAD.
use = egg:swift#proxy_logging
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:$2
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
s3_acl = false
check_bucket_owner = false
[filter:tempauth]
use = egg:swift#tempauth
user_spoor_test = spoor-test-secret .admin
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
CONF
}

configure_storage() {
  cat >"$1-server.conf" <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $2
workers = 1
user = $(id -un)
swift_dir = $PWD
devices = $PWD/disks
recon_cache_path = $PWD
mount_check = false
fallocate_reserve = 0
disable_fallocate = true
[pipeline:main]
pipeline = $1-server
[app:$1-server]
use = egg:swift#$1
CONF
  swift-ring-builder "$1.builder" create 4 1 1 >/dev/null
  swift-ring-builder "$1.builder" add "r1z1-127.0.0.1:$2/one" 1 >/dev/null
  # It warns, with status 1, that one disk is little.
  swift-ring-builder "$1.builder" rebalance >/dev/null || [ $? -eq 1 ]
}

# Its own launchers read /etc/swift only.
launch() {
  setsid /usr/bin/python3 - "$PWD" "$1" >"$1.log" 2>&1 <<'PYTHON' &
import sys
from swift.common import utils
utils.set_swift_dir(sys.argv[1])
from swift.common import storage_policy
storage_policy.reload_storage_policies()
from swift.common.wsgi import run_wsgi
sys.exit(run_wsgi(f"{sys.argv[1]}/{sys.argv[2]}-server.conf", f"{sys.argv[2]}-server", verbose=True))
PYTHON
  echo $! >"$1.pid"
}

are_open() {
  for port in "$@"; do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 1; done
}

start() {
  local proxy=$2
  mkdir -p "$1/disks/one"
  cd "$1"
  cat >swift.conf <<CONF
[swift-hash]
swift_hash_path_prefix = spoor
swift_hash_path_suffix = spoor
[storage-policy:0]
name = one
default = yes
CONF
  configure_proxy "$proxy" "$6"
  configure_storage account "$3"
  configure_storage container "$4"
  configure_storage object "$5"
  memcached -u "$(id -un)" -l 127.0.0.1 -p "$6" -U 0 -m 16 -d -P "$PWD/memcached.pid"
  for server in account container object proxy; do launch "$server"; done
  for _ in $(seq 120); do
    if are_open "$proxy" "$3" "$4" "$5"; then
      printf '{"endpoint":"http://127.0.0.1:%s","region":"us-east-1","accessKeyId":"spoor:test","secretAccessKey":"spoor-test-secret"}\n' \
        "$proxy" >peer.json
      return
    fi
    sleep 0.5
  done
  echo "swift did not open its ports" >&2
  exit 1
}

case "${1:-}" in
packages) echo swift-proxy swift-account swift-container swift-object memcached ;;
installed)
  for tool in swift-proxy-server swift-account-server swift-container-server swift-object-server swift-ring-builder memcached; do
    command -v "$tool" >/dev/null || exit 1
  done
  ;;
start) [ $# -eq 7 ] || usage; start "${@:2}" ;;
stop)
  [ $# -eq 2 ] || usage
  for file in "$2"/*.pid; do [ ! -f "$file" ] || kill "$(cat "$file")" 2>/dev/null || true; done
  ;;
*) usage ;;
esac
