import type { HourView } from '@/lib/forwarding/read-hours'

/** An hour of the chart. `behind` is null where nothing was written: nobody knows it. */
export type DeliverySlot = {
  /** RFC 3339, UTC; `to` is exclusive. */
  from: string
  to: string
  sent: number
  failed: number
  dead: number
  behind: number | null
}

const HOUR_MS = 3_600_000

/** Hours as the chart and its table show them, as plain JSON. */
export function toDeliverySlots(hours: readonly HourView[]): DeliverySlot[] {
  return hours.map(({ hour, sentEvents, failedAttempts, deadEvents, behind }) => ({
    from: hour.toISOString(),
    to: new Date(hour.getTime() + HOUR_MS).toISOString(),
    sent: sentEvents,
    failed: failedAttempts,
    dead: deadEvents,
    behind,
  }))
}

export const hasHappened = ({ sent, failed, dead, behind }: DeliverySlot): boolean =>
  sent > 0 || failed > 0 || dead > 0 || (behind ?? 0) > 0

/** What the hours come to; `behind` is the most of them, because a backlog does not add up. */
export function totalsOf(
  slots: readonly DeliverySlot[],
): Record<'sent' | 'failed' | 'dead' | 'behind', number> {
  const sum = (of: (slot: DeliverySlot) => number) => slots.reduce((total, slot) => total + of(slot), 0)
  return {
    sent: sum(({ sent }) => sent),
    failed: sum(({ failed }) => failed),
    dead: sum(({ dead }) => dead),
    behind: Math.max(0, ...slots.map(({ behind }) => behind ?? 0)),
  }
}
