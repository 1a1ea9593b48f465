import type { ComponentProps } from 'react'
import { joinClasses } from './join-classes'

export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={rows}
      className={joinClasses('control h-auto py-1.5 pointer-coarse:h-auto', className)}
      {...rest}
    />
  )
}
