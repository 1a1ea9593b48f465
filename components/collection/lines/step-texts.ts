import type { Step } from '@/lib/collection/lines/definition'

export type StepKind = Step['kind']

/** What people call the kinds of steps, and what they do to rows. */
export const STEP_TEXTS: Record<StepKind, { label: string; summary: string }> = {
  update: { label: 'Update', summary: 'Sets attributes with JavaScript expressions.' },
  join: { label: 'Join', summary: 'Adds columns of a lookup table by key.' },
  filter: { label: 'Filter', summary: 'Keeps the rows for which an expression is true.' },
  processing: {
    label: 'Log processing',
    summary: 'Fast: event properties and a mapping table give all fields of the log target.',
  },
  line: { label: 'Sub-line', summary: 'Sends rows through another line.' },
}

export const STEP_KINDS = Object.keys(STEP_TEXTS) as StepKind[]

/** A step of a kind before anything is chosen in it. */
export function blankStep(kind: StepKind): Step {
  switch (kind) {
    case 'update':
      return { kind, note: '', set: [{ attribute: '', expression: '' }] }
    case 'join':
      return {
        kind,
        note: '',
        tableId: '',
        attribute: '',
        keyColumn: '',
        add: [{ column: '', attribute: '' }],
        missing: 'blank',
      }
    case 'filter':
      return { kind, note: '', expression: '' }
    case 'processing':
      return { kind, note: '', propertiesId: '', mappingId: '', eventIdAttribute: '', unknown: 'reject' }
    case 'line':
      return { kind, note: '', lineId: '' }
  }
}
