import { type NamedObject, type OpenDigest, openDigest } from './digest'
import { findDigests, type ObjectName, parseObjectName, withinStream } from './object-names'
import type { Primitives } from './primitives'
import { refuse } from './refusal'
import type { PinnedKey } from './vkey'

/** A copy of a bucket, or of a part of it. Names have slashes, as keys do; `read` unpacks what is packed. */
export type ObjectFolder = { names: readonly string[]; read: (name: string) => Promise<Uint8Array> }

/** A range of seqs, both inclusive. */
export type SeqRange = { from: number; to: number }

/** What holds of one destination's objects. */
export type StreamReport = {
  tenant: string
  stream: string
  digests: SeqRange
  /** RFC 3339: what was stored later is not signed yet. */
  until: string
  objects: number
  events: number
  range?: SeqRange
  /** Ranges of which nothing was stored: the filter left them out, or a person skipped them. */
  gaps: SeqRange[]
  /** Objects that are signed but lie in other buckets, by these. */
  elsewhere: Map<string, number>
  /** Objects that were given up after a crash and an edit: signed as such, their events stand in others. */
  replaced: number
  /** Objects since the last digest: named without a gap, but not signed yet. */
  unsigned: number
}

/** Names in a message; more of them help nobody. */
const MAX_NAMED = 10
const decoder = new TextDecoder()

const hex = (hash: string) =>
  Array.from(hash, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('')
const list = (names: string[]) =>
  `${names.slice(0, MAX_NAMED).join(', ')}${names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : ''}`

class Stream {
  readonly #root: string
  readonly #folder: ObjectFolder
  readonly #keys: readonly PinnedKey[]
  readonly #primitives: Primitives

  constructor(root: string, folder: ObjectFolder, keys: readonly PinnedKey[], primitives: Primitives) {
    this.#root = root
    this.#folder = folder
    this.#keys = keys
    this.#primitives = primitives
  }

  async verify(files: { name: string; number: number }[]): Promise<StreamReport> {
    const digests = await this.#openChain(files)
    const [first, last] = [digests[0], digests.at(-1)]
    if (!first || !last) return refuse('nothing_to_check', 'There is no digest.')
    const named = digests.flatMap(({ objects }) => objects)
    const here = named.filter(({ place }) => place === undefined)
    const elsewhere = new Map<string, number>()
    for (const { place } of named)
      if (place !== undefined) elsewhere.set(place, (elsewhere.get(place) ?? 0) + 1)
    await this.#checkObjects(here, last.stream)
    const signed = new Set(here.map(({ key }) => withinStream(key, last.stream)))
    const all = this.#namesWithin().flatMap((name) => parseObjectName(name) ?? [])
    const givenUp = new Set(
      digests.flatMap(({ replaced }) => replaced.map((key) => withinStream(key, last.stream))),
    )
    const others = all.filter(({ name }) => !signed.has(name))
    const unsigned = others.filter(({ name }) => !givenUp.has(name))
    const ranges = named.filter(({ key }) => !withinStream(key, last.stream)?.startsWith('replay='))
    const covered = coverage(ranges)
    checkUnsigned(unsigned, covered.range?.to)
    return {
      tenant: last.tenant,
      stream: last.stream,
      digests: { from: first.number, to: last.number },
      until: last.until,
      objects: here.length,
      events: here.reduce((sum, { count }) => sum + count, 0),
      ...covered,
      elsewhere,
      replaced: others.length - unsigned.length,
      unsigned: unsigned.length,
    }
  }

  #namesWithin(): string[] {
    return this.#folder.names.flatMap((name) =>
      name.startsWith(this.#root) ? [name.slice(this.#root.length)] : [],
    )
  }

  /** Each digest signed, numbered on, of the same stream, and naming the very one before it. */
  async #openChain(files: { name: string; number: number }[]): Promise<OpenDigest[]> {
    const digests: OpenDigest[] = []
    let previousSha256: string | undefined
    for (const { name, number } of files) {
      const bytes = await this.#folder.read(name)
      const digest = await openDigest(decoder.decode(bytes), this.#keys, this.#primitives, name)
      const before = digests.at(-1)
      if (digest.number !== number)
        refuse('digest_invalid', `${name} is digest ${digest.number} under another name.`)
      // Where the one before lies in another bucket, so do those that are not here.
      const isLinked = before && digest.previous?.place === undefined
      if (isLinked && number !== before.number + 1)
        refuse(
          'digest_missing',
          `Between the digests ${before.number} and ${number} of ${name} there is none.`,
        )
      if (before && (digest.stream !== before.stream || digest.tenant !== before.tenant))
        refuse('digest_invalid', `${name} is of another stream than the digest before it.`)
      if (isLinked && digest.previous?.sha256 !== previousSha256)
        refuse('digest_invalid', `${name} continues another digest than ${before.number} as it lies here.`)
      if (number > 0 && digest.previous === undefined)
        refuse('digest_invalid', `${name} names no digest before it, although it is not the first.`)
      digests.push(digest)
      previousSha256 = hex(this.#primitives.sha256(bytes))
    }
    return digests
  }

  async #checkObjects(objects: readonly NamedObject[], stream: string): Promise<void> {
    const names = new Set(this.#namesWithin())
    const missing: string[] = []
    const altered: string[] = []
    for (const { key, sha256, firstSeq, lastSeq } of objects) {
      const name = withinStream(key, stream)
      const parsed = name === undefined ? undefined : parseObjectName(name)
      if (name === undefined || parsed?.firstSeq !== firstSeq || parsed.lastSeq !== lastSeq)
        refuse('digest_invalid', `A digest names ${key} for the events ${firstSeq} to ${lastSeq}.`)
      if (!names.has(name)) missing.push(key)
      else if (hex(this.#primitives.sha256(await this.#folder.read(this.#root + name))) !== sha256)
        altered.push(key)
    }
    if (missing.length > 0)
      refuse(
        'object_missing',
        `${missing.length} of ${objects.length} signed objects are not here: ${list(missing)}.`,
      )
    if (altered.length > 0)
      refuse(
        'object_altered',
        `${altered.length} of ${objects.length} objects are not what was signed: ${list(altered)}.`,
      )
  }
}

/** From the first event to the last, and what the digests say that was left out between. */
function coverage(objects: readonly NamedObject[]): Pick<StreamReport, 'range' | 'gaps'> {
  const sorted = [...objects].sort((a, b) => a.firstSeq - b.firstSeq)
  const gaps: SeqRange[] = []
  let range: SeqRange | undefined
  for (const { firstSeq, lastSeq } of sorted) {
    if (range && firstSeq > range.to + 1) gaps.push({ from: range.to + 1, to: firstSeq - 1 })
    range = { from: range?.from ?? firstSeq, to: Math.max(range?.to ?? lastSeq, lastSeq) }
  }
  return { gaps, ...(range && { range }) }
}

/** What no digest names yet must follow what they name, without a gap. */
function checkUnsigned(objects: readonly ObjectName[], signedTo: number | undefined): void {
  let to = signedTo
  const live = objects.filter(({ isReplay }) => !isReplay)
  for (const { name, firstSeq, lastSeq } of live.sort((a, b) => a.firstSeq - b.firstSeq)) {
    if (to !== undefined && firstSeq <= to)
      refuse(
        'object_unexpected',
        `${name} has events up to ${to} once more, and no digest names it. If it was stored within the last hour, the next digest will.`,
      )
    if (to !== undefined && firstSeq > to + 1)
      refuse(
        'object_missing',
        `Between the events ${to} and ${firstSeq} (${name}) there is no object. If none of them was to be stored, the next digest will say so.`,
      )
    to = lastSeq
  }
}

/**
 * Verifies a copy of what a destination stored in a bucket: digests signed by one of `keys` and linked to each other,
 * every object that they name there and unaltered, and what is newer than they named without a gap. Refuses with the
 * reason otherwise. What was removed from the end, digests and all, shows only by `until`.
 */
export async function verifyObjects(
  folder: ObjectFolder,
  keys: readonly PinnedKey[],
  primitives: Primitives,
): Promise<StreamReport[]> {
  const streams = findDigests(folder.names)
  if (streams.size === 0)
    refuse('nothing_to_check', 'There are no digests (_digests/0000000000.jsonl …) in it.')
  const reports: StreamReport[] = []
  for (const [root, files] of streams)
    reports.push(await new Stream(root, folder, keys, primitives).verify(files))
  return reports
}
