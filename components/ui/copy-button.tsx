'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button'
import { copyText } from './copy-text'

/** How long "Copied" stands: long enough to be seen, short enough not to be mistaken for a state. */
const SHOWN_MS = 1600

type Props = {
  /** What to copy, or how to find out when it is wanted. */
  text: string | (() => string)
  label?: string
  size?: 'sm' | 'md'
  variant?: 'secondary' | 'quiet'
}

export function CopyButton({ text, label = 'Copy', size = 'sm', variant = 'secondary' }: Props) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [state])

  async function copy() {
    const done = await copyText(typeof text === 'string' ? text : text())
    setState(done ? 'copied' : 'failed')
  }

  const shown = { idle: label, copied: 'Copied', failed: 'Select and copy' }[state]
  return (
    <Button size={size} variant={variant} onClick={copy}>
      {state === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span aria-live="polite">{shown}</span>
    </Button>
  )
}
