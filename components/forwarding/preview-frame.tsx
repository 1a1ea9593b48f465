import type { ReactNode } from 'react'
import { Notice } from '@/components/ui/notice'
import type { FormState } from '@/lib/errors/form-state'
import type { Preview } from '@/lib/forwarding/preview-destination'

type Props = { title: string; isOutdated: boolean; hasAnswer: boolean; children: ReactNode }

/** Where a form shows what would come of it. */
export function PreviewFrame({ title, isOutdated, hasAnswer, children }: Props) {
  return (
    <section
      aria-label="Preview"
      aria-busy={isOutdated || undefined}
      className="min-w-0 rounded-lg border border-line bg-surface p-4"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="font-semibold text-base">{title}</h2>
        {/* In words: what is dimmed instead is too faint to read. */}
        {isOutdated && hasAnswer && <span className="text-quiet text-xs">Being made anew …</span>}
      </div>
      <div className="mt-1">{children}</div>
    </section>
  )
}

/** Which event it is made of. */
export function PreviewSource({ event, trailPath }: { event: Preview['event']; trailPath: string }) {
  return (
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
  )
}

/** A form that is not whole yet is no mistake: it only says what is missing. */
export function MissingAnswer({
  answer: { message, errors },
}: {
  answer: Extract<FormState, { ok: false }>
}) {
  const first = Object.entries(errors).find(([name]) => name !== '')?.[1]
  if (first === undefined) return <Notice kind="warning">{message}</Notice>
  return <p className="text-quiet text-sm">It comes as soon as the form is filled in. {first}</p>
}
