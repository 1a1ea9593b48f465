import { LEVEL_FIELD } from '@/lib/collection/lines/definition'
import { TARGET_FIELDS } from '@/lib/trail/export/target-fields'

/** The 47 names of the log target, and the level that stands behind them. */
const NAMES: readonly string[] = [...TARGET_FIELDS, LEVEL_FIELD]
export const FIELD_COUNT = NAMES.length
export const CUSTOM_NAMES: readonly string[] = TARGET_FIELDS.filter((name) => name.startsWith('custom'))

/** Place of each field among a row's target values. */
const place = (name: string): number => {
  const index = NAMES.indexOf(name)
  if (index < 0) throw new Error(`the log target has no field ${name}`)
  return index
}

export const fieldName = (index: number): string => NAMES[index] as string

export const FIELD = {
  mandant: place('mandant'),
  datasource: place('datasource'),
  externalref: place('externalref'),
  family: place('family'),
  date: place('date'),
  wheresource: place('wheresource'),
  wheredestination: place('wheredestination'),
  whologin: place('whologin'),
  whorepository: place('whorepository'),
  whoidentity: place('whoidentity'),
  whosessionid: place('whosessionid'),
  whateventcategory: place('whateventcategory'),
  whateventcode: place('whateventcode'),
  whateventcodelabel: place('whateventcodelabel'),
  whataction: place('whataction'),
  whatpayload: place('whatpayload'),
  whatstatus: place('whatstatus'),
  whatcount: place('whatcount'),
  whatdisplaylabel: place('whatdisplaylabel'),
  whattargettype: place('whattargettype'),
  whattargetname: place('whattargetname'),
  whattargetparent: place('whattargetparent'),
  whattarget2type: place('whattarget2type'),
  whattarget2name: place('whattarget2name'),
  whattarget2parent: place('whattarget2parent'),
  whatoldvalue: place('whatoldvalue'),
  whatnewvalue: place('whatnewvalue'),
  whatdata: place('whatdata'),
  custom1: place('custom1'),
  [LEVEL_FIELD]: place(LEVEL_FIELD),
} as const

/** Fields without which a row is no event. */
export const MANDATORY_FIELDS = [
  'datasource',
  'family',
  'date',
  'whologin',
  'whorepository',
  'whateventcode',
  'whateventcodelabel',
  'whataction',
  'whatcount',
] as const
export const MANDATORY: readonly number[] = MANDATORY_FIELDS.map(place)

/** What lib/event/event-input.ts takes: one-line texts, messages, documents; `whatdata` is bounded by the event's size. */
const [SHORT, MESSAGE, LONG] = [1024, 16_384, 65_536]
const LONG_FIELDS = new Set(['whatpayload', 'whatoldvalue', 'whatnewvalue'])

function maxLength(name: string): number {
  if (name === 'whatdata') return Number.MAX_SAFE_INTEGER
  if (name === 'whatdisplaylabel') return MESSAGE
  return LONG_FIELDS.has(name) || name.startsWith('custom') ? LONG : SHORT
}

/** In UTF-16 units, by the field's place. */
export const MAX_LENGTHS: readonly number[] = NAMES.map(maxLength)
