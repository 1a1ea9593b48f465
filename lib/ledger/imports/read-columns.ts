import { nearestName } from '@/lib/event/nearest-name'
import {
  type FieldKind,
  fieldKind,
  fieldName,
  knownFields,
  nameComplaint,
} from '@/lib/ledger/entities/field-kinds'
import { MAX_ATTRIBUTES } from '@/lib/ledger/entities/limits'
import { type EntityType, NAME_ATTRIBUTE } from '@/lib/ledger/entity-types'
import { MAX_COLUMNS } from './limits'

/** A column of a file, at its place in the rows. */
export type Column = { place: number; name: string; field: FieldKind }

export type Columns = {
  columns: Column[]
  names: ReadonlySet<string>
  /** Places without a name: spreadsheets write such, and nothing may stand in them. */
  unnamed: number[]
  hints: string[]
}

const isSlip = (name: string, known: string | undefined): known is string =>
  known !== undefined && known !== name

/** A name that is nearly one of those that mean something. */
function hintAt(type: EntityType, { name, field }: Column): string[] {
  if (field.kind !== 'attribute') return []
  const near = nearestName(name, knownFields(type))
  if (!isSlip(name, near)) return []
  return [`The column "${name}" is taken as an attribute. If you meant ${near}, rename it.`]
}

/** What the names of a header mean. Tells everything that is wrong. */
export function readColumns(
  type: EntityType,
  header: readonly string[],
  complain: (column: string | undefined, detail: string) => void,
): Columns {
  const columns: Column[] = []
  const unnamed: number[] = []
  const seen = new Map<string, number>()
  if (header.length > MAX_COLUMNS) {
    complain(
      undefined,
      `There are ${header.length} columns; at most ${MAX_COLUMNS} are taken. Leave some out.`,
    )
    return { columns, names: new Set(), unnamed, hints: [] }
  }
  for (const [place, given] of header.entries()) {
    const name = fieldName(given)
    const twin = seen.get(name)
    const complaint = nameComplaint(name)
    if (name === '') unnamed.push(place)
    else if (twin !== undefined)
      complain(name, `Columns ${twin + 1} and ${place + 1} are both named so. Keep one of them.`)
    else if (complaint) complain(given.trim().slice(0, 80), complaint)
    else columns.push({ place, name, field: fieldKind(type, name) })
    if (name !== '') seen.set(name, place)
  }
  const names = new Set(columns.map(({ name }) => name))
  const title = NAME_ATTRIBUTE[type]
  if (!names.has('key') && !names.has(title)) {
    const near = nearestName(title, [...names]) ?? nearestName('key', [...names])
    const advice = near ? ` Is it the one called "${near}"? Rename it.` : ''
    complain(undefined, `There is no column key, nor ${title} to make one of.${advice}`)
  }
  const attributes = columns.filter(({ field }) => field.kind === 'attribute')
  if (attributes.length > MAX_ATTRIBUTES)
    complain(
      undefined,
      `There are ${attributes.length} attributes; at most ${MAX_ATTRIBUTES} are kept. Leave some out.`,
    )
  return { columns, names, unnamed, hints: columns.flatMap((column) => hintAt(type, column)) }
}
