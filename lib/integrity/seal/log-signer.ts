import { deriveClockKey, deriveLogKey } from '@/lib/integrity/checkpoint/derive-keys'
import type { NoteKey } from '@/lib/integrity/checkpoint/note-key'
import { signCheckpoint } from '@/lib/integrity/checkpoint/sign-checkpoint'

/** Deriving a key costs some 0.2 ms, as much as signing with it: those of the busiest logs are kept. */
const MAX_KEYS = 10_000

/** A key as it was published: which rotation it is, and what others pin. */
export type PublishedKey = { number: number; vkey: string }

/** The master secret of this process derives another key than was published for a log. */
export class WrongSecretError extends Error {
  override readonly name = 'WrongSecretError'

  /** `what` was published by another secret: a verifier key, or whose. */
  constructor(what: string) {
    super(
      `The log master secret of this sealer is not the one that published ${what}. Put that secret back, or open a ` +
        'new epoch, which signs with this one.',
    )
  }
}

/** The part of an origin before `/log/<id>`: whose clock it is. */
export const hostOf = (origin: string): string => origin.slice(0, origin.lastIndexOf('/log/'))

/** Signs checkpoints with keys that are derived from the master secret, the sealer's alone. */
export class LogSigner {
  readonly #masterSecret: Uint8Array
  readonly #keys = new Map<string, NoteKey>()

  constructor(masterSecret: Uint8Array) {
    this.#masterSecret = masterSecret
  }

  logKey(origin: string, number: number): NoteKey {
    return this.#remember(`log ${origin} ${number}`, () => deriveLogKey(this.#masterSecret, origin, number))
  }

  clockKey(host: string, number: number): NoteKey {
    return this.#remember(`clock ${host} ${number}`, () => deriveClockKey(this.#masterSecret, host, number))
  }

  /**
   * The signed note of a tree head, with all keys of its log and all clocks of its host that are in use. Throws
   * `WrongSecretError` where a derived key is not the one that was published.
   */
  sign(
    head: { origin: string; size: number; root: Uint8Array },
    logKeys: readonly PublishedKey[],
    clockKeys: readonly PublishedKey[],
    timeSeconds: number,
  ): string {
    const host = hostOf(head.origin)
    const keys = [
      ...logKeys.map((key) => checked(this.logKey(head.origin, key.number), key)),
      ...clockKeys.map((key) => checked(this.clockKey(host, key.number), key)),
    ]
    if (clockKeys.length === 0) throw new WrongSecretError(`the clock of ${host}`)
    return signCheckpoint(head, keys, timeSeconds)
  }

  #remember(name: string, derive: () => NoteKey): NoteKey {
    const known = this.#keys.get(name)
    if (known) return known
    if (this.#keys.size >= MAX_KEYS) this.#keys.clear()
    const key = derive()
    this.#keys.set(name, key)
    return key
  }
}

function checked(derived: NoteKey, { vkey }: PublishedKey): NoteKey {
  if (derived.vkey === vkey) return derived
  throw new WrongSecretError(vkey)
}
