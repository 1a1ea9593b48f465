/** A set of places in a block or in merged blocks, one bit each. */
export type Bitmap = Uint32Array

export const emptyBitmap = (places: number): Bitmap => new Uint32Array(places >> 5)
export const fullBitmap = (places: number): Bitmap => new Uint32Array(places >> 5).fill(0xffffffff)

export function setBit(bitmap: Bitmap, place: number): void {
  bitmap[place >> 5] = (bitmap[place >> 5] as number) | (1 << (place & 31))
}

export function hasBit(bitmap: Bitmap, place: number): boolean {
  return (((bitmap[place >> 5] as number) >>> (place & 31)) & 1) === 1
}

export function and(into: Bitmap, other: Bitmap): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) & (other[i] as number)
}

export function or(into: Bitmap, other: Bitmap): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) | (other[i] as number)
}

export function andNot(into: Bitmap, other: Bitmap): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) & ~(other[i] as number)
}

export function invert(bitmap: Bitmap): void {
  for (let i = 0; i < bitmap.length; i++) bitmap[i] = ~(bitmap[i] as number)
}

export function countBits(bitmap: Bitmap): number {
  let count = 0
  for (let i = 0; i < bitmap.length; i++) {
    let word = bitmap[i] as number
    word -= (word >>> 1) & 0x55555555
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}

export function isEmpty(bitmap: Bitmap): boolean {
  for (let i = 0; i < bitmap.length; i++) if (bitmap[i] !== 0) return false
  return true
}

/** Keeps only places in [from, to). */
export function clip(bitmap: Bitmap, from: number, to: number): void {
  for (let i = 0; i < bitmap.length; i++) {
    const start = i * 32
    if (start >= from && start + 32 <= to) continue
    if (start + 32 <= from || start >= to) {
      bitmap[i] = 0
      continue
    }
    for (let place = start; place < start + 32; place++)
      if (place < from || place >= to) bitmap[i] = (bitmap[i] as number) & ~(1 << (place & 31))
  }
}

/** Up to `limit` places that are set, ascending or descending. */
export function places(bitmap: Bitmap, limit = Number.POSITIVE_INFINITY, descending = false): number[] {
  const found: number[] = []
  for (let n = 0; n < bitmap.length && found.length < limit; n++) {
    const i = descending ? bitmap.length - 1 - n : n
    let word = bitmap[i] as number
    while (word !== 0 && found.length < limit) {
      const bit = descending ? 31 - Math.clz32(word) : 31 - Math.clz32(word & -word)
      found.push(i * 32 + bit)
      word &= ~(1 << bit)
    }
  }
  return found
}
