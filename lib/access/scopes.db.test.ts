import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { signInAs, signUpSomebody } from '@/lib/auth/testing/people'
import { INSTANCE_TENANT_ID } from './instance-tenant'
import { PERMISSIONS, requirePermission } from './scope'
import { scopeForMember } from './scope-for-member'
import { scopeForSystem } from './scope-for-system'

const database = useTestDatabase()

test('another workspace is not found, in the words that a missing one is', async () => {
  const [ours, theirs] = [await signUpSomebody(), await signUpSomebody()]
  const user = await signInAs(ours)
  const refusal = (slug: string) =>
    scopeForMember(user, slug, {}).catch(({ code, message }) => ({ code, message }))
  expect(await refusal(theirs.workspace.slug)).toEqual(await refusal('no-such-workspace'))
  expect(await refusal('instance')).toMatchObject({ code: 'not_found' })
})

test('a role decides what a member may do', async () => {
  const person = await signUpSomebody()
  const user = await signInAs(person)
  const scope = () => scopeForMember(user, person.workspace.slug, person.client)
  expect([...(await scope()).permissions]).toEqual([...PERMISSIONS])
  await database.owner()`update members set role = 'auditor' where user_id = ${person.userId}`
  const auditor = await scope()
  expect(() => requirePermission(auditor, 'tokens:manage')).toThrow(/lacks the permission tokens:manage/)
  expect(() => requirePermission(auditor, 'events:write')).toThrow()
  expect(() => requirePermission(auditor, 'events:read')).not.toThrow()
})

test('who leaves a workspace is out at the next request', async () => {
  const person = await signUpSomebody()
  const user = await signInAs(person)
  await database.owner()`delete from members where user_id = ${person.userId}`
  await expect(scopeForMember(user, person.workspace.slug, {})).rejects.toMatchObject({ code: 'not_found' })
})

test('a program of the instance reaches a workspace by its name or id', async () => {
  const { workspace } = await signUpSomebody()
  for (const key of [workspace.slug, workspace.id]) {
    expect(await scopeForSystem(key, 'CLI')).toMatchObject({
      tenantId: workspace.id,
      surface: 'CLI',
      principal: { kind: 'system', login: 'operator' },
    })
  }
  await expect(scopeForSystem('nobody-here', 'CLI')).rejects.toMatchObject({ code: 'not_found' })
  await expect(scopeForSystem(INSTANCE_TENANT_ID, 'CLI')).resolves.toMatchObject({ tenantSlug: 'instance' })
})
