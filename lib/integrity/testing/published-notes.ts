import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tenantTransaction } from '@/db/client'
import type { TestDatabase } from '@/db/testing/test-database'
import { readConsistency } from '@/lib/integrity/log/read-ranges'
import { NaiveTree } from '@/lib/integrity/tree/testing/naive-tree'
import { binaryOf } from '@/lib/integrity/verify/encoding'
import { isConsistent } from '@/lib/integrity/verify/merkle'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import { type OpenCheckpoint, openCheckpoint } from '@/lib/integrity/verify/open-checkpoint'
import { verifierOf } from './verify-lines'

/** Every checkpoint that anybody could have seen of one log, in the order in which they were seen. */
export class PublishedNotes {
  readonly notes: string[] = []

  constructor(
    private readonly database: TestDatabase,
    readonly tenantId: string,
  ) {}

  /** What is in the database is public. */
  async look(): Promise<void> {
    const [head] = await this.database.owner()`select note from log_heads where tenant_id = ${this.tenantId}`
    if (head && head.note !== this.notes.at(-1)) this.notes.push(head.note)
  }

  /** What the sealers of a machine recorded as published, in whole lines. */
  lookInto(folder: string, logId: string): void {
    const journals = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl')) : []
    for (const name of journals)
      for (const line of readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1)) {
        const [id, note] = JSON.parse(line) as [string, string]
        if (id === logId && !this.notes.includes(note)) this.notes.push(note)
      }
  }

  /**
   * Opens them all, and throws unless each, in the order of size, continues the one before, by the proof that the log
   * gives and by its rows, and none says an earlier time than a smaller one.
   */
  async verify(policy: string): Promise<OpenCheckpoint[]> {
    const opened: OpenCheckpoint[] = []
    for (const note of this.notes) opened.push(await openCheckpoint(note, verifierOf(policy), 'A checkpoint'))
    const rows = await this.database.owner()`
      select seq::int as seq, leaf_hash from events where tenant_id = ${this.tenantId} order by seq`
    if (rows.some(({ seq }, i) => seq !== i)) throw new Error('the trail has a gap')
    const tree = new NaiveTree(rows.map(({ leaf_hash }) => leaf_hash as Buffer))
    opened.sort((x, y) => x.size - y.size || (x.timeMs ?? 0) - (y.timeMs ?? 0))
    for (const [i, checkpoint] of opened.entries()) {
      if (binaryOf(tree.root(0, checkpoint.size)) !== checkpoint.root)
        throw new Error(`the checkpoint of ${checkpoint.size} signs other events than are there`)
      const before = opened[i - 1]
      if (before) await this.expectContinued(before, checkpoint)
    }
    return opened
  }

  private async expectContinued(before: OpenCheckpoint, after: OpenCheckpoint): Promise<void> {
    const proof = await tenantTransaction(this.tenantId, (tx) =>
      readConsistency(tx, this.tenantId, before.size, after.size),
    )
    const hashes = before.size === after.size ? [] : proof.map(binaryOf)
    if (!isConsistent(nodePrimitives.sha256, before, after, hashes))
      throw new Error(`the checkpoint of ${after.size} does not continue that of ${before.size}`)
    if ((after.timeMs ?? 0) < (before.timeMs ?? 0))
      throw new Error(`the checkpoint of ${after.size} says an earlier time than that of ${before.size}`)
  }
}
