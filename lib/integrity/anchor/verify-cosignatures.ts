import { bytesOf } from '@/lib/integrity/verify/encoding'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import { parseNote } from '@/lib/integrity/verify/note'
import { Refusal } from '@/lib/integrity/verify/refusal'
import { parseVkey } from '@/lib/integrity/verify/vkey'
import { signedTextOf } from './anchor-entry'
import { PeerError } from './peer-error'

/** C2SP tlog-cosignature: eight bytes of Unix time in seconds, then the signature. */
const TIME_BYTES = 8
const encoder = new TextEncoder()

/** Those of the lines that the key cosigned this note's text with, newlines included. */
async function ownLines(text: string, lines: string, vkey: string): Promise<string> {
  const { name, keyId, publicKey } = parseVkey(nodePrimitives.sha256, vkey)
  const own: string[] = []
  for (const [i, line] of parseNote(`${text}\n${lines}`).signatures.entries()) {
    if (line.name !== name || line.keyId !== keyId || line.signature.length <= TIME_BYTES) continue
    const time = Buffer.from(line.signature.slice(0, TIME_BYTES), 'latin1').readBigUInt64BE()
    const message = encoder.encode(`cosignature/v1\ntime ${time}\n${text}`)
    const signature = bytesOf(line.signature.slice(TIME_BYTES))
    if (await nodePrimitives.verifyEd25519(bytesOf(publicKey), message, signature))
      own.push(`${lines.split('\n')[i]}\n`)
  }
  return own.join('')
}

/**
 * Picks from a witness' answer the signature lines that its verifier key proves to be over the checkpoint, each with
 * its newline. Throws `PeerError` if there are none.
 */
export async function verifyCosignatures(note: string, lines: string, vkey: string): Promise<string> {
  try {
    const own = await ownLines(signedTextOf(note), lines, vkey)
    if (own !== '') return own
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
  throw new PeerError(
    'The witness answered, but not with a cosignature of its verifier key. Check the key that was entered.',
  )
}
