import { isAbsolute, normalize } from 'node:path'
import type { TenantScope } from '@/lib/access/scope'
import type { FolderOrigin } from '@/lib/collection/origins/origin'
import { AppError } from '@/lib/errors/app-error'
import { allowedFolders, isWithin } from './allowed-folders'

const refuse = (detail: string) => {
  const violations = [{ pointer: '/origin/path', code: 'invalid', detail }]
  return new AppError('invalid', detail, { violations })
}

/** Checks that the operator allowed the folder to the workspace. Throws `invalid`. */
export function configureFolder({ tenantSlug }: TenantScope, given: string): FolderOrigin {
  const allowed = allowedFolders(tenantSlug)
  if (allowed.length === 0)
    throw refuse(
      'The operator of Spoor has allowed this workspace no folder. They do it with SPOOR_COLLECT_FOLDERS.',
    )
  // normalize also takes `..` out, and leaves a slash at the end.
  const path = normalize(given).replace(/(?<=.)[/\\]+$/, '')
  if (!isAbsolute(path) || !allowed.some((folder) => isWithin(folder, path)))
    throw refuse(`This workspace may collect from ${allowed.join(', ')}, and folders in it.`)
  return { kind: 'folder', path }
}
