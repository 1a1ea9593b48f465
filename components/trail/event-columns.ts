import type { StoredEvent } from '@/lib/event/stored-event'
import type { ChoiceName } from '@/lib/trail/filter'

type EventColumn = {
  label: string
  /** The filter that finds the events that show this value. */
  filter?: ChoiceName
  /** The text to show; columns without it have a cell of their own kind. */
  read?: (event: StoredEvent) => string | undefined
}

/** Which target a column shows: the first that says it, of those two that the filter compares. */
export const shownTarget = ({ targets = [] }: Pick<StoredEvent, 'targets'>, key: 'name' | 'type'): number =>
  targets.slice(0, 2).findIndex((one) => one[key])

const target = (event: StoredEvent, key: 'name' | 'type') => event.targets?.[shownTarget(event, key)]?.[key]

/** What the table can show of an event, in the order in which it stands there. */
export const EVENT_COLUMNS = {
  time: { label: 'Time' },
  received: { label: 'Received' },
  level: { label: 'Level', filter: 'level' },
  type: { label: 'Type', filter: 'type', read: ({ type }) => type },
  action: { label: 'Action', filter: 'action', read: ({ action }) => action },
  status: { label: 'Status', filter: 'status' },
  code: { label: 'Code', filter: 'code', read: ({ code }) => code },
  category: { label: 'Category', filter: 'category', read: ({ category }) => category },
  actor: {
    label: 'Actor',
    filter: 'actor',
    read: ({ actor }) => actor?.login ?? actor?.identity ?? actor?.id,
  },
  identity: { label: 'Actor identity', filter: 'actor', read: ({ actor }) => actor?.identity },
  target: { label: 'Target', filter: 'target', read: (event) => target(event, 'name') },
  targetType: { label: 'Target type', filter: 'targetType', read: (event) => target(event, 'type') },
  message: { label: 'Event' },
  ip: { label: 'IP', filter: 'ip', read: ({ actor }) => actor?.ip },
  session: { label: 'Session', filter: 'session', read: ({ actor }) => actor?.sessionId },
  source: { label: 'Source', filter: 'source', read: ({ source }) => source },
  dataSource: { label: 'Data source', filter: 'dataSource', read: ({ dataSource }) => dataSource },
  seq: { label: 'Seq' },
  origin: { label: 'Came by', read: ({ origin }) => origin },
  proof: { label: 'Proof' },
} as const satisfies Record<string, EventColumn>

export type ColumnId = keyof typeof EVENT_COLUMNS
export const COLUMN_IDS = Object.keys(EVENT_COLUMNS) as ColumnId[]

export const columnOf = (id: ColumnId): EventColumn => EVENT_COLUMNS[id]
