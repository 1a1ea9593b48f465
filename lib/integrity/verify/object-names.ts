import { parseIndex } from './encoding'

/** The events that an object has by its name; those of a replay are there a second time. */
export type ObjectName = { name: string; firstSeq: number; lastSeq: number; isReplay: boolean }

const OBJECT = /^(?:replay=[^/]+\/)?date=[^/]+\/(\d{20})-(\d{20})\.[^/]+$/
const DIGEST = /^(.*\/)?_digests\/(\d{10})\.jsonl$/

const toNumber = (digits: string) => parseIndex(digits.replace(/^0+(?=\d)/, ''))

/** Reads an object's name within the folder of its stream; undefined for any other file. */
export function parseObjectName(name: string): ObjectName | undefined {
  const [, first = '', last = ''] = OBJECT.exec(name) ?? []
  const firstSeq = toNumber(first)
  const lastSeq = toNumber(last)
  if (firstSeq === undefined || lastSeq === undefined) return undefined
  return { name, firstSeq, lastSeq, isReplay: name.startsWith('replay=') }
}

/** Digests by the folder of their stream, in their order. */
export function findDigests(names: readonly string[]): Map<string, { name: string; number: number }[]> {
  const found = new Map<string, { name: string; number: number }[]>()
  for (const name of [...names].sort()) {
    const [match, folder = '', digits = ''] = DIGEST.exec(name) ?? []
    const number = toNumber(digits)
    if (match === undefined || number === undefined) continue
    found.set(folder, [...(found.get(folder) ?? []), { name, number }])
  }
  return found
}

/** Where an object lies within its stream's folder, from its whole key. */
export function withinStream(key: string, stream: string): string | undefined {
  const marker = `stream=${stream}/`
  const at = key.indexOf(marker)
  return at < 0 ? undefined : key.slice(at + marker.length)
}
