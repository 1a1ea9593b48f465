import { z } from 'zod'
import { AppError } from '@/lib/errors/app-error'

/** A place in a list that is ordered by time, and by id where times are equal. Times have three decimals. */
export type MomentCursor = { at: Date; id: string }

/** The end of the year 9999: times behind it have another form. */
const MAX_TIME_MS = Date.UTC(10_000, 0) - 1

/** Opaque to clients. */
export function encodeMomentCursor({ at, id }: MomentCursor): string {
  return Buffer.from(`${at.getTime()}:${id}`).toString('base64url')
}

/** Throws `invalid` for anything that `encodeMomentCursor` did not make. */
export function decodeMomentCursor(text: string): MomentCursor {
  const [, at, id] = /^(\d{1,15}):([0-9a-f-]{36})$/.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (!at || !id || !z.uuid().safeParse(id).success || Number(at) > MAX_TIME_MS) {
    const violations = [{ pointer: '/cursor', code: 'invalid', detail: 'is not a cursor of this list' }]
    throw new AppError('invalid', 'The cursor is not understood. Begin again without it.', { violations })
  }
  return { at: new Date(Number(at)), id }
}
