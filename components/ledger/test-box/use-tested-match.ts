import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { runJson, sendJson } from '@/components/collection/drafts/run-json'
import type { TestedMatch } from './tested-match'

/** People type faster than this between two keys, and notice no more than this afterwards. */
const QUIET_MS = 400

const NOTHING: TestedMatch = { problems: [], explanation: null }

/** What the server says to it, asked again once it has been quiet for a moment; undefined asks nothing. */
export function useTestedMatch(url: string, asked: object | undefined) {
  const [tested, setTested] = useState(NOTHING)
  const [failure, setFailure] = useState<string>()
  const [answered, setAnswered] = useState<string>()
  const wanted = useRef<string>(undefined)
  const key = asked && JSON.stringify(asked)

  const ask = useEffectEvent(async (sent: string) => {
    wanted.current = sent
    const answer = await runJson(sendJson<TestedMatch>(url), asked ?? {})
    // Meanwhile something newer was asked.
    if (wanted.current !== sent) return
    setAnswered(sent)
    setFailure(answer.ok === false ? [answer.message, ...Object.values(answer.errors)].join(' ') : undefined)
    if (answer.ok) setTested(answer.result)
  })
  useEffect(() => {
    if (key === undefined) {
      wanted.current = undefined
      return
    }
    const timer = setTimeout(() => ask(key), QUIET_MS)
    return () => clearTimeout(timer)
  }, [key])
  if (key === undefined) return { tested: NOTHING, failure: undefined, isOutdated: false }
  return { tested, failure, isOutdated: answered !== key }
}
