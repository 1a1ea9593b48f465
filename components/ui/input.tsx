import type { ComponentProps } from 'react'
import { joinClasses } from './join-classes'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={joinClasses('control', className)} {...rest} />
}
