import { realpath } from 'node:fs/promises'
import { AppError } from '@/lib/errors/app-error'
import { allowedFolders, isWithin } from './allowed-folders'

/** Real paths: of the folder that files are in, and of what the operator allowed around it. */
export type Root = { allowed: string; folder: string }

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code ?? '')

/** What the system says about a path, in words for people. */
export function pathError(path: string, error: unknown): AppError {
  const code = codeOf(error)
  const words: Record<string, string> = {
    ENOENT: `There is no ${path} on the server. Check the path, and that it is mounted.`,
    ENOTDIR: `${path} is no folder.`,
    EACCES: `Spoor may not read ${path}. Give its user the right to.`,
    EPERM: `Spoor may not read ${path}. Give its user the right to.`,
    ELOOP: `${path} is a symbolic link, which is not followed here.`,
  }
  return new AppError('invalid', words[code] ?? `${path} can’t be read (${code || 'unknown error'}).`, {
    cause: error,
  })
}

async function resolve(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    throw pathError(path, error)
  }
}

/**
 * Resolves a silo's folder, and checks that it is in what the operator allows to the workspace now, wherever links
 * lead. Throws `invalid`.
 */
export async function findRoot(tenantSlug: string, path: string): Promise<Root> {
  const meant = allowedFolders(tenantSlug).find((allowed) => isWithin(allowed, path))
  if (meant === undefined)
    throw new AppError(
      'invalid',
      `The operator of Spoor does not allow this workspace to collect from ${path} (SPOOR_COLLECT_FOLDERS).`,
    )
  const folder = await resolve(path)
  const allowed = await resolve(meant)
  if (!isWithin(allowed, folder))
    throw new AppError('invalid', `${path} leads out of the folder that the operator allowed.`)
  return { allowed, folder }
}
