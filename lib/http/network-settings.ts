import { BlockList, isIP } from 'node:net'
import { env } from '@/env'

const SETTINGS = {
  SPOOR_TRUSTED_PROXIES: env.trustedProxies,
  SPOOR_ALLOW_NETWORKS: env.allowedNetworks,
}
export type NetworkSetting = keyof typeof SETTINGS

const parsed = new Map<NetworkSetting, { text: string; list: BlockList }>()

/** Whether an IP address is in one of the networks that the operator set. Throws if the setting has a typo. */
export function isInNetworks(setting: NetworkSetting, address: string): boolean {
  const family = isIP(address)
  if (family === 0 || address.includes('%')) return false
  return readNetworks(setting).check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/** Reads all settings that hold networks, to tell of a typo at the start and not when one is first needed. */
export function checkNetworkSettings(): void {
  for (const setting of Object.keys(SETTINGS) as NetworkSetting[]) readNetworks(setting)
}

function readNetworks(setting: NetworkSetting): BlockList {
  const networks = SETTINGS[setting]()
  const text = networks.join(' ')
  const known = parsed.get(setting)
  if (known?.text === text) return known.list
  const list = parseNetworks(setting, networks)
  parsed.set(setting, { text, list })
  return list
}

/** CIDRs and single addresses. Throws if one is neither, because a typo must not close or open a network. */
function parseNetworks(setting: NetworkSetting, networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix, ...rest] = network.split('/')
    const family = isIP(address)
    const widest = family === 4 ? 32 : 128
    const bits = prefix === undefined ? widest : /^\d+$/.test(prefix) ? Number(prefix) : Number.NaN
    if (family === 0 || address.includes('%') || rest.length > 0 || !(bits <= widest))
      throw new Error(`${setting}: "${network}" is neither an address nor a CIDR such as 10.1.0.0/16.`)
    list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}
