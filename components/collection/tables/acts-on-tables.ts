import { sendJson } from '@/components/collection/drafts/run-json'
import type { SavedTable, TableProblem } from '@/lib/collection/tables/table'
import type { OpenedTable } from './open-file'

/** What can be done with a table's rows, which may be many. `path` is where tables stand. */
export const actsOnTables = (path: string) => ({
  create: sendJson<SavedTable>(`${path}/acts/create`),
  update: sendJson<SavedTable>(`${path}/acts/update`),
  check: sendJson<TableProblem[]>(`${path}/acts/check`),
  open: sendJson<OpenedTable>(`${path}/acts/open`),
  template: sendJson<string>(`${path}/acts/template`),
})
