import { bytesOf, decodeBase64, expectIndex } from './encoding'
import type { Primitives } from './primitives'
import { refuse } from './refusal'
import { parseStrictObject } from './strict-json'
import type { PinnedKey } from './vkey'

const FORMAT = 'spoor-digest/1'
const HEX_HASH = /^[0-9a-f]{64}$/
const encoder = new TextEncoder()

/** An object as its digest names it. `place` is another bucket than the digest's own. `sha256` is hex. */
export type NamedObject = {
  key: string
  sha256: string
  firstSeq: number
  lastSeq: number
  count: number
  place?: string
}

/** A digest whose signature is verified. */
export type OpenDigest = {
  tenant: string
  stream: string
  number: number
  /** RFC 3339: what was stored before it is in this digest or an earlier one. */
  until: string
  objects: NamedObject[]
  /** Keys of objects that may be there too, and whose events stand in others. */
  replaced: string[]
  previous?: { key: string; sha256: string; place?: string }
}

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function textOf(value: unknown, what: string): string {
  return typeof value === 'string' && value !== '' ? value : refuse('malformed', `${what} is not a text.`)
}

function hashOf(value: unknown, what: string): string {
  const text = textOf(value, what)
  return HEX_HASH.test(text) ? text : refuse('malformed', `${what} is not 64 hexadecimal digits.`)
}

const placeOf = ({ place }: Json, where: string) =>
  place === undefined ? {} : { place: textOf(place, `The place of ${where}`) }

function namedObject(value: unknown, where: string): NamedObject {
  if (!isObject(value)) return refuse('malformed', `An object in ${where} is none.`)
  const key = textOf(value.key, `The key of an object in ${where}`)
  return {
    key,
    sha256: hashOf(value.sha256, `The hash of ${key}`),
    firstSeq: expectIndex(value.firstSeq, `The first event of ${key}`),
    lastSeq: expectIndex(value.lastSeq, `The last event of ${key}`),
    count: expectIndex(value.count, `The count of ${key}`),
    ...placeOf(value, key),
  }
}

function previousOf(value: unknown, where: string): Pick<OpenDigest, 'previous'> {
  if (value === null) return {}
  if (!isObject(value)) return refuse('malformed', `${where} does not say what comes before it.`)
  const what = `the digest before ${where}`
  const key = textOf(value.key, `The key of ${what}`)
  return { previous: { key, sha256: hashOf(value.sha256, `The hash of ${what}`), ...placeOf(value, what) } }
}

async function verifySignature(
  line: string,
  signatureText: string,
  keys: readonly PinnedKey[],
  { verifyEd25519 }: Primitives,
  where: string,
): Promise<void> {
  const { signature } = parseStrictObject(signatureText, `The signature of ${where}`)
  const bytes = typeof signature === 'string' ? decodeBase64(signature) : undefined
  if (bytes === undefined) return refuse('malformed', `The signature of ${where} is not base64.`)
  // Whatever key the file itself names is not believed.
  for (const { publicKey } of keys)
    if (await verifyEd25519(bytesOf(publicKey), encoder.encode(line), bytesOf(bytes))) return
  refuse('signature_invalid', `${where} is not signed by ${keys.length === 1 ? 'the key' : 'any key'} given.`)
}

/** Reads a digest, a line of JSON and a line with its signature, and verifies that one of `keys` signed it. */
export async function openDigest(
  text: string,
  keys: readonly PinnedKey[],
  primitives: Primitives,
  where: string,
): Promise<OpenDigest> {
  const [line, signature, rest, ...more] = text.split('\n')
  if (!line || !signature || rest !== '' || more.length > 0)
    return refuse('malformed', `${where} is not two lines: is it cut off?`)
  await verifySignature(`${line}\n`, signature, keys, primitives, where)
  const digest = parseStrictObject(line, where)
  if (digest.digest !== FORMAT) return refuse('malformed', `${where} is no ${FORMAT}.`)
  const objects = Array.isArray(digest.objects)
    ? digest.objects
    : refuse('malformed', `${where} lists nothing.`)
  const replaced = Array.isArray(digest.replaced)
    ? digest.replaced
    : refuse('malformed', `${where} replaces nothing.`)
  return {
    tenant: textOf(digest.tenant, `The tenant of ${where}`),
    stream: textOf(digest.stream, `The stream of ${where}`),
    number: expectIndex(digest.number, `The number of ${where}`),
    until: textOf(digest.until, `The time of ${where}`),
    objects: objects.map((object) => namedObject(object, where)),
    replaced: replaced.map((key) => textOf(key, `A replaced object in ${where}`)),
    ...previousOf(digest.previous, where),
  }
}
