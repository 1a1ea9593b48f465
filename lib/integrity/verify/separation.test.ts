import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const dir = dirname(fileURLToPath(import.meta.url))
/** Hashing in Node is Node's; and a proof that is made from served tiles is verified whoever made it. */
const ALLOWED: Record<string, string[]> = {
  'node-primitives.ts': ['node:crypto', '@/lib/integrity/sha256'],
  'follow.ts': ['@/lib/integrity/tree/hash-ranges', '@/lib/integrity/tree/proof-ranges'],
}

test('the verifier shares no code with what it verifies, and needs nothing that a browser lacks', () => {
  const files = readdirSync(dir).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  expect(files.length).toBeGreaterThan(20)
  for (const file of files) {
    const imports = readFileSync(join(dir, file), 'utf8').matchAll(/from '([^']+)'/g)
    const outside = [...imports].flatMap(([, from = '']) => (from.startsWith('./') ? [] : [from]))
    expect({ file, outside }).toEqual({ file, outside: ALLOWED[file] ?? [] })
  }
})
