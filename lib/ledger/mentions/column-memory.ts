import type { MentionColumn } from './read-columns'

/** A column of a chunk of mentions, and the version of its row. It holds numbers of references, and nothing that they say. */
type Kept = { version: string; bytes: Buffer }

/** Ten million mentions: reading two million from the database takes four times as long as looking at them. */
const MAX_BYTES = 64 * 1024 * 1024
/** What an entry takes besides its bytes. */
const ENTRY_BYTES = 200

// On globalThis: the server's own modules and Next's bundles are loaded side by side in one process.
const store = globalThis as unknown as { spoorMentions?: { columns: Map<string, Kept>; bytes: number } }
store.spoorMentions ??= { columns: new Map(), bytes: 0 }
const memory = store.spoorMentions

const keyOf = (tenantId: string, column: MentionColumn, chunk: number) => `${tenantId} ${column} ${chunk}`
const sizeOf = ({ bytes }: Kept) => bytes.length + ENTRY_BYTES

export function keptColumn(tenantId: string, column: MentionColumn, chunk: number): Kept | undefined {
  const key = keyOf(tenantId, column, chunk)
  const kept = memory.columns.get(key)
  if (!kept) return undefined
  // Last used, last dropped.
  memory.columns.delete(key)
  memory.columns.set(key, kept)
  return kept
}

export function keepColumn(tenantId: string, column: MentionColumn, chunk: number, kept: Kept): void {
  const key = keyOf(tenantId, column, chunk)
  const known = memory.columns.get(key)
  memory.bytes += sizeOf(kept) - (known ? sizeOf(known) : 0)
  memory.columns.delete(key)
  memory.columns.set(key, kept)
  for (const [oldest, { bytes }] of memory.columns) {
    if (memory.bytes <= MAX_BYTES) break
    memory.columns.delete(oldest)
    memory.bytes -= bytes.length + ENTRY_BYTES
  }
}
