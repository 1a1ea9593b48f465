import { ArrowDown, ArrowRight } from 'lucide-react'
import { Panel } from '@/components/ui/panel'

type Props = { oldValue?: string; newValue?: string }

/** The value before and after. */
export function ValueChange({ oldValue, newValue }: Props) {
  if (oldValue === undefined && newValue === undefined) return null
  return (
    <Panel title="Change">
      <div className="grid items-stretch gap-2 md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
        <Value label="Before" text={oldValue} />
        <span className="grid place-items-center text-faint">
          <ArrowRight aria-hidden className="hidden size-4 md:block" />
          <ArrowDown aria-hidden className="size-4 md:hidden" />
        </span>
        <Value label="After" text={newValue} />
      </div>
    </Panel>
  )
}

function Value({ label, text }: { label: string; text: string | undefined }) {
  return (
    <figure className="rounded-md border border-line bg-sunken px-3 py-2">
      <figcaption className="text-quiet text-xs">{label}</figcaption>
      {text === undefined ? (
        <p className="text-faint text-sm">not given</p>
      ) : (
        <pre className="mt-0.5 max-h-80 overflow-auto whitespace-pre-wrap break-words font-mono text-xs">
          {text === '' ? <span className="text-faint">empty</span> : text}
        </pre>
      )}
    </figure>
  )
}
