import { type LineSample, SAMPLE_ROWS } from '@/components/collection/lines/sample'
import type { TenantScope } from '@/lib/access/scope'
import { listFiles } from '@/lib/collection/files/list'
import { readSample } from '@/lib/collection/files/read-sample'
import { AppError } from '@/lib/errors/app-error'

/** Rows of the newest file that a line collects: what its editor begins with. Undefined where there is none to read. */
export async function firstSample(
  scope: TenantScope,
  silos: readonly string[],
): Promise<LineSample | undefined> {
  const [silo] = silos
  if (!silo) return undefined
  const { files } = await listFiles(scope, { silo, limit: 10 })
  const file = files.find(({ forgottenAt }) => forgottenAt === null)
  if (!file) return undefined
  try {
    const { header, rows } = await readSample(scope, { silo, id: file.id, rows: SAMPLE_ROWS })
    return { name: file.name, header, rows }
  } catch (error) {
    // A file that is no table of rows is told of on its silo's page.
    if (error instanceof AppError) return undefined
    throw error
  }
}
