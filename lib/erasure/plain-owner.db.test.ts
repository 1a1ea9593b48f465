import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { closeDatabase } from '@/db/client'
import { migrate } from '@/db/migrate'
import { databaseUrl } from '@/db/testing/database-url'
import { newMemberScope } from '@/lib/auth/testing/people'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { setRetentionSchema } from '@/lib/retention/input'
import { retainTrails } from '@/lib/retention/retain-trails'
import { setRetention } from '@/lib/retention/set'
import { appendDaysAgo } from '@/lib/retention/testing/append-at'
import { newBareTrail } from '@/lib/retention/testing/bare-trail'
import { listEvents } from '@/lib/trail/list'
import { eraseValues } from './erase-values'

const server = inject('testServerUrl')
const name = `plain_${randomUUID().slice(0, 8)}`
const admin = postgres(server, { max: 1, onnotice: () => {} })
const superuser = postgres(databaseUrl(server, name), { max: 1, onnotice: () => {} })

beforeAll(async () => {
  await admin.unsafe(`create role ${name} login createrole password '${name}'`)
  const roles = await admin`select rolname from pg_roles where rolname like 'spoor\\_%'`
  for (const { rolname } of roles) await admin.unsafe(`grant ${rolname} to ${name} with admin option`)
  await admin.unsafe(`create database ${name} owner ${name}`)
  const url = new URL(databaseUrl(server, name))
  url.username = name
  url.password = name
  await migrate(url.href)
  vi.stubEnv('DATABASE_URL', url.href)
})

afterAll(async () => {
  await closeDatabase()
  await superuser.end()
  await admin.unsafe(`drop database ${name} with (force)`)
  await admin.unsafe(`drop role ${name}`)
  await admin.end()
})

test('where the tables belong to a login that is no superuser, values are erased and events dropped all the same', async () => {
  const scope = await newMemberScope()
  await sealNow()
  const [event] = (await listEvents(scope, {})).events
  const chosen = { eventId: event?.id as string, pointers: ['/actor'], reasonCode: 'other' as const }
  expect(await eraseValues(scope, chosen)).toMatchObject({ events: 1 })
  const trail = await newBareTrail({ url: () => '', owner: () => superuser })
  const old = Array.from({ length: 300 }, () => ({ type: 'test', action: 'tried' }))
  await appendDaysAgo(trail, 40, old)
  await sealNow()
  await setRetention(trail, setRetentionSchema.parse({ days: 30, reason: 'policy' }))
  expect(await retainTrails({ budgetMs: 30_000 })).toMatchObject({ dropped: 256, emptied: 44 })
})
