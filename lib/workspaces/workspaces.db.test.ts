import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { scopeForMember } from '@/lib/access/scope-for-member'
import { newMemberScope, PASSWORD, signInAs, signUpSomebody } from '@/lib/auth/testing/people'
import { listMembers } from '@/lib/members/list'
import { createWorkspaceForOwner } from './create-for-owner'
import { listAllWorkspaces } from './list'
import { listOwnWorkspaces } from './list-own'
import { renameWorkspace } from './rename'

const database = useTestDatabase()

const newSlug = () => `w-${randomUUID().slice(0, 8)}`

test('a new owner gets a one-time link, or none when the operator sets the password', async () => {
  const invited = { slug: newSlug(), name: 'Acme', ownerEmail: `${newSlug()}@example.com` }
  const withLink = await createWorkspaceForOwner(invited)
  expect(withLink).toMatchObject({
    owner: { email: invited.ownerEmail, isNew: true },
    workspace: { slug: invited.slug },
  })
  expect(withLink.signInUrl).toMatch(/\/sign-in\/link\/[\w-]{43}$/)
  const ownerEmail = `${newSlug()}@example.com`
  const withPassword = await createWorkspaceForOwner({
    slug: newSlug(),
    name: 'B',
    ownerEmail,
    password: PASSWORD,
  })
  expect(withPassword.signInUrl).toBeNull()
})

test('nobody becomes owner by having signed up with the e-mail address before, unless the operator says so', async () => {
  const person = await signUpSomebody()
  const input = { slug: newSlug(), name: 'Theirs', ownerEmail: person.email }
  for (const attempt of [input, { ...input, password: PASSWORD }]) {
    await expect(createWorkspaceForOwner(attempt)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/has an account already.*--existing-account/),
    })
  }
  const user = await signInAs(person)
  expect((await listOwnWorkspaces(user)).map(({ slug }) => slug)).toEqual([person.workspace.slug])
  expect((await listAllWorkspaces()).map(({ slug }) => slug)).not.toContain(input.slug)
})

test('a known account that the operator confirms becomes owner of the new workspace, and its password stays', async () => {
  const person = await signUpSomebody()
  const input = { slug: newSlug(), name: 'Second', ownerEmail: person.email, existingAccount: true }
  await expect(createWorkspaceForOwner({ ...input, password: 'a new password' })).rejects.toMatchObject({
    code: 'conflict',
  })
  const { owner, signInUrl } = await createWorkspaceForOwner(input)
  expect({ owner, signInUrl }).toEqual({ owner: { email: person.email, isNew: false }, signInUrl: null })
  const user = await signInAs(person)
  expect((await listOwnWorkspaces(user)).map(({ slug }) => slug)).toEqual([person.workspace.slug, input.slug])
})

test('a taken slug makes nothing: no account, no link, no event', async () => {
  const { workspace } = await signUpSomebody()
  const ownerEmail = `${newSlug()}@example.com`
  const attempt = createWorkspaceForOwner({ slug: workspace.slug, name: 'Again', ownerEmail })
  await expect(attempt).rejects.toMatchObject({ code: 'conflict' })
  expect(await database.owner()`select 1 from users where email = ${ownerEmail}`).toHaveLength(0)
})

test("the operator's list leaves the instance's own trail out", async () => {
  const { workspace } = await signUpSomebody()
  const slugs = (await listAllWorkspaces()).map(({ slug }) => slug)
  expect(slugs).toContain(workspace.slug)
  expect(slugs).not.toContain('instance')
})

test('renaming is an event with the old and the new name, and doing it twice is one', async () => {
  const scope = await newMemberScope()
  await renameWorkspace(scope, { name: 'Another name' })
  await renameWorkspace(scope, { name: 'Another name' })
  const rows = await database.owner()`
    select body from events where tenant_id = ${scope.tenantId} and code = 'WORKSPACE_RENAMED'`
  expect(rows.map(({ body }) => JSON.parse(body))).toMatchObject([
    { oldValue: scope.tenantName, newValue: 'Another name', targets: [{ name: 'Another name' }] },
  ])
})

test('only who may manage the workspace renames it', async () => {
  const person = await signUpSomebody()
  const user = await signInAs(person)
  await database.owner()`update members set role = 'member' where user_id = ${person.userId}`
  const member = await scopeForMember(user, person.workspace.slug, {})
  await expect(renameWorkspace(member, { name: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' })
})

test('the members of a workspace are its own', async () => {
  const [ours] = [await newMemberScope(), await newMemberScope()]
  expect(await listMembers(ours)).toMatchObject([{ email: ours.principal.login, role: 'owner' }])
})
