import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type ServerIdentity = { key: string; cert: string }
export type TestAuthority = {
  /** PEM, of the authority itself. */
  ca: string
  /** A server's key and certificate. `names` as OpenSSL writes them: `DNS:logs.test,IP:127.0.0.1`. */
  issue(names: string, days?: number): ServerIdentity
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

/** A certificate authority that nobody trusts. Negative days make a certificate that has expired. */
export function makeAuthority(name = 'Test authority'): TestAuthority {
  const authority = inFolder((openssl, at) => {
    openssl(
      'req',
      '-x509',
      ...NEW_KEY,
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
    )
    return { key: readFileSync(at('ca.key'), 'utf8'), cert: readFileSync(at('ca.pem'), 'utf8') }
  })
  const issue: TestAuthority['issue'] = (names, days = 2) =>
    inFolder((openssl, at) => {
      writeFileSync(at('ca.key'), authority.key, { mode: 0o600 })
      writeFileSync(at('ca.pem'), authority.cert)
      writeFileSync(at('extensions'), `subjectAltName=${names}\n`)
      openssl('req', '-new', ...NEW_KEY, '-subj', '/CN=server', '-keyout', 'key.pem', '-out', 'request')
      const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-extfile', 'extensions', '-days', String(days)]
      openssl('x509', '-req', '-in', 'request', ...signer, '-out', 'cert.pem')
      return { key: readFileSync(at('key.pem'), 'utf8'), cert: readFileSync(at('cert.pem'), 'utf8') }
    })
  return { ca: authority.cert, issue }
}

function inFolder<Made>(
  make: (openssl: (...args: string[]) => void, at: (file: string) => string) => Made,
): Made {
  const dir = mkdtempSync(join(tmpdir(), 'spoor-certificates-'))
  try {
    return make(
      (...args) => void execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' }),
      (file) => join(dir, file),
    )
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
