import { isAbsolute, join, normalize, relative, sep } from 'node:path'
import { env } from '@/env'

/** `slug=/path`; a path may have equals signs of its own. */
const OWN_FOLDER = /^([a-z0-9-]+)=(.+)$/

/**
 * The folders that the operator allowed to a workspace, as absolute paths. Of one that all share it gets the folder
 * that is named by its slug. Throws where the setting names no absolute path.
 */
export function allowedFolders(tenantSlug: string): string[] {
  return env.collectFolders().flatMap((entry) => {
    const [, slug, own] = OWN_FOLDER.exec(entry) ?? []
    const path = own ?? entry
    if (!isAbsolute(path))
      throw new Error(`SPOOR_COLLECT_FOLDERS: ${path} must be an absolute path, or slug=/absolute/path.`)
    if (slug === undefined) return [normalize(join(path, tenantSlug))]
    return slug === tenantSlug ? [normalize(path)] : []
  })
}

/** Whether a path is the folder or in it, by their names alone: resolve links before. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}
