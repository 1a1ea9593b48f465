import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { newMemberScope } from '@/lib/auth/testing/people'
import { parseInput } from '@/lib/errors/parse-input'
import { createToken } from './create'
import { createTokenSchema } from './input'
import { listTokens } from './list'
import { revokeToken } from './revoke'

const database = useTestDatabase()

const bearer = (secret: string) => new Headers({ authorization: `Bearer ${secret}` })

test('a token is shown once, stored hashed, and listed without its secret', async () => {
  const scope = await newMemberScope()
  const token = await createToken(scope, { name: 'ci', scopes: ['events:write'] })
  const [row] = await database.owner()`select * from tokens where id = ${token.id}`
  expect(JSON.stringify(row)).not.toContain(token.secret)
  expect(row?.secret_hash).toHaveLength(32)
  const listed = await listTokens(scope)
  expect(listed).toMatchObject([
    { id: token.id, name: 'ci', createdBy: scope.principal.login, lastUsedAt: null, revokedAt: null },
  ])
  expect(JSON.stringify(listed)).not.toContain(token.secret)
})

test('making and revoking a token are events without its secret', async () => {
  const scope = await newMemberScope()
  const { id, secret } = await createToken(scope, { name: 'ci', scopes: ['events:write', 'events:read'] })
  await revokeToken(scope, { id })
  await revokeToken(scope, { id })
  const rows = await database.owner()`
    select code, target_name, body from events where tenant_id = ${scope.tenantId} and target_type = 'token' order by seq`
  expect(rows.map(({ code, target_name }) => [code, target_name])).toEqual([
    ['API_TOKEN_ADDED', 'ci'],
    ['API_TOKEN_REVOKED', 'ci'],
  ])
  for (const { body } of rows) expect(body).not.toContain(secret.slice(12))
})

test('a revoked token is dead at once in this process, although it was used a moment before', async () => {
  const scope = await newMemberScope()
  const { id, secret } = await createToken(scope, { name: 'ci', scopes: ['events:write'] })
  await expect(scopeForToken(bearer(secret))).resolves.toMatchObject({ tenantId: scope.tenantId })
  await revokeToken(scope, { id })
  await expect(scopeForToken(bearer(secret))).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('a token scope cannot make, list or revoke tokens', async () => {
  const scope = await newMemberScope()
  const { id, secret } = await createToken(scope, {
    name: 'ci',
    scopes: ['events:write', 'destinations:manage'],
  })
  const byToken = await scopeForToken(bearer(secret))
  await expect(createToken(byToken, { name: 'x', scopes: ['events:read'] })).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(listTokens(byToken)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(revokeToken(byToken, { id })).rejects.toMatchObject({ code: 'forbidden' })
})

test.each([
  [{ name: 'ci', scopes: [] }, '/scopes'],
  [{ name: 'ci' }, '/scopes'],
  [{ name: 'ci', scopes: ['tokens:manage'] }, '/scopes/0'],
  [{ name: '  ', scopes: ['events:read'] }, '/name'],
  [{ name: 'ci', scopes: ['events:read'], expiresAt: '2020-01-01' }, '/expiresAt'],
  [{ name: 'ci', scopes: ['events:read'], expiresAt: '2027-02-30' }, '/expiresAt'],
])('%j is refused at %s', (input, pointer) => {
  let violations: unknown
  try {
    parseInput(createTokenSchema, input)
  } catch (error) {
    violations = (error as { details: { violations: unknown } }).details.violations
  }
  expect(violations).toEqual([expect.objectContaining({ pointer })])
})

test('a day of expiry lasts to its end in UTC', () => {
  const { expiresAt } = parseInput(createTokenSchema, {
    name: 'ci',
    scopes: ['events:read'],
    expiresAt: '2999-01-01',
  })
  expect(expiresAt?.toISOString()).toBe('2999-01-01T23:59:59.999Z')
})
