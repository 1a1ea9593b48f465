import { BlockList, isIP } from 'node:net'
import { env } from '@/env'

/** Not public, though globally routed by their first bits: IANA's special-purpose registry. */
const SPECIAL_IPV4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

/** Inside global unicast, but protocol assignments, documentation, and 6to4, which hides an IPv4 address. */
const SPECIAL_IPV6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

function blockList(subnets: [string, number][], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family)
  return list
}

const specialIpv4 = blockList(SPECIAL_IPV4, 'ipv4')
const globalUnicastIpv6 = blockList([['2000::', 3]], 'ipv6')
const specialIpv6 = blockList(SPECIAL_IPV6, 'ipv6')
const mappedIpv4 = blockList([['::ffff:0:0', 96]], 'ipv6')

/**
 * Whether an IP address belongs to the public internet. An allow-list: IPv6 is public only inside 2000::/3,
 * which shuts out NAT64, IPv4-compatible, unique local, link-local and multicast forms without naming them.
 */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%')) return false
  const family = isIP(address)
  if (family === 4) return !specialIpv4.check(address, 'ipv4')
  if (family !== 6) return false
  // BlockList compares an IPv4-mapped address with the rules of IPv4.
  if (mappedIpv4.check(address, 'ipv6')) return !specialIpv4.check(address, 'ipv6')
  return globalUnicastIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6')
}

/** Reads CIDRs and single addresses. Throws if one is neither, because a typo must not close or open a network. */
export function parseNetworks(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix, ...rest] = network.split('/')
    const family = isIP(address)
    const widest = family === 4 ? 32 : 128
    const bits = prefix === undefined ? widest : /^\d+$/.test(prefix) ? Number(prefix) : Number.NaN
    if (family === 0 || rest.length > 0 || !(bits <= widest))
      throw new Error(
        `SPOOR_ALLOW_NETWORKS: "${network}" is neither an address nor a CIDR such as 10.1.0.0/16.`,
      )
    list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

let allowed: { setting: string; list: BlockList } | undefined

function allowedNetworks(): BlockList {
  const networks = env.allowedNetworks()
  const setting = networks.join(' ')
  if (allowed?.setting !== setting) allowed = { setting, list: parseNetworks(networks) }
  return allowed.list
}

/** Whether the operator opened a network that contains the address. */
function isAllowedNetwork(address: string): boolean {
  if (address.includes('%') || isIP(address) === 0) return false
  return allowedNetworks().check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

/** Whether an outgoing connection may reach the IP address: public, or in a network that the operator allowed. */
export function mayReach(address: string): boolean {
  return isPublicAddress(address) || isAllowedNetwork(address)
}
