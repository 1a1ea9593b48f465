import { eventSlots } from '@/lib/integrity/leaf'

type Members = Record<string, unknown>

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u
/** Values that can name nobody: they come from closed lists, or are times. */
const IMPERSONAL = new Set(['/type', '/level', '/status', '/occurredAt', '/count'])

/** How a value is written: as it is, and as in a URL, because exports and shared views tell of their filters so. */
export function spellingsOf(value: string): string[] {
  const inQuery = new URLSearchParams([['', value]]).toString().slice(1)
  return [...new Set([value, encodeURIComponent(value), inQuery])]
}

/** Finds a text where it stands as a whole: `ada` in `user ada signed in` and in `q=%22ada`, not in `Canada`. */
function wholeText(value: string): RegExp {
  const escaped = value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  const edge = (char: string | undefined, assertion: string) =>
    char !== undefined && LETTER_OR_DIGIT.test(char) ? `(?<${assertion}[\\p{L}\\p{N}])` : ''
  const chars = [...value]
  const after = edge(chars.at(-1), '!').replace('(?<!', '(?!')
  const before = edge(chars[0], '!')
  return new RegExp(`${before && `(?:${before}|(?<=%[0-9A-F]{2}))`}${escaped}${after}`, 'u')
}

/** Somebody by all their spellings. */
export class SoughtActor {
  private readonly values: ReadonlySet<string>
  private readonly texts: RegExp[]

  constructor(values: readonly string[]) {
    this.values = new Set(values)
    this.texts = values.flatMap(spellingsOf).map(wholeText)
  }

  /**
   * Pointers of the values of an event that are about them: the whole actor that they are, the targets if one of them
   * is; with `mentions` also each other value in which they stand. None if it is about others.
   */
  pointersIn(event: Members, mentions: boolean): string[] {
    const pointers = (['actor', 'onBehalfOf'] as const).flatMap((name) =>
      this.is(event[name], ['login', 'identity', 'id']) ? [`/${name}`] : [],
    )
    const targets = Array.isArray(event.targets) ? event.targets : []
    if (targets.some((target) => this.is(target, ['name', 'id']))) pointers.push('/targets')
    if (!mentions) return pointers
    for (const { pointer, value } of eventSlots(event))
      if (!IMPERSONAL.has(pointer.text) && (this.isIn(pointer.text) || this.standsIn(value)))
        pointers.push(pointer.text)
    return pointers
  }

  private is(person: unknown, names: string[]): boolean {
    if (typeof person !== 'object' || person === null) return false
    return names.some((name) => {
      const value = (person as Members)[name]
      return typeof value === 'string' && this.values.has(value)
    })
  }

  private isIn(text: string): boolean {
    return this.texts.some((sought) => sought.test(text))
  }

  private standsIn(value: unknown): boolean {
    if (typeof value === 'string') return this.isIn(value)
    if (typeof value === 'number') return this.values.has(String(value))
    if (typeof value !== 'object' || value === null) return false
    return Object.entries(value).some(([name, member]) => this.isIn(name) || this.standsIn(member))
  }
}
