import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const APP_DIR = fileURLToPath(new URL('../../../app', import.meta.url))

/** Paths of the route files below a folder of `app`, as OpenAPI writes them. */
export function listRoutePaths(folder: string): string[] {
  return readdirSync(join(APP_DIR, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('route.ts'))
    .map((file) => `/${folder}/${file.replace(/\/?route\.ts$/, '')}`.replaceAll(/\[(\w+)\]/g, '{$1}'))
}

/** The file that serves a path: its own, or, outside the API, one for everything below its first folder. */
export function findRouteFile(path: string): string | undefined {
  const own = join(APP_DIR, path.replaceAll(/\{(\w+)\}/g, '[$1]'), 'route.ts')
  if (existsSync(own)) return own
  const above = join(APP_DIR, path.split('/')[1] ?? '', '[...path]', 'route.ts')
  return !path.startsWith('/api/') && existsSync(above) ? above : undefined
}
