import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const LIB_DIR = fileURLToPath(new URL('../..', import.meta.url))

/** `export function name<T>(…` and `export const name = async (…`, up to the end of the first parameters. */
const EXPORTS = [
  /export (?:async )?function\*? (\w+)\s*(?:<[^(]*>)?\(\s*([^)]*)/g,
  /export const (\w+)(?:: [^=]+)? = (?:async )?(?:<[^(]*>)?\(\s*([^)]*)/g,
]

/** A scope as the first parameter, or as the second behind a transaction. */
const TAKES_SCOPE = /^(?:\w+: [\w<>[\]]+,\s*)?\w+: TenantScope\b/

/** All functions that lib exports and that take a tenant's scope, as `folder/file name`. */
export function findScopeExports(): string[] {
  const files = readdirSync(LIB_DIR, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.includes('testing/'),
  )
  return files.flatMap((path) => {
    const source = readFileSync(join(LIB_DIR, path), 'utf8')
    const found = EXPORTS.flatMap((pattern) => [...source.matchAll(pattern)])
    return found
      .filter(([, , parameters = '']) => TAKES_SCOPE.test(parameters))
      .map(([, name]) => `${path.replace(/\.ts$/, '')} ${name}`)
  })
}
