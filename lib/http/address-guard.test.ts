import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { isPublicAddress, mayReach } from './address-guard'
import { guardedConnect } from './guarded-socket'
import { parseTargetHost } from './target-host'
import { parseTargetUrl } from './target-url'

afterEach(() => vi.unstubAllEnvs())

/** Each is refused as the host of a URL, whatever form it is written in. */
const FORBIDDEN_HOSTS = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '0177.0.0.1',
  '0x7f.0.0.1',
  '0x7f.1',
  '0x7f000001',
  '2130706433',
  '017700000001',
  '127.0.0.1.',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  '0',
  '0.0.0.0',
  '0x0',
  '10.0.0.1',
  '10.255.255.255',
  '012.0.0.1',
  '167772161',
  '100.64.0.1',
  '100.127.255.255',
  '169.254.169.254',
  '169.254.170.2',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  '100.100.100.200',
  '161.26.0.10',
  '166.8.0.1',
  '166.11.255.255',
  '168.63.129.16',
  '0xa83f8110',
  '2822734096',
  '199.36.153.4',
  '199.36.153.11',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '192.168.255.255',
  '0xc0a80001',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:7f00:0001]',
  '[::ffff:10.0.0.1]',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '[::ffff:168.63.129.16]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::10.0.0.1]',
  '[100::1]',
  '[2001::1]',
  '[2001:0:7f00:1::]',
  '[2001:10::1]',
  '[2001:20::1]',
  '[2001:1ff:ffff::1]',
  '[2001:db8::1]',
  '[2002:7f00:1::]',
  '[2002:a9fe:a9fe::1]',
  '[2002:c0a8:1::1]',
  '[3fff::1]',
  '[5f00::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fd12:3456:789a::1]',
  '[fe80::1]',
  '[febf::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[4000::1]',
  '[1fff:ffff::1]',
  '[FE80::A]',
  '127.1.',
  '0x7F.0X0.0.1',
  '0177.1',
  '00000177.0.0.1',
  '4294967295',
  '0xffffffff',
  '0x7f.0.0x0.01',
  '１２７.０.０.１',
  '𝟏𝟐𝟕.𝟎.𝟎.𝟏',
  '127．0．0．1',
  '127｡0｡0｡1',
  '127%2E0%2E0%2E1',
  '1６９.254.169.254',
  '[::ffff:0:0]',
  '[::FFFF:127.0.0.1]',
  '[0:0:0:0:0:0:127.0.0.1]',
  '[2002:7f00:0001::1]',
  '[2001:0000:4136:e378:8000:63bf:3fff:fdd2]',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'ｌocalhost',
  'a.localhost',
  'deep.er.localhost.',
]

test('the table of forbidden spellings is as long as it claims', () => {
  expect(new Set(FORBIDDEN_HOSTS).size).toBeGreaterThanOrEqual(60)
})

test.each(FORBIDDEN_HOSTS)('http://%s/ is refused before anything is looked up', (host) => {
  expect(() => parseTargetUrl(`http://${host}/`)).toThrow(/is not a public address/)
  expect(() => parseTargetUrl(`https://${host}:8443/x`)).toThrow(/is not a public address/)
})

test.each(FORBIDDEN_HOSTS)('a connection to %s is refused before anything is looked up', async (host) => {
  expect(() => parseTargetHost(host)).toThrow(/is not a public address/)
  let asked = 0
  const resolve = () => void asked++
  await expect(guardedConnect({ host, port: 6514, resolve })).rejects.toMatchObject({
    reason: 'forbidden_target',
  })
  expect(asked).toBe(0)
})

test.each([
  'fe80::1%eth0',
  '[fe80::1%25eth0]',
  '::1%lo',
  'logs.example.com@127.0.0.1',
  '127.0.0.1#logs.example.com',
  '127.0.0.1?logs.example.com',
  '127.0.0.1\\logs.example.com',
  '127.0.0.1/logs.example.com',
  'logs.example.com:22',
  '[::1]:6514',
  'http://127.0.0.1',
  '127.0.0.1\tx',
  '127.0.\n0.1',
  '1.2.3.4.5',
  '256.0.0.1',
  '0x7f.0.0.1.2',
  'a b',
  '',
  '.',
  'x'.repeat(300),
])('%j is no host at all', (host) => {
  expect(() => parseTargetHost(host)).toThrow(/not a (host|public address)/)
})

test.each([
  ['Logs.Example.COM', 'logs.example.com'],
  [' logs.example.com. ', 'logs.example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['0x08.8.8.8', '8.8.8.8'],
  ['134744072', '8.8.8.8'],
  ['2606:4700:4700::1111', '2606:4700:4700::1111'],
  ['[2606:4700:4700::1111]', '2606:4700:4700::1111'],
  ['localhost.example.com', 'localhost.example.com'],
])('%j is the host %s', (text, host) => expect(parseTargetHost(text)).toBe(host))

test.each([1, 22, 80, 443, 445, 1023, 0, -1, 65_536])('no connection leads to port %d', async (port) => {
  const resolve = () => expect.unreachable()
  await expect(guardedConnect({ host: 'mail.example.com', port, resolve })).rejects.toMatchObject({
    reason: 'forbidden_target',
    message: expect.stringContaining('port'),
  })
})

test.each([25, 465, 587, 2525, 514, 601, 6514, 65_535])(
  'mail and syslog are looked for at port %d',
  async (port) => {
    const stop = new AbortController()
    const resolve = () => stop.abort()
    await expect(
      guardedConnect({ host: 'mail.example.com', port, resolve, signal: stop.signal }),
    ).rejects.toMatchObject({ reason: 'aborted' })
  },
)

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '161.25.255.255',
  '161.27.0.0',
  '166.7.255.255',
  '166.12.0.0',
  '168.63.129.15',
  '168.63.129.17',
  '199.36.153.3',
  '199.36.153.12',
  '172.15.255.255',
  '172.32.0.1',
  '192.167.255.255',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '::ffff:8.8.8.8',
  '2001:200::1',
  '2606:4700:4700::1111',
  '2a00:1450:4001::1',
  '2003::1',
  '3ffe:ffff::1',
  '2000::1',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each(['', 'localhost', 'fe80::1%eth0', '2606:4700::1%eth0', '1.2.3', '1.2.3.4/32', ' 8.8.8.8'])(
  '"%s" is no address, so not public',
  (text) => expect(isPublicAddress(text)).toBe(false),
)

test.each([
  ['ftp://example.com/', /https:\/\//],
  ['file:///etc/passwd', /https:\/\//],
  ['https://user:pw@example.com/', /user name/],
  ['https://user@example.com/', /user name/],
  ['https://logs.example.com@127.0.0.1/', /user name/],
  ['https://logs.example.com%40127.0.0.1/', /not a URL/],
  ['https://127.0.0.1\\@logs.example.com/', /not a public address/],
  ['https://127.0.0.1#@logs.example.com/', /not a public address/],
  ['https://127.0.0.1?.logs.example.com/', /not a public address/],
  ['https:127.0.0.1', /not a public address/],
  ['https:\\\\127.0.0.1', /not a public address/],
  ['ht\ntps://12\t7.0.0.1/', /not a public address/],
  ['https://[::1%25lo]/', /not a URL/],
  ['https://[fe80::1%eth0]/', /not a URL/],
  ['https://[::ffff:127.0.0.1', /not a URL/],
  ['gopher://127.0.0.1:25/', /https:\/\//],
  ['javascript:alert(1)', /https:\/\//],
  ['https://example.com:22/', /port/],
  ['https://example.com:25/', /port/],
  ['http://example.com:0/', /port/],
  ['example.com', /not a URL/],
  ['', /not a URL/],
  [`https://example.com/${'a'.repeat(2048)}`, /longer/],
])('%s is refused', (url, words) => {
  expect(() => parseTargetUrl(url)).toThrow(words)
})

test.each([
  'https://example.com/',
  'http://example.com:8088/services/collector',
  'https://[2606:4700::1]:443/',
])('%s is taken', (url) => expect(parseTargetUrl(url).href).toBe(new URL(url).href))

describe('networks that the operator allowed', () => {
  test('open the names of this machine with its addresses', () => {
    vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
    expect(parseTargetHost('localhost')).toBe('localhost')
    expect(parseTargetUrl('http://a.localhost:8088/').hostname).toBe('a.localhost')
    expect(() => parseTargetHost('127.0.0.2')).toThrow(/not a public address/)
  })

  test('open exactly themselves, in mapped form too', () => {
    vi.stubEnv('SPOOR_ALLOW_NETWORKS', '10.1.0.0/16, 192.168.7.7 fd00:1::/32')
    for (const address of ['10.1.0.1', '10.1.255.255', '::ffff:10.1.0.1', '192.168.7.7', 'fd00:1::5'])
      expect(mayReach(address), address).toBe(true)
    for (const address of [
      '10.0.255.255',
      '10.2.0.0',
      '192.168.7.8',
      'fd00:2::5',
      '127.0.0.1',
      '169.254.169.254',
    ])
      expect(mayReach(address), address).toBe(false)
  })
})

/** The same classification by arithmetic, as an independent second opinion. */
function isPublicIpv4(value: number): boolean {
  const inside = (network: number, bits: number) => value >>> (32 - bits) === network >>> (32 - bits)
  const a = (p: number, q = 0, r = 0, s = 0) => ((p << 24) | (q << 16) | (r << 8) | s) >>> 0
  const special: [number, number][] = [
    [a(0), 8],
    [a(10), 8],
    [a(100, 64), 10],
    [a(127), 8],
    [a(161, 26), 16],
    [a(166, 8), 14],
    [a(168, 63, 129, 16), 32],
    [a(169, 254), 16],
    [a(172, 16), 12],
    [a(192), 24],
    [a(192, 0, 2), 24],
    [a(192, 88, 99), 24],
    [a(192, 168), 16],
    [a(198, 18), 15],
    [a(198, 51, 100), 24],
    [a(199, 36, 153, 4), 30],
    [a(199, 36, 153, 8), 30],
    [a(203, 0, 113), 24],
    [a(224), 4],
    [a(240), 4],
  ]
  return !special.some(([network, bits]) => inside(network, bits))
}

test('any IPv4 address is classified as arithmetic says, bare, mapped and never when embedded otherwise', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), (value) => {
      const dotted = [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')
      expect(isPublicAddress(dotted)).toBe(isPublicIpv4(value))
      expect(isPublicAddress(`::ffff:${dotted}`)).toBe(isPublicIpv4(value))
      for (const hidden of [`::${dotted}`, `64:ff9b::${dotted}`, `::ffff:0:${dotted}`])
        expect(isPublicAddress(hidden)).toBe(false)
    }),
    { numRuns: 2000 },
  )
})
