import { childrenOf, contentOf, DER, type DerElement, DerError, readDer } from './der'
import { SHA256_OID, type TimestampRequest } from './timestamp-request'

/** id-signedData of RFC 5652, and id-ct-TSTInfo of RFC 3161. */
const SIGNED_DATA_OID = Buffer.from('2a864886f70d010702', 'hex')
const TST_INFO_OID = Buffer.from('2a864886f70d0109100104', 'hex')

const GRANTED = new Set([0, 1])
/** PKIFailureInfo of RFC 3161 section 2.4.2, by bit. */
const FAILURES: Record<number, string> = {
  0: 'it does not know the hash algorithm',
  2: 'it does not allow the request',
  5: 'it does not understand the request',
  14: 'it has no time at the moment',
  15: 'it does not have the policy',
  16: 'it does not have the extension',
  17: 'it lacks further information',
  25: 'it is out of order',
}
const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/

/** The authority's no, or an answer that is not one to our request. The message is for people. */
export class TimestampError extends Error {
  override readonly name = 'TimestampError'
}

function refuse(message: string): never {
  throw new TimestampError(message)
}

function failureWords(parts: readonly DerElement[]): string {
  const texts = parts
    .filter(({ tag }) => tag === DER.sequence)
    .flatMap(({ content }) => readDer(content))
    .filter(({ tag }) => tag === DER.utf8String)
    .map(({ content }) => content.toString())
  const bits = parts.find(({ tag }) => tag === DER.bitString)?.content.subarray(1) ?? Buffer.alloc(0)
  const reasons = Object.entries(FAILURES)
    .filter(([bit]) => ((bits[Number(bit) >> 3] ?? 0) << (Number(bit) & 7)) & 0x80)
    .map(([, words]) => words)
  return [...reasons, ...texts.map((text) => `"${text}"`)].join(', ') || 'it does not say why'
}

/** The TSTInfo in a ContentInfo with SignedData, which at least one signer signed. */
function readTstInfo(token: DerElement | undefined): DerElement[] {
  const [type, wrapped] = childrenOf(token, DER.sequence, 'the token')
  if (!contentOf(type, DER.oid, "the token's type").equals(SIGNED_DATA_OID))
    return refuse('The time stamp is not signed data.')
  const [signedData] = childrenOf(wrapped, DER.context0, 'the signed data')
  const parts = childrenOf(signedData, DER.sequence, 'the signed data')
  const [contentType, content] = childrenOf(parts[2], DER.sequence, 'what is signed')
  if (!contentOf(contentType, DER.oid, 'the type of what is signed').equals(TST_INFO_OID))
    return refuse('What the authority signed is no time stamp.')
  if (childrenOf(parts.at(-1), DER.set, 'the signatures').length === 0)
    return refuse('The time stamp is not signed.')
  const [octets] = childrenOf(content, DER.context0, 'what is signed')
  const [info] = readDer(contentOf(octets, DER.octetString, 'what is signed'))
  return childrenOf(info, DER.sequence, 'the time stamp')
}

function readTime(text: string): string {
  const [, year, month, day, hour, minute, second, fraction = ''] = TIME.exec(text) ?? []
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`)
  return Number.isNaN(time.getTime()) ? refuse('The time stamp has no time.') : time.toISOString()
}

function checkStamp(info: readonly DerElement[], { digest, nonce }: TimestampRequest): string {
  const [, , imprint, , time, ...rest] = info
  const [algorithm, hash] = childrenOf(imprint, DER.sequence, 'what is stamped')
  const [oid] = childrenOf(algorithm, DER.sequence, 'the hash algorithm')
  if (!contentOf(oid, DER.oid, 'the hash algorithm').equals(SHA256_OID))
    return refuse('The authority stamped with another hash algorithm than SHA-256.')
  if (!contentOf(hash, DER.octetString, 'what is stamped').equals(digest))
    return refuse('The authority stamped something else than was asked for.')
  const given = rest.find(({ tag }) => tag === DER.integer)?.content
  if (!given?.equals(nonce)) return refuse('The time stamp is the answer to another request.')
  return readTime(contentOf(time, DER.generalizedTime, 'the time').toString('latin1'))
}

/**
 * Checks a TimeStampResp of RFC 3161 section 2.4.2 against its request: granted, a signed token, the same hash and
 * nonce. Gives the authority's time, RFC 3339 UTC. The signature is for verifiers, who know whom they trust. Throws
 * `TimestampError`.
 */
export function readTimestampResponse(response: Buffer, request: TimestampRequest): string {
  try {
    const [whole, ...more] = readDer(response)
    if (more.length > 0) return refuse('The answer of the authority goes on after its end.')
    const [info, token] = childrenOf(whole, DER.sequence, 'the answer')
    const [status, ...parts] = childrenOf(info, DER.sequence, 'the status')
    const code = contentOf(status, DER.integer, 'the status')
    if (code.length !== 1 || !GRANTED.has(code[0] ?? -1))
      return refuse(`The authority gives no time stamp: ${failureWords(parts)}.`)
    return checkStamp(readTstInfo(token), request)
  } catch (error) {
    if (!(error instanceof DerError)) throw error
    throw new TimestampError(`The authority's answer is no time stamp: ${error.message}.`, { cause: error })
  }
}
