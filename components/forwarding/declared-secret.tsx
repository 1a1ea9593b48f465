'use client'

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { ControlProps } from '@/components/form/field'
import { SecretInput } from '@/components/form/secret-input'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import type { DeclaredFieldProps } from './declared-field'

/** A secret that is typed, or made here for the receiver to be told; once saved it is never shown again. */
export function DeclaredSecret({
  field,
  value,
  isStored,
  onChange,
  control,
}: DeclaredFieldProps & { control: ControlProps }) {
  const [made, setMade] = useState<string>()
  const { generate } = field
  return (
    <>
      <SecretInput
        what={field.label}
        autoComplete="new-password"
        placeholder={isStored ? 'unchanged' : field.placeholder}
        value={typeof value === 'string' ? value : ''}
        onChange={({ target }) => onChange(target.value)}
        {...control}
      />
      {generate && (
        <span className="mt-1 flex flex-wrap items-center gap-2">
          <Button
            size="sm"
            onClick={() => {
              const secret = makeSecret(generate)
              setMade(secret)
              onChange(secret)
            }}
          >
            <KeyRound aria-hidden />
            Generate
          </Button>
          {made !== undefined && made === value && (
            <>
              <CopyButton text={made} label="Copy for the receiver" />
              <span className="text-quiet text-xs">It is not shown again once it is saved.</span>
            </>
          )}
        </span>
      )}
    </>
  )
}

function makeSecret({ prefix, bytes }: { prefix: string; bytes: number }): string {
  return prefix + btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes))))
}
