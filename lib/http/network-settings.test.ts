import { afterEach, describe, expect, test, vi } from 'vitest'
import { checkNetworkSettings, isInNetworks } from './network-settings'

afterEach(() => vi.unstubAllEnvs())

const TYPOS = [
  '10.0.0.0/33',
  'fd00::/129',
  '10.0.0/8',
  'internal',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
]

describe.each(['SPOOR_TRUSTED_PROXIES', 'SPOOR_ALLOW_NETWORKS'] as const)('%s', (setting) => {
  test.each(TYPOS)('refuses the typo %s instead of guessing, and names itself', (network) => {
    vi.stubEnv(setting, `192.0.2.1, ${network}`)
    expect(checkNetworkSettings).toThrow(`${setting}: "${network}"`)
    expect(() => isInNetworks(setting, '192.0.2.1')).toThrow(setting)
  })

  test('takes addresses and CIDRs of both families, and holds nothing unless set', () => {
    expect(isInNetworks(setting, '10.1.2.3')).toBe(false)
    vi.stubEnv(setting, '10.1.0.0/16 192.0.2.1,fd00:1::/32')
    expect(checkNetworkSettings).not.toThrow()
    for (const address of ['10.1.2.3', '192.0.2.1', 'fd00:1::9'])
      expect(isInNetworks(setting, address), address).toBe(true)
    for (const address of ['10.2.0.1', '192.0.2.2', 'fd00:2::9', '', 'host', 'fe80::1%eth0'])
      expect(isInNetworks(setting, address), address).toBe(false)
  })
})
