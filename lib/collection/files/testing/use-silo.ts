import { createHash } from 'node:crypto'
import { beforeEach } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { receiveFile } from '@/lib/collection/files/receive'
import type { StoredFile } from '@/lib/collection/files/store-file'
import { inParts, newSilo } from '@/lib/collection/silos/testing/new-silo'
import { parseFilter } from '@/lib/trail/filter-url'
import { listEvents } from '@/lib/trail/list'

export type Bytes = AsyncIterable<Uint8Array>

export const CSV = 'at;login;what\n2026-11-21;jdoe;signed in\n2026-11-22;asmith;signed out\n'
export const NOTHING = { files: 0, pieces: 0 }

export const hex = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex')

/** Some MiB of rows that are all different. */
export function manyRows(count: number): string {
  const lines = Array.from({ length: count }, (_, i) => `2026-11-21;user${i};${hex(`${i}`)}`)
  return `at;login;what\n${lines.join('\n')}\n`
}

export async function readAll(bytes: Bytes): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts)
}

/** A workspace with a silo for each test; `silo` may be another one. */
export function useSilo() {
  const database = useTestDatabase()
  const place: { scope: TenantScope; silo: string } = { scope: undefined as unknown as TenantScope, silo: '' }
  const given = Object.assign(place, {
    owner: () => database.owner(),
    receive(
      content: string | Uint8Array | Bytes,
      name = 'security.csv',
      scope: TenantScope = place.scope,
    ): Promise<StoredFile> {
      const isWhole = typeof content === 'string' || content instanceof Uint8Array
      return receiveFile(scope, { silo: place.silo, name, bytes: isWhole ? inParts(content) : content })
    },
    /** What of files is in the database, wherever it belongs. */
    async left() {
      const { tenantId } = place.scope
      const [row] = await database.owner()`select
        (select count(*)::int from silo_files where tenant_id = ${tenantId}) files,
        (select count(*)::int from silo_file_chunks where tenant_id = ${tenantId}) pieces`
      return row
    },
    async eventsOf(code: string) {
      return (await listEvents(place.scope, parseFilter(new URLSearchParams({ code })))).events
    },
  })
  beforeEach(async () => {
    place.scope = await newMemberScope()
    place.silo = (await newSilo(place.scope)).name
  })
  return given
}
