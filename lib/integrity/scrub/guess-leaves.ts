import { hashNode } from '@/lib/integrity/tree/hash-node'

/** A perfect tree in which leaves are exchanged for a try: only what stands above them is hashed again. */
class PerfectTree {
  private readonly levels: Buffer[][]

  constructor(leaves: readonly Buffer[]) {
    this.levels = [[...leaves]]
    for (let level = this.levels[0] as Buffer[]; level.length > 1; ) {
      const above = Array.from({ length: level.length / 2 }, (_, i) =>
        hashNode(level[2 * i] as Buffer, level[2 * i + 1] as Buffer),
      )
      this.levels.push(above)
      level = above
    }
  }

  rootWith(changed: ReadonlyMap<number, Buffer>): Buffer {
    let nodes = changed
    for (let depth = 0; depth < this.levels.length - 1; depth++) {
      const level = this.levels[depth] as Buffer[]
      const at = (i: number) => nodes.get(i) ?? (level[i] as Buffer)
      const parents = new Set([...nodes.keys()].map((i) => Math.floor(i / 2)))
      nodes = new Map([...parents].map((i) => [i, hashNode(at(2 * i), at(2 * i + 1))]))
    }
    return nodes.get(0) ?? (this.levels.at(-1)?.[0] as Buffer)
  }
}

/** More rows whose two hashes disagree are not combined: 2^8 tries of some ten hashes each take 3 ms. */
const MAX_MIXED = 8

/** What is known of a row's leaf: its column, what its content makes, and what that made at the time of its id. */
export type Candidates = { stored: Buffer; derived: Buffer | undefined; atIdTime: () => Buffer | undefined }

function* mixtures(rows: readonly Candidates[]): Generator<Map<number, Buffer>> {
  const differing = rows.flatMap(({ stored, derived }, i) =>
    derived && !derived.equals(stored) ? [{ i, derived }] : [],
  )
  // All at once first: a whole column that was changed is one more try.
  yield new Map(differing.map(({ i, derived }) => [i, derived]))
  if (differing.length > MAX_MIXED) return
  for (let bits = 0; bits < 2 ** differing.length; bits++)
    yield new Map(
      differing.flatMap(({ i, derived }, bit) => ((bits >> bit) & 1 ? [[i, derived] as const] : [])),
    )
}

function* singles(rows: readonly Candidates[]): Generator<Map<number, Buffer>> {
  for (const [i, { atIdTime }] of rows.entries()) {
    const leaf = atIdTime()
    if (leaf) yield new Map([[i, leaf]])
  }
}

function* exchanges(rows: readonly Candidates[]): Generator<Map<number, Buffer>> {
  for (let i = 0; i < rows.length; i++)
    for (let j = i + 1; j < rows.length; j++) {
      const [x, y] = [rows[i], rows[j]] as [Candidates, Candidates]
      yield new Map([
        [i, y.stored],
        [j, x.stored],
      ])
    }
}

/**
 * The leaves under the right edge of a tree, of which only the root of a perfect subtree was signed: what the rows
 * say, where that makes the root; else the one change that explains it (some leaf hashes or contents, one time of
 * receipt, two events that changed places). Undefined if no such change does.
 */
export function guessLeaves(rows: readonly Candidates[], root: Buffer): Buffer[] | undefined {
  const tree = new PerfectTree(rows.map(({ stored }) => stored))
  for (const tries of [mixtures(rows), singles(rows), exchanges(rows)])
    for (const changed of tries)
      if (tree.rootWith(changed).equals(root)) return rows.map(({ stored }, i) => changed.get(i) ?? stored)
  return undefined
}
