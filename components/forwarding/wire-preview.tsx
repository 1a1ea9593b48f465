'use client'

import { CodeBlock } from '@/components/ui/code-block'
import { Notice } from '@/components/ui/notice'
import type { FormAction, FormState } from '@/lib/errors/form-state'
import type { Preview } from '@/lib/forwarding/preview-destination'
import { useAnswer } from './use-answer'

type Props = { form: FormData; preview: FormAction<Preview>; trailPath: string }

/** One of the tenant's own events as the receiver would get it, made anew while the form is filled in. */
export function WirePreview({ form, preview, trailPath }: Props) {
  const { answer, isOutdated } = useAnswer(preview, form)
  return (
    <section
      aria-label="Preview"
      aria-busy={isOutdated || undefined}
      className="min-w-0 rounded-lg border border-line bg-surface p-4"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="font-semibold text-base">What the receiver gets</h2>
        {/* In words: what is dimmed instead is too faint to read. */}
        {isOutdated && answer && <span className="text-quiet text-xs">Being made anew …</span>}
      </div>
      <div className="mt-1">
        <Shown answer={answer} trailPath={trailPath} />
      </div>
    </section>
  )
}

function Shown({ answer, trailPath }: { answer: FormState<Preview> | undefined; trailPath: string }) {
  if (!answer || answer.ok === null) return <p className="text-quiet text-sm">Being made …</p>
  if (!answer.ok) return <Missing answer={answer} />
  const { request, headers, body, event, truncated } = answer.result
  const head = [request, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n')
  return (
    <>
      <p className="mb-3 text-quiet text-sm">
        {event ? (
          <>
            Your{' '}
            <a
              href={`${trailPath}/${event.id}`}
              target="_blank"
              rel="noreferrer"
              className="rounded-sm underline underline-offset-3"
            >
              latest event that matches
            </a>
            , number {event.seq.toLocaleString('en')} of the trail. Secrets are not shown.
          </>
        ) : (
          'No event matches yet: this one is made up. Secrets are not shown.'
        )}
      </p>
      <div className="flex flex-col gap-3">
        <CodeBlock label="Request" code={head} wrap />
        <CodeBlock label={truncated ? 'Body, its beginning' : 'Body'} code={body} wrap />
      </div>
    </>
  )
}

/** A form that is not whole yet is no mistake: it only says what is missing. */
function Missing({ answer: { message, errors } }: { answer: Extract<FormState, { ok: false }> }) {
  const first = Object.entries(errors).find(([name]) => name !== '')?.[1]
  if (first === undefined) return <Notice kind="warning">{message}</Notice>
  return <p className="text-quiet text-sm">It comes as soon as the form is filled in. {first}</p>
}
