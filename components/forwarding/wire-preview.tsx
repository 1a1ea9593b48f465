'use client'

import { CodeBlock } from '@/components/ui/code-block'
import type { FormAction, FormState } from '@/lib/errors/form-state'
import type { Preview } from '@/lib/forwarding/preview-destination'
import { MissingAnswer, PreviewFrame, PreviewSource } from './preview-frame'
import { useAnswer } from './use-answer'

type Props = { form: FormData; preview: FormAction<Preview>; trailPath: string }

/** One of the tenant's own events as the receiver would get it, made anew while the form is filled in. */
export function WirePreview({ form, preview, trailPath }: Props) {
  const { answer, isOutdated } = useAnswer(preview, form)
  return (
    <PreviewFrame title="What the receiver gets" isOutdated={isOutdated} hasAnswer={answer !== undefined}>
      <Shown answer={answer} trailPath={trailPath} />
    </PreviewFrame>
  )
}

function Shown({ answer, trailPath }: { answer: FormState<Preview> | undefined; trailPath: string }) {
  if (!answer || answer.ok === null) return <p className="text-quiet text-sm">Being made …</p>
  if (!answer.ok) return <MissingAnswer answer={answer} />
  const { request, headers, body, event, truncated } = answer.result
  const head = [request, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n')
  return (
    <>
      <PreviewSource event={event} trailPath={trailPath} />
      <div className="flex flex-col gap-3">
        <CodeBlock label="Request" code={head} wrap />
        <CodeBlock label={truncated ? 'Body, its beginning' : 'Body'} code={body} wrap />
      </div>
    </>
  )
}
