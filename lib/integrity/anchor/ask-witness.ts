import type { GuardedAnswer, SendRequest } from '@/lib/http/guarded-request'
import { USER_AGENT } from '@/lib/http/user-agent'
import { parseIndex } from '@/lib/integrity/verify/encoding'
import { PeerError } from './peer-error'
import { verifyCosignatures } from './verify-cosignatures'

const SIZE_TYPE = 'text/x.tlog.size'
const TIMEOUT_MS = 15_000

export type WitnessQuestion = {
  /** Its submission prefix. */
  url: string
  vkey: string
  /** The size that it cosigned last, as far as we know. */
  knownSize: number
  size: number
  note: string
  /** Proves that the tree of `from` leaves begins that of `size`; 32 bytes each. */
  prove(from: number): Promise<readonly Buffer[]>
  owner: string
  signal: AbortSignal
}

const HINTS: Record<number, string> = {
  400: 'it does not understand the request',
  403: 'it does not believe any key of this log. Give it the verifier key of this log',
  404: 'it does not know this log, or the URL is wrong. Give it the verifier key of this log, and check the URL',
  409: 'somebody else asks it for this log at the same time',
  422: 'it finds that this log does not continue what it cosigned before. Keep its checkpoint: it is evidence',
  429: 'it wants fewer requests',
}

async function post(
  { url, note, owner, signal }: WitnessQuestion,
  oldSize: number,
  proof: readonly Buffer[],
  request: SendRequest,
): Promise<GuardedAnswer> {
  const lines = proof.map((hash) => `${hash.toString('base64')}\n`).join('')
  return request({
    url: `${url.replace(/\/+$/, '')}/add-checkpoint`,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'user-agent': USER_AGENT },
    body: Buffer.from(`old ${oldSize}\n${lines}\n${note}`),
    owner,
    timeoutMs: TIMEOUT_MS,
    signal,
  })
}

/** The size that the witness says it knows, in an answer 409. */
function conflictingSize({ status, headers, text }: GuardedAnswer): number | undefined {
  const [type] = (headers['content-type'] ?? '').split(';')
  if (status !== 409 || type?.trim().toLowerCase() !== SIZE_TYPE) return undefined
  return parseIndex(text.replace(/\n$/, ''))
}

/**
 * The size to ask again with, where that can help; undefined if the answer is none of `409`. Of the same size the
 * witness says `409` as well when it knows another root, with or without a size.
 */
function sizeToAskAgain(answer: GuardedAnswer, asked: number, size: number): number | undefined {
  const known = conflictingSize(answer)
  if (known !== undefined && known > size)
    throw new PeerError(
      `The witness has cosigned a checkpoint of ${known} events, and this log has ${size}: it was rolled back. ` +
        'Keep its checkpoint: it is evidence.',
    )
  if (answer.status === 409 && (known ?? size) === asked)
    throw new PeerError(`The witness has cosigned another log of ${asked} events under this name.`)
  return known
}

/**
 * Asks a witness to cosign a checkpoint: C2SP tlog-witness, add-checkpoint. Where it knows another size than we
 * thought, it is asked once more with the proof from there. Gives its signature lines, verified. Throws `PeerError`
 * for what it refuses, and `OutgoingError`.
 */
export async function askWitness(question: WitnessQuestion, request: SendRequest): Promise<string> {
  const { size, note, vkey, prove } = question
  const guess = Math.min(question.knownSize, size)
  let answer = await post(question, guess, await prove(guess), request)
  const known = sizeToAskAgain(answer, guess, size)
  if (known !== undefined) {
    answer = await post(question, known, await prove(known), request)
    sizeToAskAgain(answer, known, size)
  }
  if (answer.status === 200) return verifyCosignatures(note, answer.text, vkey)
  const hint = HINTS[answer.status] ?? 'it is out of order, or the URL is not that of a witness'
  throw new PeerError(`The witness answered HTTP ${answer.status}: ${hint}.`)
}
