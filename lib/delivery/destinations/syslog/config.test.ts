import { afterEach, expect, test, vi } from 'vitest'
import { makeAuthority } from '@/lib/http/testing/authority'
import { configureSyslog, syslogInputSchema } from './config'
import { syslogKind } from './syslog-kind'

afterEach(() => {
  vi.unstubAllEnvs()
})

const complaintsOf = (input: Record<string, unknown>) => {
  const parsed = syslogInputSchema.safeParse({ host: 'syslog.example.com', ...input })
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'))
}

test('a host is enough: TLS at 6514, octet counting, the native event, facility log audit', () => {
  const { config } = configureSyslog(syslogInputSchema.parse({ host: ' syslog.example.com ' }))
  expect(config).toEqual({
    host: 'syslog.example.com',
    port: 6514,
    transport: 'tls',
    framing: 'octet_counting',
    encoding: 'native',
    facility: 'audit',
    appName: 'spoor',
    enterpriseId: 32473,
    maxMessageBytes: 8192,
    bom: false,
  })
  expect(syslogKind.open(config).describe()).toBe('Syslog at syslog.example.com:6514')
})

test('what no syslog server has is refused with the field that it stands in', () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '')
  expect(complaintsOf({})).toEqual([])
  for (const host of [
    '',
    '127.0.0.1',
    '[::1]',
    'localhost',
    '10.0.0.1',
    'tcp://a.example',
    'a b',
    'a.example:514',
  ])
    expect(complaintsOf({ host })).toEqual(['host'])
  for (const port of ['0', '22', '25', '70000', 'x']) expect(complaintsOf({ port })).toEqual(['port'])
  for (const port of ['514', 601, '6514', 1024]) expect(complaintsOf({ port })).toEqual([])
  expect(complaintsOf({ maxMessageBytes: 200_000 })).toEqual(['maxMessageBytes'])
  expect(complaintsOf({ maxMessageBytes: 100 })).toEqual(['maxMessageBytes'])
  expect(complaintsOf({ appName: 'a b' })).toEqual(['appName'])
  expect(complaintsOf({ hostname: 'x'.repeat(256) })).toEqual(['hostname'])
  expect(complaintsOf({ transport: 'udp' })).toEqual(['transport'])
  expect(complaintsOf({ ca: 'nothing' })).toEqual(['ca'])
  expect(complaintsOf({ password: 'x' })).toEqual([''])
})

test('a certificate authority belongs to TLS', () => {
  const { ca } = makeAuthority()
  const configure = (transport: string) =>
    configureSyslog(syslogInputSchema.parse({ host: 'syslog.example.com', transport, ca })).config
  expect(configure('tls').ca).toBe(ca)
  expect(configure('tcp')).not.toHaveProperty('ca')
})
