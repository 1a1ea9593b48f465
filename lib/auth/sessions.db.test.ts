import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { listSessions } from './list-sessions'
import { readSession } from './read-session'
import { revokeOtherSessions, revokeSession } from './revoke-session'
import { sessionCookie } from './session-cookie'
import { signOut } from './sign-out'
import { headersOfSession, signInAs, signUpSomebody } from './testing/people'

const database = useTestDatabase()

const isAlive = async (sessionId: string) => (await readSession(await headersOfSession(sessionId))) !== null

const codesOf = async (tenantId: string) =>
  (await database.owner()`select code from events where tenant_id = ${tenantId} order by seq`).map(
    ({ code }) => code,
  )

test('a revoked session is dead at its next request, and the others live on', async () => {
  const person = await signUpSomebody()
  const [here, there] = [await signInAs(person), await signInAs(person)]
  await revokeSession(here, { id: there.sessionId }, person.client)
  expect(await isAlive(there.sessionId)).toBe(false)
  expect(await isAlive(here.sessionId)).toBe(true)
  expect((await listSessions(here)).map(({ id }) => id)).toEqual([here.sessionId])
  expect((await codesOf(person.workspace.id)).at(-1)).toBe('SESSION_REVOKED')
})

test('signing out ends the session, not only its cookie', async () => {
  const person = await signUpSomebody()
  const session = await signInAs(person)
  await signOut(session, person.client)
  expect(await isAlive(session.sessionId)).toBe(false)
  expect((await codesOf(person.workspace.id)).at(-1)).toBe('USER_LOGGED_OUT')
})

test('all other sessions end at once, this one stays and is marked', async () => {
  const person = await signUpSomebody()
  const sessions = [await signInAs(person), await signInAs(person), await signInAs(person)] as const
  expect(await revokeOtherSessions(sessions[1], person.client)).toBe(2)
  expect(await Promise.all(sessions.map(({ sessionId }) => isAlive(sessionId)))).toEqual([false, true, false])
  expect(await listSessions(sessions[1])).toMatchObject([{ id: sessions[1].sessionId, isCurrent: true }])
  expect(await revokeOtherSessions(sessions[1], person.client)).toBe(0)
})

test("nobody ends another person's session", async () => {
  const [one, other] = [await signUpSomebody(), await signUpSomebody()]
  const [mine, theirs] = [await signInAs(one), await signInAs(other)]
  const attempt = revokeSession(mine, { id: theirs.sessionId }, one.client)
  await expect(attempt).rejects.toMatchObject({ code: 'not_found' })
  await revokeOtherSessions(mine, one.client)
  expect(await isAlive(theirs.sessionId)).toBe(true)
})

test('an expired session is dead although its cookie is whole', async () => {
  const { sessionId } = await signInAs(await signUpSomebody())
  await database.owner()`update sessions set expires_at = now() where id = ${sessionId}`
  expect(await isAlive(sessionId)).toBe(false)
})

test('last seen moves at most once a minute', async () => {
  const { sessionId } = await signInAs(await signUpSomebody())
  const sql = database.owner()
  const lastSeen = async () =>
    (await sql`select last_seen_at from sessions where id = ${sessionId}`)[0]?.last_seen_at
  const first = await lastSeen()
  expect(await isAlive(sessionId)).toBe(true)
  expect(await lastSeen()).toEqual(first)
  await sql`update sessions set last_seen_at = now() - interval '61 seconds' where id = ${sessionId}`
  expect(await isAlive(sessionId)).toBe(true)
  expect((await lastSeen()) >= first).toBe(true)
})

test('a forged, foreign, empty or tampered cookie is nobody', async () => {
  const { sessionId } = await signInAs(await signUpSomebody())
  const { name } = sessionCookie()
  const whole = (await headersOfSession(sessionId)).get('cookie') ?? ''
  for (const cookie of [
    '',
    `${name}=`,
    `${name}=${sessionId}`,
    `${name}=a.b.c.d.e`,
    whole.slice(0, -4),
    `other=${whole}`,
  ]) {
    expect(await readSession(new Headers({ cookie }))).toBeNull()
  }
  expect(
    await readSession(new Headers({ authorization: `Bearer ${whole.slice(name.length + 1)}` })),
  ).toBeNull()
  expect(await readSession(await headersOfSession(randomUUID()))).toBeNull()
})
