'use client'

import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from '@/components/ui/button'

type Props = Omit<ComponentProps<typeof Button>, 'type'> & { pendingLabel?: string }

/** Sends the form; says so, and takes no second click, while the answer is on its way. */
export function SubmitButton({ children, pendingLabel, variant = 'primary', disabled, ...rest }: Props) {
  const { pending } = useFormStatus()
  return (
    <Button type="submit" variant={variant} disabled={disabled || pending} {...rest}>
      {pending ? (pendingLabel ?? children) : children}
    </Button>
  )
}
