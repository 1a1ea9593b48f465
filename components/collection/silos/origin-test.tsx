'use client'

import { useState, useTransition } from 'react'
import { amount } from '@/components/collection/row-counts'
import { runForm } from '@/components/form/run-action'
import { formatBytes } from '@/components/forwarding/format-bytes'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { visibleText } from '@/components/ui/visible-text'
import type { TestedOrigin } from '@/lib/collection/silos/test-origin'
import type { FormAction, FormState } from '@/lib/errors/form-state'
import { originOf, type SiloDraft } from './silo-draft'

type Props = {
  draft: SiloDraft
  /** Left out for a new silo. */
  silo: string | undefined
  test: FormAction<TestedOrigin>
}

/** Looks into the bucket or folder as it is filled in, and lists what the silo would fetch. */
export function OriginTest({ draft, silo, test }: Props) {
  const [isPending, startTransition] = useTransition()
  const [answer, setAnswer] = useState<FormState<TestedOrigin>>()
  const asked = JSON.stringify({ ...(silo && { silo }), origin: originOf(draft), pattern: draft.pattern })
  const [answered, setAnswered] = useState<string>()
  function look() {
    startTransition(async () => {
      const form = new FormData()
      form.set('input', asked)
      setAnswer(await runForm(test, form))
      setAnswered(asked)
    })
  }
  return (
    <div className="flex flex-col items-start gap-2">
      <Button disabled={isPending} onClick={look}>
        {isPending ? 'Looking …' : 'Test: look for files'}
      </Button>
      {answer && answered === asked && <Answer answer={answer} />}
    </div>
  )
}

function Answer({ answer }: { answer: FormState<TestedOrigin> }) {
  if (answer.ok === null) return null
  if (!answer.ok) {
    const details = Object.values(answer.errors).join(' ')
    return (
      <Notice kind="error" title="It can’t be read like this" className="w-full">
        <p className="wrap-anywhere">{visibleText(details || answer.message)}</p>
      </Notice>
    )
  }
  const { files, isWhole } = answer.result
  if (files.length === 0)
    return (
      <Notice kind="warning" title="It answers, and no file there fits" className="w-full">
        Check the place and the file names.
      </Notice>
    )
  return (
    <Notice
      kind="success"
      title={`It answers: ${isWhole ? '' : 'at least '}${amount(files.length, 'file')}`}
      className="w-full"
    >
      <ul className="mt-1 max-h-48 overflow-y-auto">
        {files.map(({ name, bytes }) => (
          <li key={name} className="flex justify-between gap-3 text-xs">
            <span className="literal wrap-anywhere">{visibleText(name)}</span>
            <span className="numeric whitespace-nowrap">{formatBytes(bytes)}</span>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
