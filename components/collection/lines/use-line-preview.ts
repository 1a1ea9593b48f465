import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { runJson, sendJson } from '@/components/collection/drafts/run-json'
import type { LineDefinition } from '@/lib/collection/lines/definition'
import type { LinePreview } from '@/lib/collection/lines/line-view'
import { headerOf, type LineSample } from './sample'

/** People type faster than this between two keys, and notice no more than this afterwards. */
const QUIET_MS = 400

const NOTHING: LinePreview = { steps: [], events: [], rejects: [], problems: [] }

type Tried = {
  isOff: boolean
  id: string | undefined
  definition: LineDefinition
  sample: LineSample | undefined
}

/** What a line makes of the sample, and what is wrong with it, asked again once it has been quiet for a moment. */
export function useLinePreview(url: string, { isOff, id, definition, sample }: Tried) {
  const [preview, setPreview] = useState(NOTHING)
  const [failure, setFailure] = useState<string>()
  const [answered, setAnswered] = useState<string>()
  const wanted = useRef<string>(undefined)
  const key = JSON.stringify([definition, sample])

  const ask = useEffectEvent(async (asked: string) => {
    wanted.current = asked
    const { attributes } = definition.source
    const answer = await runJson(sendJson<LinePreview>(url), {
      definition,
      sample: { header: sample ? headerOf(sample, attributes) : attributes, rows: sample?.rows ?? [] },
      ...(id && { id }),
    })
    // Meanwhile something newer was asked.
    if (wanted.current !== asked) return
    setAnswered(asked)
    setFailure(answer.ok === false ? [answer.message, ...Object.values(answer.errors)].join(' ') : undefined)
    if (answer.ok) setPreview(answer.result)
  })
  useEffect(() => {
    if (isOff) return
    const timer = setTimeout(() => ask(key), QUIET_MS)
    return () => clearTimeout(timer)
  }, [key, isOff])
  return { preview, failure, isOutdated: !isOff && answered !== key }
}
