import type { EventParts } from './event-fields'
import type { Primitives } from './primitives'
import { refuse } from './refusal'
import { countErasable, packSlots, type ShownSlots } from './shown-slots'
import type { Skips } from './skips'

const NOTICE = 'trail.redaction'

type Notice = { index: number; targets: number[]; pointers: string[] }
type Erased = { count: number; shown: ShownSlots }

/** Targets and pointers of an event by which the log says that values were erased. */
function readNotice({ event }: EventParts): Omit<Notice, 'index'> | undefined {
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
  private readonly erased = new Map<number, Erased>()
  /** Most events of a file show the same slots: their text is kept once. */
  private readonly kept = new Map<ShownSlots, ShownSlots>()
  private readonly notices: Notice[] = []

  constructor(private readonly sha256: Primitives['sha256']) {}

  /** Events of which values were erased. */
  get events(): number {
    return this.erased.size
  }

  /** Takes an event whose leaf was derived: its salts are then those of the slots that it shows. */
  note(index: number, parts: EventParts): void {
    if ('erased' in parts.salts) {
      const packed = packSlots(this.sha256, parts.salts.salts.keys())
      const shown = this.kept.get(packed) ?? packed
      this.kept.set(shown, shown)
      this.erased.set(index, { count: parts.salts.erased.length, shown })
    }
    const notice = readNotice(parts)
    if (notice) this.notices.push({ index, ...notice })
  }

  /** To be called when all events were noted. */
  finish(skips: Skips): void {
    const named = this.noticesOfTargets()
    const bare = [...this.erased].find(([target, { count, shown }]) => {
      // A pointer that is named twice stands for no more values than once.
      const pointers = new Set(named.get(target)?.flatMap((notice) => notice.pointers))
      return countErasable(this.sha256, pointers, shown) < count
    })
    if (bare)
      skips.skip(
        'redactions',
        `Values of event ${bare[0]} were erased, and no ${NOTICE} event in the file explains all of them.`,
        'redaction_unexplained',
      )
  }

  private noticesOfTargets(): Map<number, Notice[]> {
    const named = new Map<number, Notice[]>()
    for (const notice of this.notices)
      for (const target of notice.targets) {
        if (target >= notice.index || !this.erased.has(target)) continue
        const known = named.get(target)
        if (!known) named.set(target, [notice])
        else if (known.at(-1) !== notice) known.push(notice)
      }
    return named
  }
}
