import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CONFIG = `
[req]
distinguished_name = name
prompt = no
[name]
CN = Test authority
[ca]
basicConstraints = critical,CA:TRUE
[tsa_cert]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = test
[test]
serial = serial
signer_digest = sha256
digests = sha256
default_policy = 1.3.6.1.4.1.99999.1
accuracy = secs:1
tsa_name = yes
ess_cert_id_chain = no
`

export type TimestampAuthority = {
  url: string
  /** Takes an answer apart from the next request on, as a broken authority would. */
  spoil(change: (response: Buffer) => Buffer): void
  /** What `openssl ts -verify` says of a stored response and what was stamped. */
  verify(response: Buffer, data: string): string
  close(): Promise<void>
}

/** A time-stamp authority (RFC 3161 over HTTP) on loopback whose engine is OpenSSL, with a CA of its own. */
export async function serveTimestamp(): Promise<TimestampAuthority> {
  const dir = mkdtempSync(join(tmpdir(), 'spoor-tsa-'))
  const at = (name: string) => join(dir, name)
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] }).toString()
  const certificate = (name: string, subject: string, extensions: string, ...signer: string[]) => {
    openssl(
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-config',
      'cnf',
      '-subj',
      subject,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
    )
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...signer,
      '-extfile',
      'cnf',
      '-extensions',
      extensions,
      '-days',
      '2',
      '-out',
      `${name}.pem`,
    )
  }
  writeFileSync(at('cnf'), CONFIG)
  writeFileSync(at('serial'), '01\n')
  certificate('ca', '/CN=Test CA', 'ca', '-signkey', 'ca.key')
  certificate('tsa', '/CN=Test authority', 'tsa_cert', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial')
  let change = (response: Buffer) => response

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (request.headers['content-type'] !== 'application/timestamp-query') {
      response.writeHead(415).end()
      return
    }
    writeFileSync(at('query'), Buffer.concat(chunks))
    openssl(
      'ts',
      '-reply',
      '-config',
      'cnf',
      '-queryfile',
      'query',
      '-signer',
      'tsa.pem',
      '-inkey',
      'tsa.key',
      '-out',
      'reply',
    )
    response
      .writeHead(200, { 'content-type': 'application/timestamp-reply' })
      .end(change(readFileSync(at('reply'))))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/tsa`,
    spoil: (next) => {
      change = next
    },
    verify: (response, data) => {
      writeFileSync(at('stored.tsr'), response)
      writeFileSync(at('stamped.txt'), data)
      return openssl('ts', '-verify', '-in', 'stored.tsr', '-data', 'stamped.txt', '-CAfile', 'ca.pem').trim()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        rmSync(dir, { recursive: true, force: true })
      }),
  }
}
