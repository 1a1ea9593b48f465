import { expect, test } from 'vitest'
import type { TenantScope } from '@/lib/access/scope'
import { kindsOf } from '@/lib/delivery/destinations/roles'
import { addDestination, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { parseInput } from '@/lib/errors/parse-input'
import { INPUT_SCHEMAS, previewDestinationSchema } from './input'
import { previewDestination } from './preview-destination'

const given = useDeliveries()

/** A secret that each kind takes as one of its own. */
const SECRET = 'geheim4711geheim4711geheim4711ge'

/** What a person enters for each kind; nobody listens anywhere. */
const INPUTS: Record<string, Record<string, unknown>> = {
  http: { url: 'https://logs.example.com/in', apiHeaderName: 'X-Key', apiKey: SECRET },
  splunk: { url: 'https://splunk.example.com:8088', token: '01234567-89ab-4cde-8f01-23456789abcd' },
  datadog: { site: 'datadoghq.eu', apiKey: SECRET },
  s3: {
    bucket: 'trail-of-acme',
    region: 'eu-central-1',
    accessKeyId: 'AKIAEXAMPLE',
    secretAccessKey: SECRET,
    mailTypes: ['relay'],
    mailTo: 'ops@example.com',
  },
  syslog: { host: 'syslog.example.com', port: '6514' },
}
/** Channels; a letter by this server would go out if its preview were sent. */
const CHANNELS: [string, Record<string, unknown>][] = [
  ['email', { to: ['soc@example.com'] }],
  [
    'email',
    {
      to: ['soc@example.com'],
      server: 'own',
      hostname: 'mail.example.com',
      from: 'spoor@example.com',
      username: 'spoor',
      password: SECRET,
    },
  ],
  ['webhook', { url: `https://hooks.example.com/services/${SECRET}` }],
  ['desktop', {}],
]
const SECRETS = [SECRET, '01234567-89ab-4cde-8f01-23456789abcd']

const preview = (input: Record<string, unknown>, scope: TenantScope = given.scope) =>
  previewDestination(scope, parseInput(previewDestinationSchema, input))

const previewChannel = (input: Record<string, unknown>) =>
  previewDestination(given.scope, parseInput(INPUT_SCHEMAS.channel.preview, input))

test.each(kindsOf('forwarding'))(
  '%s shows the latest matching event as it leaves, and no secret',
  async (kind) => {
    await appendNumbered(given.scope, 3)
    await appendNumbered(given.scope, 1, () => ({ type: 'other', message: 'not this one' }))
    const shown = await preview({ kind, ...INPUTS[kind], types: ['relay'] })
    expect(shown.request).toMatch(/^(POST|PUT) https:\/\/|^(TCP|TLS) /)
    expect(shown.body).toContain('n2')
    expect(shown.body).not.toContain('not this one')
    expect(shown.event?.seq).toBeGreaterThan(0)
    for (const secret of SECRETS) expect(JSON.stringify(shown)).not.toContain(secret)
    expect(JSON.stringify(shown)).not.toMatch(/Signature=[0-9a-f]/)
    // A second one finds nothing that the first has left behind.
    expect((await preview({ kind, ...INPUTS[kind], types: ['relay'] })).body).toContain('n2')
    expect(given.receiver.received).toHaveLength(0)
  },
)

test.each(CHANNELS)(
  '%s shows the message that people would get, without sending it, and with a threshold an alarm',
  async (kind, input) => {
    await appendNumbered(given.scope, 3, () => ({ actor: { login: 'jdoe25' } }))
    const shown = await previewChannel({ kind, ...input, types: ['relay'] })
    const read = JSON.stringify([shown.body, shown.message])
    expect(read).toContain('n2')
    for (const secret of SECRETS) expect(JSON.stringify(shown)).not.toContain(secret)
    const rule = { threshold: true, ruleCount: 471, ruleWithinSeconds: 300 }
    const alarm = await previewChannel({ kind, ...input, types: ['relay'], ...rule, enabled: false })
    expect(JSON.stringify([alarm.body, alarm.message])).toContain('471')
    expect(given.receiver.received).toHaveLength(0)
    const bells = await given.owner()`select 1 from notifications where tenant_id = ${given.scope.tenantId}`
    expect(bells).toHaveLength(0)
  },
)

test('without a matching event a made-up one is shown', async () => {
  const shown = await preview({ kind: 'http', url: given.receiver.url, types: ['none'] })
  expect(shown.event).toBeNull()
  expect(shown.body).toContain('trail.test')
})

test('masking shows as the receiver would see it, and stored secrets count', async () => {
  await appendNumbered(given.scope, 1, () => ({ actor: { login: 'jdoe25' } }))
  const stored = { url: given.receiver.url, apiHeaderName: 'X-Key', apiKey: SECRET }
  const id = await addDestination(given.scope, stored)
  const { headers, body } = await preview({
    kind: 'http',
    id,
    url: given.receiver.url,
    apiHeaderName: 'X-Key',
    types: ['relay'],
    masking: ['hide:actor.login'],
  })
  expect(Object.fromEntries(headers)).toMatchObject({ 'X-Key': '•••' })
  expect(body).toContain('***')
  expect(body).not.toContain('jdoe25')
})

test('what is missing is named by its field, and nobody else’s destination is previewed', async () => {
  await expect(
    preview({ kind: 'http', url: given.receiver.url, apiHeaderName: 'X-Key' }),
  ).rejects.toMatchObject({ code: 'invalid', details: { violations: [{ pointer: '/apiKey' }] } })
  const id = '0192c0de-0000-7000-8000-000000000001'
  await expect(preview({ kind: 'http', id, url: given.receiver.url })).rejects.toMatchObject({
    code: 'not_found',
  })
  const manager: TenantScope = { ...given.scope, permissions: new Set(['destinations:manage'] as const) }
  await expect(preview({ kind: 'http', url: given.receiver.url }, manager)).rejects.toMatchObject({
    code: 'forbidden',
  })
})
