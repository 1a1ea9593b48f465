import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { parseInput } from '@/lib/errors/parse-input'
import { signUpSchema } from './input'
import { signUp } from './sign-up'
import { newClient, PASSWORD, type Person, signUpSomebody } from './testing/people'

const database = useTestDatabase()

const input = (over: Record<string, string>) =>
  parseInput(signUpSchema, {
    name: 'Ada',
    email: 'ada@example.com',
    password: PASSWORD,
    workspaceName: 'Analytical',
    slug: 'analytical',
    ...over,
  })

test('a sign-up makes account, workspace, owner and trail, and its first events say so', async () => {
  const client = newClient()
  const { userId, workspace } = await signUp(input({ email: ' Ada@Example.com ' }), client)
  const sql = database.owner()
  const [member] =
    await sql`select role from members where tenant_id = ${workspace.id} and user_id = ${userId}`
  expect(member?.role).toBe('owner')
  const [user] = await sql`select email, password_hash from users where id = ${userId}`
  expect(user?.email).toBe('ada@example.com')
  expect(user?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  const events =
    await sql`select seq, code, host(ip) as ip, body from events where tenant_id = ${workspace.id} order by seq`
  expect(events.map(({ seq, code, ip }) => [Number(seq), code, ip])).toEqual([
    [0, 'WORKSPACE_CREATED', client.ip],
    [1, 'USER_SIGNED_UP', client.ip],
  ])
  for (const { body } of events) {
    expect(body).not.toContain(PASSWORD)
    expect(body).not.toContain('argon2')
  }
})

test('a taken e-mail address and a taken workspace address are both named, and nothing is left behind', async () => {
  const person = await signUpSomebody()
  const before = await counts()
  const both = signUp(input({ email: person.email, slug: person.workspace.slug }), newClient())
  await expect(both).rejects.toMatchObject({
    code: 'conflict',
    details: { violations: [{ pointer: '/email' }, { pointer: '/slug' }] },
  })
  const slug = signUp(input({ email: 'new@example.com', slug: person.workspace.slug }), newClient())
  await expect(slug).rejects.toMatchObject({
    code: 'conflict',
    details: { violations: [{ pointer: '/slug' }] },
  })
  expect(await counts()).toEqual(before)
})

test('two sign-ups for one address at the same time make one workspace', async () => {
  const tries = ['one@example.com', 'two@example.com', 'three@example.com'].map((email) =>
    signUp(input({ email, slug: 'contested' }), newClient()),
  )
  const outcomes = await Promise.allSettled(tries)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('sign-ups are counted by network before they cost anything, whatever becomes of them', async () => {
  const person = await signUpSomebody()
  const flood = newClient()
  const ours = Array.from({ length: 25 }, (_, i) =>
    signUp(i < 2 ? input({ email: `f${i}@example.com`, slug: `flood-${i}` }) : taken(person), flood),
  )
  const outcomes = await Promise.all(ours.map((one) => one.catch((error) => error)))
  const codes = outcomes.map(({ code }) => code ?? 'made')
  expect(codes).toEqual([
    ...Array(2).fill('made'),
    ...Array(18).fill('conflict'),
    ...Array(5).fill('rate_limited'),
  ])
  expect(outcomes.at(-1)).toMatchObject({
    message: 'Too many sign-ups from your network. Try again in 10 minutes.',
    details: { retryAfterSeconds: 600 },
  })
  await expect(signUp(taken(person), newClient())).rejects.toMatchObject({ code: 'conflict' })
})

test.each([
  ['email', 'ada'],
  ['password', 'too short'],
  ['password', 'x'.repeat(201)],
  ['slug', 'instance'],
  ['slug', 'a b'],
  ['workspaceName', ' '],
  ['name', ''],
])('%s %j is refused beside its field', (field, value) => {
  let violations: unknown
  try {
    input({ [field]: value })
  } catch (error) {
    violations = (error as { details: { violations: unknown } }).details.violations
  }
  expect(violations).toEqual([expect.objectContaining({ pointer: `/${field}` })])
})

const taken = ({ email, workspace }: Person) => input({ email, slug: workspace.slug })

async function counts() {
  const [row] = await database.owner()`select (select count(*) from users) as users,
    (select count(*) from tenants) as tenants, (select count(*) from events) as events`
  return row
}
