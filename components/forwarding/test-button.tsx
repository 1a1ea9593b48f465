'use client'

import { Send } from 'lucide-react'
import { useState, useTransition } from 'react'
import { useKeptFocus } from '@/components/form/use-kept-focus'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import type { FormAction, FormState } from '@/lib/errors/form-state'
import type { TestResult } from '@/lib/forwarding/test-destination'
import { ROLE_TEXTS } from './role-texts'
import { runIdAction } from './run-id-action'
import { TestAnswer } from './test-answer'

type Props = { id: string; test: FormAction<TestResult>; ofRole?: DestinationRole }

/** Sends one made-up event and shows everything that the receiver said. */
export function TestButton({ id, test, ofRole = 'forwarding' }: Props) {
  const { test: label, tested } = ROLE_TEXTS[ofRole]
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
        {pending ? 'Sending …' : label}
      </Button>
      <Dialog
        title={label}
        description={tested}
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
