'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { runJson, sendJson } from '@/components/collection/drafts/run-json'
import { Input } from '@/components/ui/input'
import { visibleText } from '@/components/ui/visible-text'

/** As soon as nobody types any more. */
const QUIET_MS = 400

/** What a pattern takes of a text; `part` is null where it does not fit. */
export type TriedPattern = { part: string | null }

type Props = {
  url: string
  pattern: string
  of: string
  /** Says which part is taken, not only whether it fits. */
  captures?: boolean
  isOff: boolean
}

/** A text to see what the pattern makes of it. */
export function PatternTry({ url, pattern, of, captures = false, isOff }: Props) {
  const [text, setText] = useState('')
  const [words, setWords] = useState<string>()
  const ask = useEffectEvent(async () => {
    const answer = await runJson(sendJson<TriedPattern>(url), { pattern, text })
    if (answer.ok === false) setWords(Object.values(answer.errors)[0] ?? answer.message)
    else if (answer.ok) setWords(wordsOf(answer.result, captures))
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when one of them changes
  useEffect(() => {
    setWords(undefined)
    if (isOff || text === '') return
    const timer = setTimeout(ask, QUIET_MS)
    return () => clearTimeout(timer)
  }, [pattern, text, isOff])
  if (isOff) return null
  return (
    <p className="mt-1.5 flex flex-wrap items-center gap-2 text-quiet text-xs">
      <Input
        aria-label={`Try the pattern ${of}`}
        placeholder="THESHIRE\wardog"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={text}
        className="literal max-w-64"
        onChange={({ target }) => setText(target.value)}
      />
      <span role="status" className="wrap-anywhere">
        {words ?? 'Type a name here to try the pattern.'}
      </span>
    </p>
  )
}

function wordsOf({ part }: TriedPattern, captures: boolean): string {
  if (part === null) return 'It does not fit.'
  return captures ? `It takes “${visibleText(part)}”.` : 'It fits.'
}
