import { AppError } from '@/lib/errors/app-error'

/** A place between two events: what lies `before` or `after` the event with that seq. */
export type Cursor = { side: 'before' | 'after'; seq: number }

/** Opaque to clients, so that it can change without breaking them. */
export function encodeCursor({ side, seq }: Cursor): string {
  return Buffer.from(`${side}:${seq}`).toString('base64url')
}

/** Throws `invalid` for anything that `encodeCursor` did not make. */
export function decodeCursor(text: string): Cursor {
  const [, side, seq] = /^(before|after):(\d{1,16})$/.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (!side || !Number.isSafeInteger(Number(seq))) {
    const violations = [{ pointer: '/cursor', code: 'invalid', detail: 'is not a cursor of this API' }]
    throw new AppError('invalid', 'The cursor is not understood. Begin again without it.', { violations })
  }
  return { side: side as Cursor['side'], seq: Number(seq) }
}
