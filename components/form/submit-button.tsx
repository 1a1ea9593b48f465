'use client'

import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from '@/components/ui/button'
import { useKeptFocus } from './use-kept-focus'

type Props = Omit<ComponentProps<typeof Button>, 'type'> & { pendingLabel?: string }

/** Sends the form; says so, and takes no second click, while the answer is on its way. */
export function SubmitButton({ children, pendingLabel, variant = 'primary', disabled, ...rest }: Props) {
  const { pending } = useFormStatus()
  const button = useKeptFocus(pending)
  return (
    <Button ref={button} type="submit" variant={variant} disabled={disabled || pending} {...rest}>
      {pending ? (pendingLabel ?? children) : children}
    </Button>
  )
}
