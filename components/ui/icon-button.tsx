import type { ComponentProps } from 'react'
import { joinClasses } from './join-classes'

type Props = Omit<ComponentProps<'button'>, 'aria-label'> & { label: string }

export const ICON_BUTTON_STYLE =
  'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-quiet transition-colors hover:bg-hover hover:text-ink disabled:opacity-55 pointer-coarse:size-10 [&_svg]:size-4'

/** A button with an icon only; its label is read aloud and shown on hover. */
export function IconButton({ label, className, type = 'button', ...rest }: Props) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={joinClasses(ICON_BUTTON_STYLE, className)}
      {...rest}
    />
  )
}
