'use client'

import type { FormAction } from '@/lib/errors/form-state'
import type { Volume } from '@/lib/forwarding/estimate-volume'
import { useAnswer } from './use-answer'
import { volumeWords } from './volume-words'

type Props = { form: FormData; estimate: FormAction<Volume> }

/** How much the chosen events are, by what came of them lately. */
export function VolumeEstimate({ form, estimate }: Props) {
  const { answer, isOutdated } = useAnswer(estimate, form)
  return (
    <p
      role="status"
      aria-busy={isOutdated || undefined}
      className="rounded-md bg-sunken px-3 py-2 text-quiet text-sm"
    >
      {wordsOf(answer)}
    </p>
  )
}

function wordsOf(answer: ReturnType<typeof useAnswer<Volume>>['answer']): string {
  if (!answer || answer.ok === null) return 'Counting what matches …'
  if (answer.ok) return volumeWords(answer.result)
  return answer.errors.filter ? 'The filter is not understood yet.' : 'What matches could not be counted.'
}
