export type Room = { release(): void }

type Waiting = { bytes: number; owner: string; grant: (room: Room | undefined) => void }

/**
 * Bounds how many bytes of bodies are in memory at a time, over everything that runs in a process. One owner gets
 * half of them, or one room that is larger: whose receivers hang must not keep the others waiting.
 */
export class ByteBudget {
  #free: number
  readonly #total: number
  readonly #heldBy = new Map<string, number>()
  readonly #waiting: Waiting[] = []

  constructor(totalBytes: number) {
    this.#total = totalBytes
    this.#free = totalBytes
  }

  /** Waits its turn for room; more than there is at all counts as all. Undefined once `signal` is aborted. */
  take(bytes: number, signal: AbortSignal, owner = ''): Promise<Room | undefined> {
    const wanted = Math.min(bytes, this.#total)
    if (signal.aborted) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const entry: Waiting = {
        bytes: wanted,
        owner,
        grant: (room) => {
          signal.removeEventListener('abort', giveUp)
          resolve(room)
        },
      }
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1)
        entry.grant(undefined)
        this.#serve()
      }
      signal.addEventListener('abort', giveUp, { once: true })
      this.#waiting.push(entry)
      this.#serve()
    })
  }

  /** Room at once or not at all, and only while half of it is free: for what may as well be left. */
  tryTake(bytes: number, owner = ''): Room | undefined {
    const isScarce = this.#free - bytes < this.#total / 2
    return this.#waiting.length > 0 || isScarce ? undefined : this.#grant(bytes, owner)
  }

  #grant(bytes: number, owner: string): Room {
    this.#free -= bytes
    this.#heldBy.set(owner, this.#held(owner) + bytes)
    let isHeld = true
    return {
      release: () => {
        if (!isHeld) return
        isHeld = false
        this.#free += bytes
        const left = this.#held(owner) - bytes
        if (left > 0) this.#heldBy.set(owner, left)
        else this.#heldBy.delete(owner)
        this.#serve()
      },
    }
  }

  #held(owner: string): number {
    return this.#heldBy.get(owner) ?? 0
  }

  /** In the order of arrival, over those who have their half already. */
  #serve(): void {
    const isWithinHalf = ({ bytes, owner }: Waiting) => {
      const held = this.#held(owner)
      return held === 0 || held + bytes <= this.#total / 2
    }
    for (;;) {
      const at = this.#waiting.findIndex(isWithinHalf)
      const next = this.#waiting[at]
      if (!next || next.bytes > this.#free) return
      this.#waiting.splice(at, 1)
      next.grant(this.#grant(next.bytes, next.owner))
    }
  }
}
