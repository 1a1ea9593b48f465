import { Check } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

type Props = Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; hint?: ReactNode }

/** A native checkbox, so that forms work before and without scripts. */
export function Checkbox({ label, hint, ...rest }: Props) {
  return (
    <label className="group/check flex cursor-pointer items-start gap-2 py-0.5 text-sm pointer-coarse:py-1.5">
      <span className="relative mt-0.5 size-4 shrink-0">
        <input
          type="checkbox"
          className="peer size-4 cursor-pointer appearance-none rounded-sm border border-edge bg-surface checked:border-accent checked:bg-accent group-hover/check:border-accent"
          {...rest}
        />
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute inset-0.5 hidden size-3 text-on-accent peer-checked:block"
        />
      </span>
      <span className="min-w-0 grow">
        {label}
        {hint && <span className="block text-quiet text-xs">{hint}</span>}
      </span>
    </label>
  )
}
