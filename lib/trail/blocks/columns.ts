import type { EventInput } from '@/lib/event/event-input'
import { FACET_NAMES, type FacetName } from '@/lib/trail/facet-names'
import { BLOCK_EVENTS, MAX_FACET_LENGTH } from './layout'

/** An event's body as the trail keeps it. */
export type StoredBody = EventInput & { level: string; occurredAt: string }

/** What an event counts under, null where it has none; the same as `FACET_VALUES` in SQL. */
const FACET_OF: Record<FacetName, (event: StoredBody) => string | undefined> = {
  type: ({ type }) => type,
  level: ({ level }) => level,
  action: ({ action }) => action,
  status: ({ status }) => status,
  actor: ({ actor }) => actor?.login ?? actor?.identity ?? actor?.id,
  targetType: ({ targets }) => targets?.[0]?.type,
  source: ({ source }) => source,
}

/** What a facet counts: values that a list can show. */
export const facetValue = (value: string | null | undefined): string | null =>
  value && value.length <= MAX_FACET_LENGTH ? value : null

/** One value of each event of a row: its place in `values`, where null means none. */
export type Column = { values: (string | null)[]; codes: Uint16Array }

const bitsFor = (values: number): number => (values <= 1 ? 0 : 32 - Math.clz32(values - 1))

/** Codes of that many bits each, low bits first, without gaps. */
function packCodes(codes: Uint16Array, bits: number): Buffer {
  const packed = Buffer.alloc(Math.ceil((codes.length * bits) / 8))
  let at = 0
  for (const code of codes) {
    for (let bit = 0; bit < bits; bit++, at++)
      if ((code >> bit) & 1) packed[at >> 3] = (packed[at >> 3] as number) | (1 << (at & 7))
  }
  return packed
}

function unpackCodes(packed: Buffer, at: number, bits: number, into: Uint16Array): number {
  if (bits === 0) return at
  let held = 0
  let heldBits = 0
  const mask = (1 << bits) - 1
  for (let i = 0; i < into.length; i++) {
    while (heldBits < bits) {
      held |= (packed[at++] as number) << heldBits
      heldBits += 8
    }
    into[i] = held & mask
    held >>>= bits
    heldBits -= bits
  }
  return at
}

/** Gives each value a number in the order of their coming. */
class Numbering {
  private readonly known = new Map<string | null, number>()

  numberOf(value: string | null): number {
    const found = this.known.get(value)
    if (found !== undefined) return found
    this.known.set(value, this.known.size)
    return this.known.size - 1
  }

  values(): (string | null)[] {
    return [...this.known.keys()]
  }
}

/** Six bytes of head (bytes of the list of values, bits of a code), the values as JSON, the codes. */
function encodeColumn({ values, codes }: Column): Buffer {
  const list = Buffer.from(JSON.stringify(values))
  const head = Buffer.allocUnsafe(6)
  head.writeUInt32LE(list.length, 0)
  head.writeUInt16LE(bitsFor(values.length), 4)
  return Buffer.concat([head, list, packCodes(codes, bitsFor(values.length))])
}

/** The facets of a block, event by event. */
export class FacetColumns {
  private readonly columns
  constructor(events: number) {
    this.columns = FACET_NAMES.map((name) => ({
      of: FACET_OF[name],
      numbering: new Numbering(),
      codes: new Uint16Array(events),
    }))
  }

  add(event: StoredBody, place: number): void {
    for (const { of, numbering, codes } of this.columns)
      codes[place] = numbering.numberOf(facetValue(of(event)))
  }

  encode(): Buffer {
    return Buffer.concat(
      this.columns.map(({ numbering, codes }) => encodeColumn({ values: numbering.values(), codes })),
    )
  }
}

/** Each facet's column of a row with so many events. */
export function decodeFacets(bytes: Buffer, events: number): Record<FacetName, Column> {
  let at = 0
  const columns = FACET_NAMES.map((name): [FacetName, Column] => {
    const listBytes = bytes.readUInt32LE(at)
    const bits = bytes.readUInt16LE(at + 4)
    const values: (string | null)[] = JSON.parse(bytes.toString('utf8', at + 6, at + 6 + listBytes))
    const codes = new Uint16Array(events)
    at = unpackCodes(bytes, at + 6 + listBytes, bits, codes)
    return [name, { values, codes }]
  })
  return Object.fromEntries(columns) as Record<FacetName, Column>
}

/** The facets of neighbouring blocks under one list of values: at most 65,536, one an event. */
export function mergeFacets(blocks: readonly Buffer[]): Buffer {
  const decoded = blocks.map((block) => decodeFacets(block, BLOCK_EVENTS))
  const columns = FACET_NAMES.map((name): Column => {
    const numbering = new Numbering()
    const codes = new Uint16Array(blocks.length * BLOCK_EVENTS)
    for (const [i, block] of decoded.entries()) {
      const numbers = block[name].values.map((value) => numbering.numberOf(value))
      for (const [place, code] of block[name].codes.entries())
        codes[i * BLOCK_EVENTS + place] = numbers[code] as number
    }
    return { values: numbering.values(), codes }
  })
  return Buffer.concat(columns.map(encodeColumn))
}

/** The first moment whole, each further one as the zigzag difference in seven bits a byte. */
export function encodeTimes(times: Float64Array): Buffer {
  const bytes: number[] = []
  for (let i = 1; i < times.length; i++) {
    const step = (times[i] as number) - (times[i - 1] as number)
    let rest = step < 0 ? -step * 2 - 1 : step * 2
    while (rest > 127) {
      bytes.push((rest % 128) | 128)
      rest = Math.floor(rest / 128)
    }
    bytes.push(rest)
  }
  const first = Buffer.allocUnsafe(8)
  first.writeDoubleLE(times[0] ?? 0, 0)
  return Buffer.concat([first, Buffer.from(bytes)])
}

/** Milliseconds since 1970 of every event of one block or of merged blocks. */
export function decodeTimes(bytes: Buffer, blocks: number): Float64Array {
  const times = new Float64Array(blocks * BLOCK_EVENTS)
  let at = 0
  for (let block = 0; block < blocks; block++) {
    let time = bytes.readDoubleLE(at)
    at += 8
    const first = block * BLOCK_EVENTS
    times[first] = time
    for (let i = first + 1; i < first + BLOCK_EVENTS; i++) {
      let byte = bytes[at++] as number
      let rest = byte & 127
      for (let scale = 128; byte > 127; scale *= 128) {
        byte = bytes[at++] as number
        rest += (byte & 127) * scale
      }
      time += rest % 2 === 1 ? -(rest + 1) / 2 : rest / 2
      times[i] = time
    }
  }
  return times
}
