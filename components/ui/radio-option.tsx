import type { ComponentProps, ReactNode } from 'react'

type Props = Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; hint?: ReactNode }

/** One of several choices; stands in a fieldset with the others. */
export function RadioOption({ label, hint, ...rest }: Props) {
  return (
    <label className="flex cursor-pointer items-start gap-2 py-1 text-sm pointer-coarse:py-2">
      <input
        type="radio"
        className="mt-0.5 size-4 shrink-0 cursor-pointer appearance-none rounded-full border border-edge bg-surface checked:border-[5px] checked:border-accent"
        {...rest}
      />
      <span>
        {label}
        {hint && <span className="block text-quiet text-xs">{hint}</span>}
      </span>
    </label>
  )
}
