import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildVerifier } from '@/scripts/verify-build'
import { VERIFIER_PATH } from './verifier-file'
import { verifierHashRoute, verifierRoute } from './verifier-route'

const dir = mkdtempSync(join(tmpdir(), 'spoor-served-'))
const get = (route: typeof verifierRoute, headers: Record<string, string> = {}) =>
  route.GET(new Request('http://localhost/', { headers }), undefined)

beforeAll(() => void vi.spyOn(process, 'cwd').mockReturnValue(dir))
afterAll(() => rmSync(dir, { recursive: true }))

test('where no build has put it, nobody gets anything; then everybody the very file, by its own hash', async () => {
  expect((await get(verifierRoute)).status).toBe(404)
  await buildVerifier(join(dir, VERIFIER_PATH))
  const response = await get(verifierRoute)
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.equals(readFileSync(join(dir, VERIFIER_PATH)))).toBe(true)
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  const hash = createHash('sha256').update(bytes).digest('hex')
  expect(await (await get(verifierHashRoute)).text()).toBe(`${hash}  spoor-verify.mjs\n`)
  const again = await get(verifierRoute, { 'if-none-match': String(response.headers.get('etag')) })
  expect(again.status).toBe(304)
})

test('the same sources make the same file, whoever builds it', async () => {
  await buildVerifier(join(dir, 'one.mjs'))
  const [one, two] = [join(dir, 'one.mjs'), join(dir, VERIFIER_PATH)].map((file) => readFileSync(file))
  expect(one?.equals(two as Buffer)).toBe(true)
})
