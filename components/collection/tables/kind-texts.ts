import type { TableKind } from '@/lib/collection/tables/table'

/** What people call the kinds of tables, and what they are for. */
export const KIND_TEXTS: Record<TableKind, { label: string; plural: string; summary: string }> = {
  properties: {
    label: 'Event properties',
    plural: 'Event properties',
    summary:
      'One row an event type: its message, its category, and the names of the values that come in the row’s column properties.',
  },
  mapping: {
    label: 'Log attributes mapping',
    plural: 'Log attributes mappings',
    summary: 'One row an event type, 49 columns: what each field of the log target is made of.',
  },
  lookup: {
    label: 'Lookup',
    plural: 'Lookups',
    summary: 'Any table whose columns are added to rows with the same key.',
  },
}

/** Columns that every table of event properties begins with. */
export const PROPERTY_COLUMNS = ['eventid', 'message', 'category', 'subcategory']
