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
