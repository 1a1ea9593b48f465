import { z } from 'zod'
import type { TenantScope } from '@/lib/access/scope'
import { parseInput } from '@/lib/errors/parse-input'
import { answerEventStream, readLastEventId, type StreamBatch, streamIdSchema } from '@/lib/http/event-stream'
import type { BellNote } from './bell-note'
import { type FollowedNotes, followNotifications } from './follow-notifications'
import type { Bell } from './read-bell'

/** Somebody who was signed out or left the workspace reads on for at most so long. Each browser asks so often. */
const RECHECK_MS = 5_000

/** What a browser asks with: the number that it has already. */
export const afterSchema = z.object({ after: streamIdSchema.optional() })

/** A message of the stream. */
export type RungMessage = { note: BellNote; bell: Bell }

/** The person's notifications as server-sent events: `data` is a `RungMessage`, `id` its number. */
export async function answerNotifications(
  scope: TenantScope,
  request: Request,
  recheck: () => Promise<void>,
): Promise<Response> {
  const asked = parseInput(afterSchema, Object.fromEntries(new URL(request.url).searchParams))
  const after = readLastEventId(request.headers) ?? asked.after
  const begin = async (signal: AbortSignal) => toMessages(await followNotifications(scope, after, signal))
  return answerEventStream(request, begin, { recheck, recheckMs: RECHECK_MS })
}

async function* toMessages(batches: AsyncGenerator<FollowedNotes>): AsyncGenerator<StreamBatch> {
  for await (const { notes, bell, position } of batches) {
    const toData = (note: BellNote) => JSON.stringify({ note, bell } satisfies RungMessage)
    yield { messages: notes.map((note) => ({ id: note.number, data: toData(note) })), position }
  }
}
