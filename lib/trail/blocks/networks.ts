/** Network sizes that are indexed, smallest number of bits first; others are found by the next wider one and checked. */
export const PREFIXES = { 4: [8, 16, 24, 32], 6: [32, 48, 64, 128] } as const

/** The 4 or 16 bytes of an address without zone, in any spelling that `net.isIP` takes. */
export function toAddressBytes(address: string): Uint8Array {
  if (!address.includes(':')) return Uint8Array.from(address.split('.'), Number)
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  const text = dotted
    ? `${dotted[1]}${hexPair(dotted[2], dotted[3])}:${hexPair(dotted[4], dotted[5])}`
    : address
  const [head = '', tail] = text.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const words = [...before, ...Array(8 - before.length - after.length).fill('0'), ...after]
  return Uint8Array.from(
    words.flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 255]),
  )
}

const hexPair = (high = '0', low = '0') => (Number(high) * 256 + Number(low)).toString(16)

/** The network of that many bits around an address, as a term. It names the family: both have a /32. */
export function networkTerm(bytes: Uint8Array, bits: number): string {
  const whole = bits >> 3
  let text = `${bytes.length === 4 ? 4 : 6} ${bits}/`
  for (let i = 0; i < whole; i++) text += String.fromCharCode(bytes[i] ?? 0)
  return text
}
