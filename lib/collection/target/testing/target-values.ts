import { TARGET_FIELDS } from '@/lib/trail/export/target-fields'

type Given = Partial<Record<string, string>>

/** The fewest fields that make an event. */
const FEWEST: Given = {
  datasource: 'AD-cnx-ACME',
  family: 'securityadmin',
  date: '20151205121542',
  whologin: 'jdoe25',
  whorepository: 'ACME',
  whateventcode: 'MS-4720',
  whateventcodelabel: 'New account created',
  whataction: 'create',
  whatcount: '1',
}

/** A row's target values: the fewest, and what is given by name. */
export function targetValues(given: Given = {}): string[] {
  const values = { ...FEWEST, ...given }
  return [...TARGET_FIELDS, 'level'].map((name) => values[name] ?? '')
}
