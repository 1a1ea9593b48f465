import { useEffect, useEffectEvent, useState } from 'react'
import { runJson } from '@/components/collection/drafts/run-json'
import type { TableKind, TableProblem } from '@/lib/collection/tables/table'
import type { FormAction } from '@/lib/errors/form-state'

/** A table of event properties that a mapping goes with: the names of each event's properties, by event id. */
export type Companion = { id: string; name: string; properties: Readonly<Record<string, readonly string[]>> }

type Checked = { kind: TableKind; content: string; companion: Companion | undefined }

/** After the last change: a table is some hundred kilobytes, and nobody reads problems while they type. */
const QUIET_MS = 500
/** Larger ones are checked when they are saved. */
const MAX_CHECKED = 2_000_000

/** What is wrong with a table as it is now, asked once it has been quiet for a moment. */
export function useTableCheck(
  check: FormAction<TableProblem[]>,
  { kind, content, companion }: Checked,
  first: readonly TableProblem[],
): readonly TableProblem[] {
  const [problems, setProblems] = useState(first)
  // What it begins with was checked alone, without a companion.
  const [checked, setChecked] = useState(`${undefined} ${content}`)
  const key = `${companion?.id} ${content}`
  const ask = useEffectEvent(async (asked: string) => {
    const answer = await runJson(check, {
      kind,
      content,
      ...(companion && { companionId: companion.id }),
    })
    if (answer.ok === null || asked !== key) return
    setChecked(asked)
    if (answer.ok) setProblems(answer.result)
  })
  useEffect(() => {
    if (key === checked || content.length > MAX_CHECKED) return
    const timer = setTimeout(() => ask(key), QUIET_MS)
    return () => clearTimeout(timer)
  }, [key, checked, content.length])
  return problems
}
