import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { newMemberScope } from '@/lib/auth/testing/people'
import { createToken } from '@/lib/tokens/create'
import { newTokenSecret } from '@/lib/tokens/token-secret'
import { scopeForToken, tokenContext } from './scope-for-token'
import { purgeTokens } from './token-cache'

const database = useTestDatabase()

const bearer = (secret: string) => new Headers({ authorization: `Bearer ${secret}` })

async function newToken() {
  const scope = await newMemberScope()
  return { scope, ...(await createToken(scope, { name: 'ci', scopes: ['events:write'] })) }
}

test('a token gives the scope of its workspace with exactly its permissions, and the id key', async () => {
  const { scope, secret, id } = await newToken()
  const context = await tokenContext(
    new Headers({ authorization: `bearer ${secret}`, 'user-agent': 'curl/8' }),
  )
  expect(context.scope).toMatchObject({
    tenantId: scope.tenantId,
    principal: { kind: 'token', id, login: 'ci' },
    surface: 'API',
    client: { userAgent: 'curl/8' },
  })
  expect([...context.scope.permissions]).toEqual(['events:write'])
  expect(context.idKey).toHaveLength(32)
})

test('no token, another scheme, a typing mistake and an unknown token are unauthenticated', async () => {
  const { secret } = await newToken()
  for (const headers of [
    new Headers(),
    new Headers({ authorization: secret }),
    new Headers({ authorization: `Basic ${secret}` }),
    bearer(''),
    bearer('spoor_'),
    bearer(secret.slice(0, -1)),
    bearer(`${secret} ${secret}`),
    bearer(newTokenSecret()),
    bearer('x'.repeat(8_000)),
  ]) {
    await expect(scopeForToken(headers)).rejects.toMatchObject({ name: 'AppError', code: 'unauthenticated' })
  }
})

test('an expired token is refused even while it is remembered', async () => {
  const scope = await newMemberScope()
  const expiresAt = new Date(Date.now() + 400)
  const { secret } = await createToken(scope, { name: 'short', scopes: ['events:read'], expiresAt })
  await expect(scopeForToken(bearer(secret))).resolves.toBeDefined()
  await sleep(450)
  await expect(scopeForToken(bearer(secret))).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('a revocation by another process counts after a second', async () => {
  const { secret, id } = await newToken()
  await scopeForToken(bearer(secret))
  await database.owner()`update tokens set revoked_at = now() where id = ${id}`
  await sleep(1_050)
  await expect(scopeForToken(bearer(secret))).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('a remembered token is answered without a promise, in microseconds', async () => {
  const { secret } = await newToken()
  const headers = bearer(secret)
  await tokenContext(headers)
  const calls = 5_000
  const start = performance.now()
  for (let i = 0; i < calls; i++)
    expect.soft(tokenContext(headers) instanceof Promise || undefined).toBeUndefined()
  const perCallUs = ((performance.now() - start) * 1000) / calls
  expect(perCallUs).toBeLessThan(100)
})

test('last used is written beside the request, at most once a minute', async () => {
  const { secret, id } = await newToken()
  const sql = database.owner()
  const lastUsed = async () => (await sql`select last_used_at from tokens where id = ${id}`)[0]?.last_used_at
  const use = async () => {
    purgeTokens()
    await scopeForToken(bearer(secret))
    await sleep(100)
  }
  expect(await lastUsed()).toBeNull()
  await use()
  const first = await lastUsed()
  expect(first).toBeInstanceOf(Date)
  await use()
  expect(await lastUsed()).toEqual(first)
  await sql`update tokens set last_used_at = now() - interval '61 seconds' where id = ${id}`
  await use()
  expect((await lastUsed()) >= first).toBe(true)
})
