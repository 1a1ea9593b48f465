import { readHead } from '@/lib/collection/files/read-head'
import { detectReading } from '@/lib/collection/reading/detect-reading'
import type { Reading } from '@/lib/collection/reading/reading'
import { noteReading, type WaitingFile } from './run-files'
import type { RunWork } from './run-work'

/** How a file is read, and the names of its columns. */
export type OpenedFile = { reading: Reading; columns: readonly string[] }

/**
 * Finds out how a file is read, by what the silo says now; one that was begun is read on as it was. Throws `invalid`
 * where it is no table of rows.
 */
export async function openFile({ scope, run, line }: RunWork, file: WaitingFile): Promise<OpenedFile> {
  if (file.readBytes > 0 && file.reading)
    return { reading: file.reading, columns: file.header ?? line.attributes }
  const { reading, header } = detectReading(await readHead(scope, file.id), run.silo.reading)
  await noteReading(scope, file, reading, header)
  return { reading, columns: header ?? line.attributes }
}
