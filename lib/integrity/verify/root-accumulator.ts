import { nodeHashOf } from './hash-text'
import type { Hash, Primitives } from './primitives'

type Peak = { hash: Hash; height: number }

/** Builds a root from the left: perfect subtrees are pushed in order, and join as soon as they are siblings. */
export class RootAccumulator {
  private readonly peaks: Peak[] = []
  size = 0

  constructor(private readonly sha256: Primitives['sha256']) {}

  push(hash: Hash, height = 0): void {
    let joined: Peak = { hash, height }
    for (let top = this.peaks.at(-1); top?.height === joined.height; top = this.peaks.at(-1)) {
      joined = { hash: nodeHashOf(this.sha256, top.hash, joined.hash), height: joined.height + 1 }
      this.peaks.pop()
    }
    this.peaks.push(joined)
    this.size += 2 ** height
  }

  /**
   * Pushes the perfect subtrees that lead from here to `end`: each the largest that starts here and fits. False
   * if `hashes` are more or fewer than that takes.
   */
  pushUpTo(end: number, hashes: readonly Hash[]): boolean {
    let used = 0
    while (this.size < end) {
      let height = 0
      while (this.size % 2 ** (height + 1) === 0 && this.size + 2 ** (height + 1) <= end) height++
      const hash = hashes[used++]
      if (hash === undefined) return false
      this.push(hash, height)
    }
    return used === hashes.length
  }

  /** The RFC 6962 root of all that was pushed. */
  root(): Hash {
    const last = this.peaks.at(-1)
    if (!last) return this.sha256(new Uint8Array())
    let { hash } = last
    for (let i = this.peaks.length - 2; i >= 0; i--)
      hash = nodeHashOf(this.sha256, (this.peaks[i] as Peak).hash, hash)
    return hash
  }
}
