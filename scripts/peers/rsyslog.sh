#!/usr/bin/env bash
# rsyslog, which writes each message that it parsed as a line of JSON: once over TCP, once over TLS.
set -Eeu
trap 'echo "rsyslog: line $LINENO: $BASH_COMMAND" >&2' ERR
# Where Debian keeps daemons, also for those who are not root.
PATH=$PATH:/usr/sbin:/sbin
usage() { echo "usage: $0 packages | installed | start DIR TCP_PORT TLS_PORT | stop DIR" >&2; exit 2; }

start() {
  local tcp=$2 tls=$3
  mkdir -p "$1"
  cd "$1"
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout key.pem -out cert.pem 2>/dev/null
  : >out.log
  cat >rsyslog.conf <<CONF
global(
  workDirectory="$PWD"
  maxMessageSize="64k"
  defaultNetstreamDriverCAFile="$PWD/cert.pem"
  defaultNetstreamDriverCertFile="$PWD/cert.pem"
  defaultNetstreamDriverKeyFile="$PWD/key.pem"
)
module(load="imptcp")
module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon")
template(name="parsed" type="list") { property(name="jsonmesg") constant(value="\n") }
ruleset(name="keep") { action(type="omfile" file="$PWD/out.log" template="parsed") }
input(type="imptcp" address="127.0.0.1" port="$tcp" supportOctetCountedFraming="on" ruleset="keep")
input(type="imtcp" address="127.0.0.1" port="$tls" ruleset="keep")
CONF
  rsyslogd -f "$PWD/rsyslog.conf" -i "$PWD/rsyslog.pid" >rsyslog.out 2>&1
  for _ in $(seq 100); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$tls") 2>/dev/null; then
      printf '{"host":"127.0.0.1","port":%s,"tlsPort":%s,"caFile":"%s","log":"%s"}\n' \
        "$tcp" "$tls" "$PWD/cert.pem" "$PWD/out.log" >peer.json
      return
    fi
    sleep 0.1
  done
  echo "rsyslog did not open its ports" >&2
  exit 1
}

case "${1:-}" in
packages) echo rsyslog rsyslog-gnutls openssl ;;
installed)
  command -v rsyslogd >/dev/null && command -v openssl >/dev/null &&
    find /usr/lib -name lmnsd_gtls.so 2>/dev/null | grep -q .
  ;;
start) [ $# -eq 4 ] || usage; start "$2" "$3" "$4" ;;
stop) [ $# -eq 2 ] || usage; [ ! -f "$2/rsyslog.pid" ] || kill "$(cat "$2/rsyslog.pid")" 2>/dev/null || true ;;
*) usage ;;
esac
