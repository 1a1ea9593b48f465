import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { createWorkspaceForOwner } from '@/lib/workspaces/create-for-owner'
import { openLink, redeemLink } from './redeem-link'
import { signIn } from './sign-in'
import { newClient, PASSWORD } from './testing/people'

const database = useTestDatabase()

async function invite() {
  const tag = randomUUID().slice(0, 8)
  const ownerEmail = `${tag}@example.com`
  const { workspace, signInUrl } = await createWorkspaceForOwner({
    slug: `w-${tag}`,
    name: 'Acme',
    ownerEmail,
  })
  return { ownerEmail, workspace, secret: signInUrl?.split('/').at(-1) ?? '' }
}

const failuresOf = async (tenantId: string) =>
  (await database.owner()`select code from events where tenant_id = ${tenantId} and status = 'fail'`).map(
    ({ code }) => code,
  )

const passwordEventsOf = async (tenantId: string) =>
  (
    await database.owner()`select body from events where tenant_id = ${tenantId} and code = 'USER_PASSWORD_SET'`
  ).map(({ body }) => JSON.parse(body))

test('a link sets the password once; looking at it before does not use it up', async () => {
  const { ownerEmail, workspace, secret } = await invite()
  await openLink(secret, newClient())
  await openLink(secret, newClient())
  expect(await redeemLink(secret, { password: PASSWORD }, newClient())).toEqual({ email: ownerEmail })
  await expect(signIn({ email: ownerEmail, password: PASSWORD }, newClient())).resolves.toBeDefined()

  const again = redeemLink(secret, { password: 'another password' }, newClient())
  await expect(again).rejects.toMatchObject({ code: 'not_found' })
  await expect(signIn({ email: ownerEmail, password: PASSWORD }, newClient())).resolves.toBeDefined()
  expect(await failuresOf(workspace.id)).toEqual(['USER_AUTH_FAILED_LINK'])
})

test('choosing the password is an event of its own, with who and from where, and without the password', async () => {
  const { ownerEmail, workspace, secret } = await invite()
  const client = newClient()
  await openLink(secret, client)
  expect(await passwordEventsOf(workspace.id)).toEqual([])
  await redeemLink(secret, { password: PASSWORD }, client)
  await redeemLink(secret, { password: PASSWORD }, client).catch(() => {})
  const events = await passwordEventsOf(workspace.id)
  expect(events).toMatchObject([
    {
      type: 'account',
      status: 'success',
      actor: { login: ownerEmail, ip: client.ip },
      targets: [{ type: 'user', name: ownerEmail }],
    },
  ])
  expect(JSON.stringify(events)).not.toMatch(/argon2|long enough/)
})

test('when the event cannot be recorded, neither the password is set nor the link used up', async () => {
  const { ownerEmail, workspace, secret } = await invite()
  const sql = database.owner()
  const [head] = await sql`delete from trail_heads where tenant_id = ${workspace.id} returning *`
  await expect(redeemLink(secret, { password: PASSWORD }, newClient())).rejects.toThrow()
  await sql`insert into trail_heads ${sql(head as Record<string, unknown>)}`
  const [user] = await sql`select password_hash from users where email = ${ownerEmail}`
  expect(user?.password_hash).toBeNull()
  await expect(openLink(secret, newClient())).resolves.toMatchObject({ email: ownerEmail })
})

test.each([
  ['another type', { length: 43 }],
  ['a number', 43],
  ['nothing', undefined],
  ['another length', 'x'.repeat(44)],
])('%s in place of the secret is a link that never was', async (_, secret) => {
  await expect(openLink(secret, newClient())).rejects.toMatchObject({ code: 'not_found' })
  await expect(redeemLink(secret, { password: PASSWORD }, newClient())).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('of two who use a link at the same time one gets in', async () => {
  const { secret } = await invite()
  const tries = ['password of the first', 'password of the other'].map((password) =>
    redeemLink(secret, { password }, newClient()),
  )
  const outcomes = await Promise.allSettled(tries)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('using one link uses up all others of the person', async () => {
  const first = await invite()
  const second = await createWorkspaceForOwner({
    slug: `w-${randomUUID().slice(0, 8)}`,
    name: 'Second',
    ownerEmail: first.ownerEmail,
    existingAccount: true,
  })
  await redeemLink(first.secret, { password: PASSWORD }, newClient())
  const other = redeemLink(
    second.signInUrl?.split('/').at(-1) ?? '',
    { password: 'taken over!' },
    newClient(),
  )
  await expect(other).rejects.toMatchObject({ code: 'not_found' })
})

test('an expired link and one that never was open nothing', async () => {
  const { secret, workspace } = await invite()
  await database.owner()`update sign_in_links set expires_at = now()`
  await expect(openLink(secret, newClient())).rejects.toMatchObject({ code: 'not_found' })
  await expect(openLink('never-was', newClient())).rejects.toMatchObject({ code: 'not_found' })
  expect(await failuresOf(workspace.id)).toEqual(['USER_AUTH_FAILED_LINK'])
})

test('the link itself is stored nowhere', async () => {
  const { secret } = await invite()
  const sql = database.owner()
  const [row] = await sql`select count(*) as found from events where body like ${`%${secret}%`}`
  expect(Number(row?.found)).toBe(0)
  const stored = await sql`select encode(secret_hash, 'escape') as hash from sign_in_links`
  expect(stored.some(({ hash }) => hash.includes(secret))).toBe(false)
})
