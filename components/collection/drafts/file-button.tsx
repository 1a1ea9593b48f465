'use client'

import { Upload } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { Button } from '@/components/ui/button'

type Props = {
  /** What the file is: it names the field. */
  label: string
  children: ReactNode
  disabled?: boolean
  accept?: string
  onChoose: (file: File) => void
}

/** Opens the browser's own choice of a file. The same file can be chosen again once it was mended. */
export function FileButton({ label, children, disabled, accept, onChoose }: Props) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        aria-label={label}
        accept={accept}
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => {
          const file = target.files?.[0]
          target.value = ''
          if (file) onChoose(file)
        }}
      />
      <Button disabled={disabled} onClick={() => input.current?.click()}>
        <Upload aria-hidden />
        {children}
      </Button>
    </>
  )
}
