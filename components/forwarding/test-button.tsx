'use client'

import { Send } from 'lucide-react'
import { useState, useTransition } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import type { FormAction, FormState } from '@/lib/errors/form-state'
import type { TestResult } from '@/lib/forwarding/test-destination'
import { runIdAction } from './run-id-action'

type Props = { id: string; test: FormAction<TestResult> }

/** Sends one made-up event and shows everything that the receiver said. */
export function TestButton({ id, test }: Props) {
  const [state, setState] = useState<FormState<TestResult>>()
  const [pending, startTransition] = useTransition()
  return (
    <>
      <Button
        disabled={pending}
        onClick={() => startTransition(async () => setState(await runIdAction(test, id)))}
      >
        <Send aria-hidden />
        {pending ? 'Sending …' : 'Test'}
      </Button>
      <Dialog
        title="Test"
        description="One made-up event was sent on the way that all events take. It is not part of the trail."
        open={state !== undefined}
        onOpenChange={(open) => !open && setState(undefined)}
      >
        {state?.ok === true && <Answer result={state.result} />}
        {state?.ok === false && <Notice kind="error">{state.message}</Notice>}
      </Dialog>
    </>
  )
}

function Answer({ result }: { result: TestResult }) {
  return (
    <>
      <Notice
        kind={result.delivered ? 'success' : 'error'}
        title={result.delivered ? 'Delivered' : 'Not delivered'}
      >
        {result.message}
      </Notice>
      <p className="flex flex-wrap gap-2">
        <Badge tone={result.delivered ? 'accent' : 'danger'}>
          {result.status === null ? 'no answer' : `HTTP ${result.status}`}
        </Badge>
        <Badge>{result.ms.toLocaleString('en')} ms</Badge>
      </p>
      {result.answer && <CodeBlock label="The receiver’s answer" code={result.answer} wrap />}
    </>
  )
}
