import { readTextFile } from '@/components/collection/drafts/read-text-file'
import { runJson } from '@/components/collection/drafts/run-json'
import type { TableContent, TableKind, TableProblem } from '@/lib/collection/tables/table'
import type { FormAction } from '@/lib/errors/form-state'

/** What stands in a CSV, and what is wrong with it. */
export type OpenedTable = { content: TableContent; problems: TableProblem[] }

type Opened = (TableContent & { problems: TableProblem[] }) | { problem: string }

/** The rows of a chosen file; a sentence where it is no table of that kind. */
export async function openFile(file: File, kind: TableKind, open: FormAction<OpenedTable>): Promise<Opened> {
  const read = await readTextFile(file)
  if ('problem' in read) return read
  return openText(read.text, kind, open, file.name)
}

/** The same for a text. */
export async function openText(
  content: string,
  kind: TableKind,
  open: FormAction<OpenedTable>,
  name: string,
): Promise<Opened> {
  const answer = await runJson(open, { kind, content })
  if (!answer.ok)
    return { problem: answer.ok === null ? '' : [answer.message, ...Object.values(answer.errors)].join(' ') }
  const { problems } = answer.result
  // With another header nobody knows which cell belongs where.
  const header = problems.filter(({ row, severity }) => row === 1 && severity === 'error')
  if (header.length > 0) return { problem: `${name} can’t be opened. ${header.map(tell).join(' ')}` }
  return { ...answer.result.content, problems }
}

const tell = ({ detail }: TableProblem) => detail
