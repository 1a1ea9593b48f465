import { eraseSlots } from '@/lib/integrity/evidence/erase-slots'
import { storedSecrets } from '@/lib/integrity/evidence/stored-secrets'
import { eventSlots } from '@/lib/integrity/leaf'

/** A stored event as far as erasing needs it. */
export type StoredRow = { seq: number; action: string; body: string; seed: Buffer | null; redaction: unknown }

/** What `redact_events` makes of a row: what is left of the body, and what takes the seed's place. */
export type Change = { seq: number; body: string; redaction: object }

/** Actions by which the trail speaks of itself; what they say explains other events. */
const OWN_ACTION = 'trail.'
const OWN_MEMBERS = /^\/(type|action|data)(\/|$)/

/** Whether a pointer names a slot or something around it; the empty one names the whole event. */
const covers = (pointer: string, slot: string) => slot === pointer || slot.startsWith(`${pointer}/`)

/** The pointers of an event's values, and whether each may be erased. Of an emptied event there are none. */
export function slotsOf({ action, body }: Pick<StoredRow, 'action' | 'body'>) {
  const isOwn = action.startsWith(OWN_ACTION)
  return eventSlots(JSON.parse(body)).map(({ pointer: { text }, value }) => ({
    pointer: text,
    value,
    canErase: !(isOwn && OWN_MEMBERS.test(text)),
  }))
}

/** Pointers of the values that would be erased, and of those that would be left. */
export function splitSlots(
  row: StoredRow,
  pointers: readonly string[],
): { erased: string[]; kept: string[] } {
  const slots = slotsOf(row)
  const isErased = ({ pointer, canErase }: (typeof slots)[number]) =>
    canErase && pointers.some((chosen) => covers(chosen, pointer))
  return {
    erased: slots.filter(isErased).map(({ pointer }) => pointer),
    kept: slots.filter((slot) => !isErased(slot)).map(({ pointer }) => pointer),
  }
}

/** Those of the pointers that name something to erase in any of the rows: no notice may speak of more than was done. */
export function effectivePointers(rows: readonly StoredRow[], pointers: readonly string[]): string[] {
  const erasable = rows.flatMap((row) => slotsOf(row).filter(({ canErase }) => canErase))
  const slots = new Set(erasable.map(({ pointer }) => pointer))
  return [...new Set(pointers)].filter((chosen) => [...slots].some((slot) => covers(chosen, slot)))
}

/** Erases what the pointers name; undefined if the event has nothing of it (any more) that may be erased. */
export function redactRow(row: StoredRow, pointers: readonly string[]): Change | undefined {
  const { erased } = splitSlots(row, pointers)
  const secrets = storedSecrets(row)
  if (erased.length === 0 || !secrets) return undefined
  const { event, redaction } = eraseSlots(JSON.parse(row.body), secrets, erased)
  return { seq: row.seq, body: JSON.stringify(event), redaction }
}
