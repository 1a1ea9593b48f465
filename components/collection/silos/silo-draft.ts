import type { Origin } from '@/lib/collection/origins/origin'
import { DELIMITERS, ENCODINGS, HEADERS, QUOTES } from '@/lib/collection/reading/reading'
import type { SiloView } from '@/lib/collection/silos/silo-view'

/** What its reader finds out by itself; an empty text would be a choice among quotes. */
export const DETECTED = 'detected'

export type OriginKind = Origin['kind']

/** A silo as its form holds it: texts as they are typed, all origins' fields side by side. */
export type SiloDraft = {
  name: string
  note: string
  /** Empty: none yet. */
  lineId: string
  kind: OriginKind
  bucket: string
  region: string
  endpoint: string
  pathStyle: boolean
  prefix: string
  accessKeyId: string
  secretAccessKey: string
  path: string
  pattern: string
  encoding: string
  delimiter: string
  quote: string
  header: string
  collectsAtOnce: boolean
  keepDays: string
}

const BLANK: SiloDraft = {
  name: '',
  note: '',
  lineId: '',
  kind: 'upload',
  bucket: '',
  region: '',
  endpoint: '',
  pathStyle: false,
  prefix: '',
  accessKeyId: '',
  secretAccessKey: '',
  path: '',
  pattern: '*',
  encoding: DETECTED,
  delimiter: DETECTED,
  quote: DETECTED,
  header: DETECTED,
  collectsAtOnce: false,
  keepDays: '30',
}

/** A silo as it may be handed to a form in the browser. */
export type EditedSilo = Pick<
  SiloView,
  'name' | 'note' | 'origin' | 'pattern' | 'reading' | 'collectsAtOnce' | 'keepDays' | 'hasSecret'
> & {
  lineId: string | null
  /** RFC 3339: who saves later than somebody else is told. */
  updatedAt: string
}

export function toDraft(silo: EditedSilo | undefined, lineId = ''): SiloDraft {
  if (!silo) return { ...BLANK, lineId }
  const { name, note, origin, pattern, reading, collectsAtOnce, keepDays } = silo
  const { encoding = DETECTED, delimiter = DETECTED, quote = DETECTED, header = DETECTED } = reading
  return {
    ...BLANK,
    ...{ name, note, pattern, collectsAtOnce, encoding, delimiter, quote, header },
    ...origin,
    lineId: silo.lineId ?? '',
    keepDays: String(keepDays),
  }
}

/** The origin as verbs take it: only the fields of its kind, and of those only what was filled in. */
export function originOf(draft: SiloDraft): Record<string, unknown> {
  const { kind, bucket, region, endpoint, pathStyle, prefix, accessKeyId, secretAccessKey, path } = draft
  if (kind === 'upload') return { kind }
  if (kind === 'folder') return { kind, path }
  return {
    ...{ kind, bucket, pathStyle, prefix, accessKeyId },
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    ...(secretAccessKey && { secretAccessKey }),
  }
}

/** What `createSilo` and `updateSilo` take; who it is and since when it is unchanged is the form's. */
export function inputOf(draft: SiloDraft): Record<string, unknown> {
  const { note, lineId, pattern, collectsAtOnce, keepDays } = draft
  const choice = <Value extends string>(values: readonly Value[], value: string) =>
    values.find((known) => known === value)
  const reading = {
    encoding: choice(ENCODINGS, draft.encoding),
    delimiter: choice(DELIMITERS, draft.delimiter),
    quote: choice(QUOTES, draft.quote),
    header: choice(HEADERS, draft.header),
  }
  return {
    ...{ note, pattern, collectsAtOnce, keepDays, reading },
    lineId: lineId || null,
    origin: originOf(draft),
  }
}
