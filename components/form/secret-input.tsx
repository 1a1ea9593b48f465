'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'

type Props = Omit<ComponentProps<'input'>, 'type'> & {
  /** Its name beside the words of the eye: `Show Password`. */
  what?: string
}

/** A password or key; the eye shows what was typed. */
export function SecretInput({ className, what, ...rest }: Props) {
  const [shown, setShown] = useState(false)
  return (
    <span className="relative block">
      <Input
        type={shown ? 'text' : 'password'}
        spellCheck={false}
        autoCapitalize="off"
        className="pr-10"
        {...rest}
      />
      <IconButton
        label={[shown ? 'Hide' : 'Show', what].filter(Boolean).join(' ')}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute top-0.5 right-0.5 pointer-coarse:top-0 pointer-coarse:right-0"
      >
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </IconButton>
    </span>
  )
}
