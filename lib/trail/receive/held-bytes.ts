import { AppError } from '@/lib/errors/app-error'

/** JSON bodies that a process holds at one time; parsed, they take some three times as much. */
const MAX_HELD_BYTES = 128 * 1024 * 1024

const store = globalThis as unknown as { spoorHeldBytes?: number }

/** What one request holds of the memory for bodies. Many large ones at once are asked to come again. */
export class HeldBytes {
  private bytes = 0

  /** Throws `unavailable` when the process holds enough already. */
  take(bytes: number): void {
    const held = (store.spoorHeldBytes ?? 0) + bytes
    if (held > MAX_HELD_BYTES) {
      const message = 'Too many large requests are being read at this moment. Send this one again.'
      throw new AppError('unavailable', message, { retryAfterSeconds: 1 })
    }
    store.spoorHeldBytes = held
    this.bytes += bytes
  }

  release(): void {
    store.spoorHeldBytes = (store.spoorHeldBytes ?? 0) - this.bytes
    this.bytes = 0
  }
}
