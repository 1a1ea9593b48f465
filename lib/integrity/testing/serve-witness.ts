import { createHash, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { COSIGNATURE, makeNoteKey, type NoteKey } from '@/lib/integrity/checkpoint/note-key'
import { decodeBase64, parseIndex } from '@/lib/integrity/verify/encoding'
import { isConsistent } from '@/lib/integrity/verify/merkle'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import { type OpenCheckpoint, openCheckpoint } from '@/lib/integrity/verify/open-checkpoint'
import { parsePolicy } from '@/lib/integrity/verify/policy'
import { Refusal } from '@/lib/integrity/verify/refusal'

type Remembered = { size: number; root: string }
type Reply = { status: number; body?: string; type?: string }

export type Witness = {
  url: string
  vkey: string
  /** Verifier keys of the logs that it believes. */
  logs: string[]
  /** What it cosigned last, by origin. */
  memory: Map<string, Remembered>
  /** Statuses that it gave, in order. */
  statuses: number[]
  close(): Promise<void>
}

/** `old N`, up to 63 hashes, an empty line, the note. */
function parseSubmission(text: string): { old: number; proof: string[]; note: string } | undefined {
  const gap = text.indexOf('\n\n')
  const [first = '', ...lines] = text.slice(0, gap).split('\n')
  const old = parseIndex(/^old (\d+)$/.exec(first)?.[1] ?? '')
  const proof = lines.map((line) => decodeBase64(line) ?? '')
  if (gap < 0 || old === undefined || lines.length > 63 || proof.some(({ length }) => length !== 32))
    return undefined
  return { old, proof, note: text.slice(gap + 2) }
}

function cosign(key: NoteKey, text: string): string {
  const seconds = Math.floor(Date.now() / 1000)
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), key.privateKey)
  return `\u2014 ${key.name} ${Buffer.concat([key.id, time, signature]).toString('base64')}\n`
}

async function open(note: string, logs: readonly string[]): Promise<OpenCheckpoint | number> {
  const origin = note.split('\n', 1)[0] ?? ''
  const own = logs.filter((vkey) => vkey.startsWith(`${origin}+`))
  if (own.length === 0) return 404
  const policy = parsePolicy(
    nodePrimitives.sha256,
    `${own.map((vkey) => `log ${vkey}`).join('\n')}\nquorum none\n`,
  )
  try {
    return await openCheckpoint(note, { policy, primitives: nodePrimitives }, 'The submission')
  } catch (error) {
    if (error instanceof Refusal) return error.reason === 'note_malformed' ? 400 : 403
    throw error
  }
}

/**
 * A strict witness of C2SP tlog-witness on loopback: it believes the log's own signature only, demands the size that
 * it cosigned last, and a consistency proof from there. Its brain is the verifier's, which shares no code with what
 * makes proofs.
 */
export async function serveWitness(name = 'witness.example/w1'): Promise<Witness> {
  const key = makeNoteKey(name, COSIGNATURE, createHash('sha256').update(name).digest())
  const logs: string[] = []
  const memory = new Map<string, Remembered>()
  const statuses: number[] = []

  async function answer(text: string): Promise<Reply> {
    const submission = parseSubmission(text)
    if (!submission) return { status: 400 }
    const { old, proof, note } = submission
    const checkpoint = await open(note, logs)
    if (typeof checkpoint === 'number') return { status: checkpoint }
    const { origin, size, root } = checkpoint
    if (old > size) return { status: 400 }
    const known = memory.get(origin) ?? { size: 0, root: nodePrimitives.sha256(new Uint8Array()) }
    const conflict = { status: 409, body: `${known.size}\n`, type: 'text/x.tlog.size' }
    if (old !== known.size) return conflict
    if (size === known.size && root !== known.root) return { status: 409 }
    if (!isConsistent(nodePrimitives.sha256, known, { size, root }, proof)) return { status: 422 }
    memory.set(origin, { size, root })
    return { status: 200, body: cosign(key, checkpoint.text), type: 'text/plain' }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const isRight = request.method === 'POST' && request.url === '/w/add-checkpoint'
    const reply = isRight ? await answer(Buffer.concat(chunks).toString()) : { status: 404 }
    statuses.push(reply.status)
    response.writeHead(reply.status, { 'content-type': reply.type ?? 'text/plain' }).end(reply.body)
  }

  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}/w/`, vkey: key.vkey, logs, memory, statuses, close }
}
