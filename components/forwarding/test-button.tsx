'use client'

import { Send } from 'lucide-react'
import { useState, useTransition } from 'react'
import { useKeptFocus } from '@/components/form/use-kept-focus'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import type { FormAction, FormState } from '@/lib/errors/form-state'
import type { TestResult } from '@/lib/forwarding/test-destination'
import { runIdAction } from './run-id-action'
import { TestAnswer } from './test-answer'

type Props = { id: string; test: FormAction<TestResult> }

/** Sends one made-up event and shows everything that the receiver said. */
export function TestButton({ id, test }: Props) {
  const [state, setState] = useState<FormState<TestResult>>()
  const [pending, startTransition] = useTransition()
  const button = useKeptFocus(pending)
  return (
    <>
      <Button
        ref={button}
        disabled={pending}
        onClick={() => startTransition(async () => setState(await runIdAction(test, id)))}
      >
        <Send aria-hidden />
        {pending ? 'Sending …' : 'Test'}
      </Button>
      <Dialog
        title="Test"
        description="One made-up event was sent on the way that all events take, once. It is not part of the trail."
        open={state !== undefined}
        onOpenChange={(open) => !open && setState(undefined)}
        finalFocus={button}
      >
        {state?.ok === true && <TestAnswer result={state.result} />}
        {state?.ok === false && <Notice kind="error">{state.message}</Notice>}
      </Dialog>
    </>
  )
}
