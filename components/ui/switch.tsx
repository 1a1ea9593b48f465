'use client'

import { Switch as Base } from '@base-ui/react/switch'

type Props = {
  label: string
  name?: string
  checked?: boolean
  defaultChecked?: boolean
  disabled?: boolean
  onCheckedChange?: (checked: boolean) => void
}

/** On or off, at once. The thumb's place says which, besides the colour. */
export function Switch({ label, ...rest }: Props) {
  return (
    <Base.Root
      aria-label={label}
      className="relative inline-flex h-[18px] w-8 shrink-0 cursor-pointer items-center rounded-full border border-edge bg-sunken transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:cursor-not-allowed data-disabled:opacity-55"
      {...rest}
    >
      <Base.Thumb className="ml-[3px] size-2.5 rounded-full bg-edge transition-transform data-checked:translate-x-3.5 data-checked:bg-on-accent" />
    </Base.Root>
  )
}
