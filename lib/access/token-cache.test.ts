import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type KnownToken, loadToken, purgeTokens, recallToken } from './token-cache'

const known = (name: string): KnownToken => ({
  id: randomUUID(),
  name,
  permissions: ['events:write'],
  expiresAtMs: Number.POSITIVE_INFINITY,
  tenant: { id: randomUUID(), slug: 'acme', name: 'Acme', idKey: new Uint8Array(32) },
})

test('requests at the same time ask once', async () => {
  let questions = 0
  const load = async () => {
    questions++
    return known('ci')
  }
  const answers = await Promise.all(Array.from({ length: 20 }, () => loadToken('same time', load)))
  expect(questions).toBe(1)
  expect(new Set(answers).size).toBe(1)
})

test('an answer that was under way when a token was revoked is not remembered', async () => {
  let answer = (_token: KnownToken | null): void => {}
  const underWay = loadToken('under way', () => new Promise((resolve) => (answer = resolve)))
  purgeTokens()
  const fresh = loadToken('under way', async () => null)
  answer(known('revoked meanwhile'))
  await underWay
  expect(await fresh).toBeNull()
  expect(recallToken('under way')).toBeNull()
})

test('a purge forgets at once, a failed question is asked again', async () => {
  await loadToken('purged', async () => known('ci'))
  expect(recallToken('purged')).toMatchObject({ name: 'ci' })
  purgeTokens()
  expect(recallToken('purged')).toBeUndefined()
  await expect(loadToken('failing', () => Promise.reject(new Error('database away')))).rejects.toThrow('away')
  expect(await loadToken('failing', async () => known('back'))).toMatchObject({ name: 'back' })
})

test('the memory is bounded: the oldest tokens go first', async () => {
  for (let i = 0; i <= 10_000; i++) await loadToken(`many ${i}`, async () => null)
  expect(recallToken('many 0')).toBeUndefined()
  expect(recallToken('many 10000')).toBeNull()
  purgeTokens()
})
