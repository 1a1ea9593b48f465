import { createHash } from 'node:crypto'

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

/** Leaf hashes that differ, for any tree. */
export const naiveLeaves = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, i) => sha256(Buffer.from([0]), Buffer.from(`leaf ${i}`)))

const middleOf = (start: number, end: number) => start + 2 ** Math.ceil(Math.log2(end - start) - 1)

/** RFC 6962 as it is written there, recursive; the roots of ranges are remembered to be quick. */
export class NaiveTree {
  private readonly roots = new Map<string, Buffer>()

  constructor(readonly leaves: readonly Buffer[]) {}

  /** MTH(D[start:end]) of section 2.1. */
  root(start: number, end: number): Buffer {
    const key = `${start}-${end}`
    const known = this.roots.get(key)
    if (known) return known
    const root = this.computeRoot(start, end)
    this.roots.set(key, root)
    return root
  }

  /** PATH of section 2.1.1 in the tree of the first `size` leaves. */
  inclusion(index: number, size: number): Buffer[] {
    return this.path(index, 0, size)
  }

  /** PROOF of section 2.1.2. */
  consistency(from: number, to: number): Buffer[] {
    return from === 0 ? [] : this.subproof(from, 0, to, true)
  }

  /** All tiles of the tree of the first `size` leaves by `level/index`, each hash by the definition in tlog-tiles. */
  tiles(size: number): Map<string, Buffer> {
    const tiles = new Map<string, Buffer>()
    for (let span = 1, level = 0; span <= size; span *= 256, level++)
      for (let i = 0; (i + 1) * span <= size; i++) {
        const key = `${level}/${Math.floor(i / 256)}`
        const before = tiles.get(key) ?? Buffer.alloc(0)
        tiles.set(key, Buffer.concat([before, this.root(i * span, (i + 1) * span)]))
      }
    return tiles
  }

  private computeRoot(start: number, end: number): Buffer {
    if (start === end) return sha256()
    if (start + 1 === end) return this.leaves[start] ?? sha256()
    const middle = middleOf(start, end)
    return sha256(Buffer.from([1]), this.root(start, middle), this.root(middle, end))
  }

  private path(index: number, start: number, end: number): Buffer[] {
    if (end - start <= 1) return []
    const middle = middleOf(start, end)
    return index < middle
      ? [...this.path(index, start, middle), this.root(middle, end)]
      : [...this.path(index, middle, end), this.root(start, middle)]
  }

  private subproof(size: number, start: number, end: number, isWhole: boolean): Buffer[] {
    if (size === end) return isWhole ? [] : [this.root(start, end)]
    const middle = middleOf(start, end)
    return size <= middle
      ? [...this.subproof(size, start, middle, isWhole), this.root(middle, end)]
      : [...this.subproof(size, middle, end, false), this.root(start, middle)]
  }
}
