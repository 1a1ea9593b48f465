#!/usr/bin/env bash
# Debian's Python with its SMTP server: takes every mail, plain or after STARTTLS, and keeps each as a file of a maildir.
set -Eeu
trap 'echo "aiosmtpd: line $LINENO: $BASH_COMMAND" >&2' ERR
# Where Debian keeps daemons, also for those who are not root.
PATH=$PATH:/usr/sbin:/sbin
usage() { echo "usage: $0 packages | installed | start DIR PORT | stop DIR" >&2; exit 2; }

start() {
  local port=$2
  mkdir -p "$1"
  cd "$1"
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout key.pem -out cert.pem 2>/dev/null
  PYTHONUNBUFFERED=1 setsid /usr/bin/python3 -m aiosmtpd --nosetuid --listen "127.0.0.1:$port" --tlscert cert.pem \
    --tlskey key.pem --no-requiretls --class aiosmtpd.handlers.Mailbox "$PWD/mail" >out.log 2>&1 &
  echo $! >aiosmtpd.pid
  for _ in $(seq 100); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '{"host":"127.0.0.1","port":%s,"caFile":"%s","mailDir":"%s"}\n' "$port" "$PWD/cert.pem" "$PWD/mail" >peer.json
      return
    fi
    sleep 0.1
  done
  echo "aiosmtpd did not open its port" >&2
  exit 1
}

case "${1:-}" in
packages) echo python3-aiosmtpd openssl ;;
installed) command -v openssl >/dev/null && /usr/bin/python3 -c "import aiosmtpd" 2>/dev/null ;;
start) [ $# -eq 3 ] || usage; start "$2" "$3" ;;
stop) [ $# -eq 2 ] || usage; [ ! -f "$2/aiosmtpd.pid" ] || kill "$(cat "$2/aiosmtpd.pid")" 2>/dev/null || true ;;
*) usage ;;
esac
