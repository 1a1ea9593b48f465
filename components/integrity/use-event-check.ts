'use client'

import { useState, useTransition } from 'react'
import type { StoredEvent } from '@/lib/event/stored-event'
import { type Step, verifyShownEvent } from './verify-shown-event'

export type EventCheckState = { steps: Step[]; failure?: string }

/** Fetches the proof of an event and this log's keys, and checks the event with them here, in the browser. */
export function useEventCheck(proofHref: string, policyHref: string) {
  const [state, setState] = useState<EventCheckState>()
  const [isRunning, startTransition] = useTransition()

  function start(json: string) {
    setState({ steps: [] })
    startTransition(async () => {
      const answers = await Promise.all([fetchText(proofHref), fetchText(policyHref)])
      const [proof, policy] = answers
      if (!proof.ok || !policy.ok) {
        const refused = answers.find((answer) => !answer.ok)
        setState({ steps: [], failure: refused?.text ?? '' })
        return
      }
      const steps: Step[] = []
      for await (const step of verifyShownEvent(JSON.parse(json) as StoredEvent, proof.text, policy.text)) {
        steps.push(step)
        setState({ steps: [...steps] })
      }
    })
  }
  return { state, isRunning, start }
}

async function fetchText(href: string): Promise<{ ok: boolean; text: string }> {
  try {
    const answer = await fetch(href)
    if (answer.ok) return { ok: true, text: await answer.text() }
    const problem: unknown = await answer.json().catch(() => undefined)
    return { ok: false, text: describeProblem(problem) ?? `The server answered ${answer.status}.` }
  } catch {
    return { ok: false, text: 'The server did not answer. Check your connection and try again.' }
  }
}

/** What problem+json says, with what to tell the operator where it is a bug. */
function describeProblem(problem: unknown): string | undefined {
  if (typeof problem !== 'object' || problem === null) return undefined
  const { detail, status, reference } = problem as Record<string, unknown>
  if (typeof detail !== 'string') return undefined
  return status === 500 ? `${detail} Reference: ${reference}` : detail
}
