import type { EventParts } from './event-fields'
import { refuse } from './refusal'
import type { Skips } from './skips'

const NOTICE = 'trail.redaction'
const MAX_SLOTS_OF_MEMBER = 32

/** How many values a pointer may stand for: everything, the members of a member, or one. */
function capacityOf(pointer: string): number {
  if (pointer === '') return Number.POSITIVE_INFINITY
  return pointer.indexOf('/', 1) < 0 ? MAX_SLOTS_OF_MEMBER : 1
}

/** Targets and pointers of an event by which the log says that values were erased. */
function readNotice({ event }: EventParts): { targets: number[]; pointers: string[] } | undefined {
  // No client may give an event such a name.
  if (event.type !== NOTICE && event.action !== NOTICE) return undefined
  const { targets, pointers } = (event.data ?? {}) as Record<string, unknown>
  const isList = Array.isArray(targets) && Array.isArray(pointers)
  if (
    !isList ||
    !targets.every(Number.isSafeInteger) ||
    !pointers.every((pointer) => typeof pointer === 'string')
  )
    return refuse('event_malformed', `A ${NOTICE} event does not say which values of which events it erased.`)
  return { targets, pointers }
}

/** Every erased value must be explained by a later event of the log: erasing in silence is altering. */
export class Redactions {
  /** Erased values of each event that were not explained yet. */
  private readonly unexplained = new Map<number, number>()
  private readonly notices: { index: number; targets: number[]; pointers: string[] }[] = []
  events = 0

  note(index: number, parts: EventParts): void {
    if ('erased' in parts.salts) {
      this.unexplained.set(index, parts.salts.erased.length)
      this.events++
    }
    const notice = readNotice(parts)
    if (notice) this.notices.push({ index, ...notice })
  }

  /** To be called when all events were noted. */
  finish(skips: Skips): void {
    const named = new Map<number, Set<string>>()
    for (const { index, targets, pointers } of this.notices)
      for (const target of targets) {
        if (target >= index || !this.unexplained.has(target)) continue
        const known = named.get(target) ?? new Set()
        named.set(target, known)
        // A pointer that is named twice stands for no more values than once.
        for (const pointer of pointers) known.add(pointer)
      }
    for (const [target, pointers] of named) {
      const capacity = [...pointers].reduce((sum, pointer) => sum + capacityOf(pointer), 0)
      this.unexplained.set(target, (this.unexplained.get(target) ?? 0) - capacity)
    }
    const bare = [...this.unexplained].find(([, left]) => left > 0)
    if (bare)
      skips.skip(
        'redactions',
        `Values of event ${bare[0]} were erased, and no ${NOTICE} event in the file explains all of them.`,
        'redaction_unexplained',
      )
  }
}
