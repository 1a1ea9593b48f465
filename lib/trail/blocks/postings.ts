import { type Bitmap, setBit } from './bitmap'
import { BLOCK_EVENTS, GROUP_EVENTS, GROUPS_PER_BLOCK } from './layout'

/**
 * Where a term occurs. For merged blocks: a mask of the blocks that have a list, then those lists. A list is its
 * length and the places as 16-bit numbers, or, where that is smaller, as a bitmap. A list of groups (flag) says
 * that one of GROUP_EVENTS neighbours has the term.
 */
const OF_GROUPS = 0x8000

function encodeList(places: ArrayLike<number>, universe: number, flag: number): Buffer {
  const bitmapBytes = universe / 8
  if (places.length * 2 > bitmapBytes) {
    const bytes = Buffer.alloc(2 + bitmapBytes)
    bytes.writeUInt16LE(places.length | flag, 0)
    for (let i = 0; i < places.length; i++) {
      const at = 2 + ((places[i] as number) >> 3)
      bytes[at] = (bytes[at] as number) | (1 << ((places[i] as number) & 7))
    }
    return bytes
  }
  const bytes = Buffer.allocUnsafe(2 + places.length * 2)
  bytes.writeUInt16LE(places.length | flag, 0)
  for (let i = 0; i < places.length; i++) bytes.writeUInt16LE(places[i] as number, 2 + i * 2)
  return bytes
}

export const encodePlaces = (places: ArrayLike<number>): Buffer => encodeList(places, BLOCK_EVENTS, 0)
export const encodeGroups = (groups: ArrayLike<number>): Buffer =>
  encodeList(groups, GROUPS_PER_BLOCK, OF_GROUPS)

/** Lists of neighbouring blocks under one mask; blocks without one are null. */
export function joinLists(lists: (Buffer | null)[]): Buffer {
  const head = Buffer.alloc(2)
  head.writeUInt16LE(lists.reduce((mask, list, block) => (list ? mask | (1 << block) : mask), 0))
  return Buffer.concat([head, ...lists.filter((list) => list !== null)])
}

function listBytes(header: number): number {
  const count = header & ~OF_GROUPS
  return Math.min(count * 2, (header & OF_GROUPS ? GROUPS_PER_BLOCK : BLOCK_EVENTS) / 8)
}

/** The list of a single block, as `joinLists` takes it. */
export const onlyList = (postings: Buffer): Buffer => postings.subarray(2)

/**
 * Adds what the postings say to `certain` and `possible` and gives the mask of the blocks that they speak of: in
 * all others the term is rare and to be looked up in the signature.
 */
export function addPostings(postings: Buffer, certain: Bitmap, possible: Bitmap): number {
  const mask = postings.readUInt16LE(0)
  let at = 2
  for (let block = 0; mask >> block > 0; block++) {
    if (((mask >> block) & 1) === 0) continue
    const header = postings.readUInt16LE(at)
    const bytes = listBytes(header)
    addList(postings.subarray(at + 2, at + 2 + bytes), header, block, certain, possible)
    at += 2 + bytes
  }
  return mask
}

function addList(list: Buffer, header: number, block: number, certain: Bitmap, possible: Bitmap): void {
  const count = header & ~OF_GROUPS
  const isBitmap = list.length < count * 2
  if (header & OF_GROUPS) {
    const first = block * GROUPS_PER_BLOCK
    if (isBitmap) addGroupBytes(list, first, possible)
    else for (let i = 0; i < count; i++) addGroup(first + list.readUInt16LE(i * 2), possible)
    return
  }
  const first = block * BLOCK_EVENTS
  if (isBitmap) {
    for (let i = 0; i < list.length; i += 4) {
      const word = list.readUInt32LE(i)
      const at = (first >> 5) + (i >> 2)
      certain[at] = (certain[at] as number) | word
      possible[at] = (possible[at] as number) | word
    }
    return
  }
  for (let i = 0; i < count; i++) {
    const place = first + list.readUInt16LE(i * 2)
    setBit(certain, place)
    setBit(possible, place)
  }
}

/** Marks the GROUP_EVENTS events of a group: a byte of the bitmap. */
function addGroup(group: number, possible: Bitmap): void {
  const at = group >> 2
  possible[at] = (possible[at] as number) | (0xff << ((group & 3) * GROUP_EVENTS))
}

export function addGroupBytes(bytes: Uint8Array, firstGroup: number, possible: Bitmap): void {
  for (let i = 0; i < bytes.length; i++) {
    let bits = bytes[i] as number
    while (bits !== 0) {
      const bit = 31 - Math.clz32(bits & -bits)
      addGroup(firstGroup + i * 8 + bit, possible)
      bits &= bits - 1
    }
  }
}
