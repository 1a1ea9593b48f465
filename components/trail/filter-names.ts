import type { ChoiceName } from '@/lib/trail/filter'

/** What each filter is called; the order is the one in which active filters are listed. */
export const FILTER_LABELS: Record<ChoiceName, string> = {
  q: 'Text',
  type: 'Type',
  level: 'Level',
  action: 'Action',
  status: 'Status',
  actor: 'Actor',
  target: 'Target',
  targetType: 'Target type',
  code: 'Code',
  category: 'Category',
  source: 'Source',
  ip: 'IP address',
  session: 'Session',
  dataSource: 'Data source',
}

export const FILTER_NAMES = Object.keys(FILTER_LABELS) as ChoiceName[]
