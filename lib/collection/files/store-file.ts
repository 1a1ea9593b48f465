import { randomUUID } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { siloFiles } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { detectReading } from '@/lib/collection/reading/detect-reading'
import type { Reading, ReadingChoice } from '@/lib/collection/reading/reading'
import { lockSilo, noSuchSilo, type SiloRow } from '@/lib/collection/silos/find-silo'
import { noteArrival } from '@/lib/collection/silos/note-arrival'
import { AppError } from '@/lib/errors/app-error'
import { violatesUnique } from '@/lib/errors/violates-unique'
import { dropFile } from './drop-file'
import { unpackedName } from './file-name'
import type { FileView } from './file-view'
import { MAX_WAITING_FILES } from './limits'
import { readFiles } from './read-files'
import { unpack } from './unpack'
import { type WrittenContent, writePieces } from './write-pieces'

const f = siloFiles
const SAME_CONTENT = 'silo_files_sha256'

export type StoredFile = { file: FileView; duplicate: boolean }
/** `from` says where it came from, for the trail. */
export type Arrival = { name: string; bytes: AsyncIterable<Uint8Array>; receivedBy: string; from?: string }
type Detected = { reading: Reading; header: string[] | null }

/**
 * Keeps a file that arrives in a silo: unpacked, in pieces, known by its SHA-256. Of the same content there is one
 * file in a silo, which is given back as a duplicate. Whatever fails, nothing is kept. Throws `invalid` for what is
 * no table of rows, `too_large`, `conflict` where too many files wait, and what the source throws.
 */
export async function storeFile(scope: TenantScope, silo: SiloRow, arrival: Arrival): Promise<StoredFile> {
  const { tenantId } = scope
  const id = randomUUID()
  const { isPacked, bytes } = await unpack(arrival.bytes)
  const name = isPacked ? unpackedName(arrival.name) : arrival.name
  try {
    await inTenant(scope, async (tx) => {
      const waits = and(
        eq(f.tenantId, tenantId),
        eq(f.siloId, silo.id),
        inArray(f.state, ['new', 'collecting']),
      )
      if ((await tx.$count(f, waits)) >= MAX_WAITING_FILES) throw tooManyWait(silo)
      const { receivedBy } = arrival
      await tx.insert(f).values({ tenantId, id, siloId: silo.id, name, receivedBy, state: 'receiving' })
    })
  } catch (error) {
    await bytes.return(undefined)
    throw error
  }
  try {
    let detected: Detected | undefined
    const content = await writePieces(scope, id, bytes, (head) => {
      if (head.length === 0) throw new AppError('invalid', 'The file is empty. Hand over one that has rows.')
      detected = detectReading(head, silo.reading as ReadingChoice)
    })
    if (!detected) throw new Error('A file that was read to its end was not judged.')
    const stored = await settle(scope, silo, { id, content, detected, from: arrival.from })
    if (stored.duplicate) await dropFile(scope, id)
    return stored
  } catch (error) {
    // Where that fails too, `tendFiles` does it after a day.
    await dropFile(scope, id).catch(() => {})
    throw error
  }
}

type Arrived = { id: string; content: WrittenContent; detected: Detected; from: string | undefined }

/** Asked first, and again where another one of the same content was faster to commit. */
async function settle(scope: TenantScope, silo: SiloRow, arrived: Arrived): Promise<StoredFile> {
  const known = await findSame(scope, silo, arrived.content)
  if (known) return { file: known, duplicate: true }
  try {
    return { file: await admit(scope, silo, arrived), duplicate: false }
  } catch (error) {
    const faster = violatesUnique(error, SAME_CONTENT) && (await findSame(scope, silo, arrived.content))
    if (!faster) throw error
    return { file: faster, duplicate: true }
  }
}

function findSame(scope: TenantScope, { id }: SiloRow, { sha256 }: WrittenContent) {
  const where = and(eq(f.siloId, id), eq(f.sha256, sha256))
  return inTenant(scope, async (tx) => (await readFiles(tx, scope.tenantId, { where, limit: 1 }))[0])
}

async function admit(
  scope: TenantScope,
  silo: SiloRow,
  { id, content, detected, from }: Arrived,
): Promise<FileView> {
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    // Removed meanwhile, it must not get the file; nor does another one that has its name by now.
    if ((await lockSilo(tx, scope, silo.name)).id !== silo.id) throw noSuchSilo()
    const [arrived] = await tx
      .update(f)
      .set({
        ...content,
        ...detected,
        state: 'new',
        receivedAt: sql`now()`,
      })
      .where(and(eq(f.tenantId, tenantId), eq(f.id, id), eq(f.state, 'receiving')))
      .returning({ id: f.id })
    if (!arrived) throw new AppError('conflict', 'The file took longer than a day. Send it again.')
    const [file] = await readFiles(tx, tenantId, { where: eq(f.id, id), limit: 1 })
    if (!file) throw new Error('A file that was just kept is not there.')
    await noteArrival(tx, silo)
    await recordEvent(tx, scope, 'SILO_FILE_ADDED', {
      message: `File ${file.name} arrived in silo ${silo.name}`,
      targets: [{ type: 'silo', name: silo.name, id: silo.id }],
      data: { file: file.name, id, bytes: file.bytes, sha256: file.sha256, ...(from && { from }) },
    })
    return file
  })
}

const tooManyWait = ({ name }: SiloRow) =>
  new AppError(
    'conflict',
    `${MAX_WAITING_FILES} files wait in the silo ${name} already. Collect or remove them first.`,
  )
