'use client'

import { Download, ShieldCheck } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useShownEvent } from '@/components/trail/shown-event'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { Notice } from '@/components/ui/notice'
import { useEventCheck } from './use-event-check'
import { VerifySteps } from './verify-steps'

type Props = { proofHref: string; policyHref: string; autoStart?: boolean }

/** The proof of the event that the page shows: to keep, or to be checked at once in this browser. */
export function VerifyEvent({ proofHref, policyHref, autoStart = false }: Props) {
  const { json } = useShownEvent()
  const { state, isRunning, start } = useEventCheck(proofHref, policyHref)
  const isStarted = useRef(false)
  useEffect(() => {
    if (!autoStart || isStarted.current) return
    isStarted.current = true
    start(json)
  })

  const failed = state?.steps.some(({ ok }) => !ok) ?? false
  const isDone = state !== undefined && !isRunning
  return (
    <div className="mt-3 flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => start(json)} disabled={isRunning}>
          <ShieldCheck aria-hidden />
          {isRunning ? 'Verifying …' : state ? 'Verify again' : 'Verify here'}
        </Button>
        <a href={proofHref} download className={buttonStyle()}>
          <Download aria-hidden />
          Proof (.tlog-proof)
        </a>
      </div>
      {state && state.failure === undefined && <VerifySteps steps={state.steps} isRunning={isRunning} />}
      {isDone && state.failure !== undefined && (
        <Notice kind="warning" title="It could not be checked">
          {state.failure}
        </Notice>
      )}
      {isDone && failed && (
        <Notice kind="error" title="No: this event is not what was sealed">
          The step marked red failed in your browser. Keep the proof file, and tell whoever runs this server.
        </Notice>
      )}
      {isDone && !failed && state.failure === undefined && (
        <Notice kind="success" title="Yes: this event is what was sealed, at this place">
          Checked in your browser, with the keys that this server names. Pin them once, and you need not
          believe it.
        </Notice>
      )}
    </div>
  )
}
