import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { INSTANCE_TENANT_ID } from '@/lib/access/instance-tenant'
import { createWorkspaceForOwner } from '@/lib/workspaces/create-for-owner'
import { signIn } from './sign-in'
import { newClient, PASSWORD, signUpSomebody } from './testing/people'

const database = useTestDatabase()

async function eventsOf(tenantId: string, login: string) {
  const rows = await database.owner()`
    select body from events where tenant_id = ${tenantId} and actor_login = ${login} order by seq`
  return rows.map(({ body }) => JSON.parse(body))
}

const codes = (events: { code: string }[]) => events.map(({ code }) => code)

test('a sign-in opens a session of 30 days and is an event with address and user agent', async () => {
  const { email, workspace, client, userId } = await signUpSomebody()
  const { sessionId } = await signIn({ email, password: PASSWORD }, client)
  const [row] = await database.owner()`
    select user_id, ip, user_agent, expires_at - created_at = interval '30 days' as in_30_days
    from sessions where id = ${sessionId}`
  expect(row).toEqual({ user_id: userId, ip: client.ip, user_agent: client.userAgent, in_30_days: true })
  const event = (await eventsOf(workspace.id, email)).at(-1)
  expect(event).toMatchObject({
    code: 'USER_LOGGED_IN',
    source: 'WEB',
    actor: { id: userId, sessionId, ip: client.ip, userAgent: client.userAgent },
  })
})

test('a wrong password and an unknown account fail in the same words, and each leaves its own event', async () => {
  const { email, workspace } = await signUpSomebody()
  const unknown = `${randomUUID()}@example.com`
  const wrong = await signIn({ email, password: 'not the password' }, newClient()).catch((error) => error)
  const nobody = await signIn({ email: unknown, password: 'not the password' }, newClient()).catch(
    (error) => error,
  )
  expect(wrong).toMatchObject({ name: 'AppError', code: 'unauthenticated' })
  expect({ code: nobody.code, message: nobody.message }).toEqual({ code: wrong.code, message: wrong.message })
  expect(codes(await eventsOf(workspace.id, email))).toContain('USER_AUTH_FAILED_WRONG_PASSWORD')
  const [event] = await eventsOf(INSTANCE_TENANT_ID, unknown)
  expect(event).toMatchObject({
    code: 'USER_AUTH_FAILED_UNKNOWN_USER',
    status: 'fail',
    actor: { login: unknown },
  })
  expect(JSON.stringify(event)).not.toContain('not the password')
})

test('an unknown account, and one without a password, cost the work of a known one', async () => {
  const { email } = await signUpSomebody()
  const invited = `${randomUUID()}@example.com`
  await createWorkspaceForOwner({
    slug: `w-${randomUUID().slice(0, 8)}`,
    name: 'Invited',
    ownerEmail: invited,
  })
  const quickest = async (who: () => string) => {
    const times: number[] = []
    for (let i = 0; i < 6; i++) {
      const start = performance.now()
      await signIn({ email: who(), password: 'not the password' }, newClient()).catch(() => {})
      times.push(performance.now() - start)
    }
    return Math.min(...times)
  }
  const known = await quickest(() => email)
  expect(await quickest(() => `${randomUUID()}@example.com`)).toBeGreaterThan(known / 2)
  expect(await quickest(() => invited)).toBeGreaterThan(known / 2)
})

test('too many failures lock the account for that address only, even for the right password', async () => {
  const { email, workspace, client } = await signUpSomebody()
  const attacker = newClient()
  const failures = Array.from({ length: 9 }, () =>
    signIn({ email, password: 'a wild guess' }, attacker).catch((e) => e),
  )
  const refused = (await Promise.all(failures)).map(({ code }) => code)
  expect(refused.filter((code) => code === 'unauthenticated')).toHaveLength(5)
  expect(refused.filter((code) => code === 'rate_limited')).toHaveLength(4)
  await expect(signIn({ email, password: PASSWORD }, attacker)).rejects.toMatchObject({
    code: 'rate_limited',
  })
  await expect(signIn({ email, password: PASSWORD }, client)).resolves.toMatchObject({
    sessionId: expect.any(String),
  })

  const locked = (await eventsOf(workspace.id, email)).filter(
    ({ code }) => code === 'USER_AUTH_FAILED_LOCKED',
  )
  expect(locked.map(({ count }) => count).sort()).toEqual([1, 1, 2])
})

test('a sign-in is an event in every workspace of the person, and in no other', async () => {
  const person = await signUpSomebody()
  const stranger = await signUpSomebody()
  const second = await createWorkspaceForOwner({
    slug: `w-${randomUUID().slice(0, 8)}`,
    name: 'Second',
    ownerEmail: person.email,
    existingAccount: true,
  })
  await signIn({ email: person.email, password: PASSWORD }, person.client)
  expect(codes(await eventsOf(person.workspace.id, person.email))).toContain('USER_LOGGED_IN')
  expect(codes(await eventsOf(second.workspace.id, person.email))).toEqual(['USER_LOGGED_IN'])
  expect(await eventsOf(stranger.workspace.id, person.email)).toEqual([])
})
