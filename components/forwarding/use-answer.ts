'use client'

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { runForm } from '@/components/form/run-action'
import type { FormAction, FormState } from '@/lib/errors/form-state'

/** People type faster than this between two keys, and notice no more than this afterwards. */
const QUIET_MS = 400

type Answered<Result> = {
  /** The answer to the newest fields that one came for. */
  answer: FormState<Result> | undefined
  /** Whether the fields have changed since. */
  isOutdated: boolean
}

/** What an action says to the fields as they are now; asks again once they have been quiet for a moment. */
export function useAnswer<Result>(action: FormAction<Result>, form: FormData): Answered<Result> {
  const [answer, setAnswer] = useState<FormState<Result>>()
  const [answered, setAnswered] = useState<string>()
  const wanted = useRef<string>(undefined)
  const key = new URLSearchParams([...form].map(([name, value]) => [name, String(value)])).toString()

  const ask = useEffectEvent(async (asked: string) => {
    wanted.current = asked
    const next = await runForm(action, form)
    if (wanted.current !== asked) return
    setAnswer(next)
    setAnswered(asked)
  })
  useEffect(() => {
    const timer = setTimeout(() => ask(key), QUIET_MS)
    return () => clearTimeout(timer)
  }, [key])
  return { answer, isOutdated: answered !== key }
}
