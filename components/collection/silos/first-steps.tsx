import { Check } from 'lucide-react'
import Link from 'next/link'

type Step = { title: string; text: string; href: string; isDone: boolean }

/** What leads to the first collected file, in its order; what is there already is ticked. */
export function FirstSteps({ steps }: { steps: readonly Step[] }) {
  const next = steps.findIndex(({ isDone }) => !isDone)
  return (
    <ol className="grid gap-3 text-left md:grid-cols-3">
      {steps.map(({ title, text, href, isDone }, index) => (
        <li
          key={title}
          className={`relative flex flex-col rounded-lg border bg-surface p-4 hover:bg-hover ${
            index === next ? 'border-accent' : 'border-rim'
          }`}
        >
          <span
            aria-hidden
            className={`mb-2 grid size-6 place-items-center rounded-full font-medium text-xs ${
              isDone ? 'bg-accent text-on-accent' : 'bg-sunken text-quiet inset-ring inset-ring-line'
            }`}
          >
            {isDone ? <Check className="size-3.5" /> : index + 1}
          </span>
          <h2 className="font-semibold text-base">
            <Link href={href} className="rounded-sm after:absolute after:inset-0 after:rounded-lg">
              {title}
              {isDone && <span className="sr-only"> (done)</span>}
            </Link>
          </h2>
          <p className="mt-1 text-pretty text-quiet text-sm">{text}</p>
        </li>
      ))}
    </ol>
  )
}
