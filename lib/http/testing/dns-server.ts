import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { createResolver, type Resolver } from '@/lib/http/system-resolver'

const A = 1
const CNAME = 5
const AAAA = 28
const NXDOMAIN = 3

/** What a name leads to: addresses of both kinds, or one other name. An answer a question, the last one for good. */
export type Zone = Record<string, readonly (readonly string[])[]>

export type DnsServer = {
  /** Asks this server, over the network, as a resolver in front of a tenant's name server would. */
  resolve: Resolver
  /** How often a name was looked up. */
  asked(name: string): number
  close(): Promise<void>
}

/** A real name server on loopback (RFC 1035, over UDP) whose answers change from question to question. */
export async function startDnsServer(zone: Zone): Promise<DnsServer> {
  const questions = new Map<string, number>()
  const socket = createSocket('udp4')
  socket.on('message', (message, peer) => {
    const { name, type, end } = readQuestion(message)
    const key = `${name} ${type}`
    const count = questions.get(key) ?? 0
    questions.set(key, count + 1)
    socket.send(answer(message.subarray(0, end), resolveIn(zone, name, type, count)), peer.port, peer.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    resolve: createResolver([`127.0.0.1:${socket.address().port}`]),
    asked: (name) => questions.get(`${name} ${A}`) ?? 0,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

type Entry = { type: number; data: Buffer }

/** The records for a question; a name that leads to another one brings the other's records along. */
function resolveIn(zone: Zone, name: string, type: number, count: number): Entry[] | undefined {
  const answers = zone[name]
  const values = answers?.[Math.min(count, answers.length - 1)]
  return values?.flatMap((value) => {
    if (zone[value])
      return [{ type: CNAME, data: writeName(value) }, ...(resolveIn(zone, value, type, count) ?? [])]
    const own = isIPv6(value) ? AAAA : A
    return own === type ? [{ type, data: writeAddress(value) }] : []
  })
}

function answer(question: Buffer, entries: Entry[] | undefined): Buffer {
  const head = Buffer.from(question)
  head.writeUInt16BE(0x8400 | (entries ? 0 : NXDOMAIN), 2)
  head.writeUInt16BE(entries?.length ?? 0, 6)
  head.writeUInt32BE(0, 8)
  // The name of a record that follows a CNAME is where that one's data stands.
  let owner = 12
  let at = head.length
  const records = (entries ?? []).map(({ type, data }) => {
    const record = Buffer.alloc(12)
    record.writeUInt16BE(0xc000 | owner, 0)
    record.writeUInt16BE(type, 2)
    record.writeUInt16BE(1, 4)
    record.writeUInt16BE(data.length, 10)
    if (type === CNAME) owner = at + 12
    at += 12 + data.length
    return Buffer.concat([record, data])
  })
  return Buffer.concat([head, ...records])
}

function readQuestion(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 }
}

const writeName = (name: string) =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')])),
    Buffer.from([0]),
  ])

function writeAddress(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number))
  // URL writes an address in one way, without a dotted tail.
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const groups = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
  const [first, last] = [groups(head), groups(tail)]
  const all = [...first, ...Array(8 - first.length - last.length).fill(0), ...last]
  return Buffer.from(all.flatMap((group: number) => [group >> 8, group & 255]))
}
