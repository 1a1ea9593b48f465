import Link from 'next/link'
import type { ComponentProps } from 'react'
import { ICON_BUTTON_STYLE } from './icon-button'
import { joinClasses } from './join-classes'

type Props = Omit<ComponentProps<typeof Link>, 'aria-label'> & { label: string }

/** A link with an icon only; its label is read aloud and shown on hover. */
export function IconLink({ label, className, ...rest }: Props) {
  return (
    <Link aria-label={label} title={label} className={joinClasses(ICON_BUTTON_STYLE, className)} {...rest} />
  )
}
