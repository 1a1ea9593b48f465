/** What a test needs to know of a running S3 server; addressed by path. */
export type S3Peer = { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string }

/** Receivers that others wrote, run on loopback by `scripts/peers/<name>.sh`: what a test needs to know of each. */
export type Peers = {
  /** Takes TCP with octet counting, and TLS with the certificate in `caFile`; a JSON line a message in `log`. */
  rsyslog: { host: string; port: number; tlsPort: number; caFile: string; log: string }
  /** Ceph: knows conditional writes. */
  radosgw: S3Peer
  /** OpenStack Swift: knows none. */
  swift: S3Peer
  /** SMTP, plain or STARTTLS with the certificate in `caFile`; a file a mail in `mailDir/new`. */
  aiosmtpd: { host: string; port: number; caFile: string; mailDir: string }
  /** SMTP: takes what comes after STARTTLS and a login; a file a mail in `mailDir/<name of the address>/new`. */
  postfix: { host: string; port: number; caFile: string; mailDir: string; user: string; password: string }
  /** A screen and a session bus for `browser`; a JSON line in `log` for each notification that the desktop showed. */
  desktop: { browser: string; display: string; bus: string; log: string }
}
export type PeerName = keyof Peers

/** How many ports each script wants. */
export const PEER_PORTS: Record<PeerName, number> = {
  rsyslog: 2,
  radosgw: 2,
  swift: 5,
  aiosmtpd: 1,
  postfix: 1,
  desktop: 0,
}

declare module 'vitest' {
  interface ProvidedContext {
    peersDir: string
    missingPeers: PeerName[]
  }
}
