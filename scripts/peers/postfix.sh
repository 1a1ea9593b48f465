#!/usr/bin/env bash
# Debian's Postfix as an instance of its own, never the system's: takes mail after STARTTLS and a login (Cyrus SASL),
# and keeps each as a file of a maildir. Its daemons change their user, so only root can start it.
set -Eeu
trap 'echo "postfix: line $LINENO: $BASH_COMMAND" >&2' ERR
# Where Debian keeps daemons, also for those who are not root.
PATH=$PATH:/usr/sbin:/sbin
usage() { echo "usage: $0 packages | installed | start DIR PORT | stop DIR" >&2; exit 2; }

start() {
  local dir=$1 port=$2 home
  mkdir -p "$dir"
  # The run's folder is closed to Postfix's user, and socket names are short: so it has a home of its own.
  home=$(mktemp -d /tmp/spoor-postfix-XXXXXX)
  chmod 755 "$home"
  echo "$home" >"$dir/home"
  mkdir -p "$home/config/sasl" "$home/queue" "$home/data" "$home/mail"
  chown postfix "$home/data"
  chown nobody "$home/mail"
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout "$home/key.pem" -out "$home/cert.pem" 2>/dev/null
  chmod 600 "$home/key.pem"
  # Debian looks for it beside main.cf, whatever `cyrus_sasl_config_path` says.
  printf 'pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN CRAM-MD5\nsasldb_path: %s\n' \
    "$home/config/sasl/users" >"$home/config/sasl/smtpd.conf"
  printf 'geheim' | saslpasswd2 -p -c -f "$home/config/sasl/users" -u acme.test spoor
  chown postfix "$home/config/sasl/users"
  cat >"$home/config/main.cf" <<CONF
compatibility_level = 3.6
queue_directory = $home/queue
data_directory = $home/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = $home/mail.log
maillog_file_prefixes = $home
multi_instance_name = postfix-spoor-test
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.acme.test
mydestination =
mynetworks =
local_recipient_maps =
relay_domains =
alias_maps =
virtual_mailbox_domains = acme.test
virtual_mailbox_base = $home/mail
virtual_mailbox_maps = inline:{ soc@acme.test=soc/ chief@acme.test=chief/ }
virtual_uid_maps = static:$(id -u nobody)
virtual_gid_maps = static:$(id -g nobody)
virtual_minimum_uid = 100
virtual_transport = virtual
default_transport = error:nothing leaves this machine
smtpd_tls_cert_file = $home/cert.pem
smtpd_tls_key_file = $home/key.pem
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
smtpd_sasl_local_domain = acme.test
smtpd_client_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_delay_reject = yes
message_size_limit = 2000000
CONF
  cat >"$home/config/master.cf" <<CONF
127.0.0.1:$port inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
error unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
CONF
  postfix -c "$home/config" start >"$dir/start.log" 2>&1
  for _ in $(seq 100); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '{"host":"127.0.0.1","port":%s,"caFile":"%s","mailDir":"%s","user":"spoor@acme.test","password":"geheim"}\n' \
        "$port" "$home/cert.pem" "$home/mail" >"$dir/peer.json"
      return
    fi
    sleep 0.1
  done
  echo "postfix did not open its port" >&2
  exit 1
}

stop() {
  local home
  [ -f "$1/home" ] || return 0
  home=$(cat "$1/home")
  [ ! -f "$home/config/main.cf" ] || postfix -c "$home/config" abort >/dev/null 2>&1 || true
  case "$home" in /tmp/spoor-postfix-*) rm -rf "$home" ;; esac
}

case "${1:-}" in
packages) echo postfix libsasl2-modules sasl2-bin openssl ;;
installed)
  [ "$(id -u)" -eq 0 ] && command -v postfix >/dev/null && command -v saslpasswd2 >/dev/null && command -v openssl >/dev/null
  ;;
start) [ $# -eq 3 ] || usage; start "$2" "$3" ;;
stop) [ $# -eq 2 ] || usage; stop "$2" ;;
*) usage ;;
esac
