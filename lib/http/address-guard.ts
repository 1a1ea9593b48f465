import { BlockList, isIP } from 'node:net'
import { isInNetworks } from './network-settings'

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

/**
 * Registered as public, but answered by the cloud that a server stands in, with its secrets or as its insider:
 * Azure's WireServer, Google's private and restricted API addresses, IBM Cloud's service networks.
 */
const CLOUD_IPV4: [string, number][] = [
  ['161.26.0.0', 16],
  ['166.8.0.0', 14],
  ['168.63.129.16', 32],
  ['199.36.153.4', 30],
  ['199.36.153.8', 30],
]

function blockList(subnets: [string, number][], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family)
  return list
}

const specialIpv4 = blockList([...SPECIAL_IPV4, ...CLOUD_IPV4], 'ipv4')
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

/** Whether an outgoing connection may reach the IP address: public, or in a network that the operator allowed. */
export function mayReach(address: string): boolean {
  return isPublicAddress(address) || isInNetworks('SPOOR_ALLOW_NETWORKS', address)
}
