'use client'

import { Cloud, FolderOpen, Upload } from 'lucide-react'
import { useId } from 'react'
import { FieldGroup } from '@/components/form/field-group'
import type { OriginKind } from './silo-draft'

const CARDS: { kind: OriginKind; label: string; summary: string; icon: typeof Upload }[] = [
  {
    kind: 'upload',
    label: 'Upload',
    summary: 'People drop files here, or programs send them to the API.',
    icon: Upload,
  },
  { kind: 's3', label: 'S3 prefix', summary: 'Each run fetches what is new in a bucket.', icon: Cloud },
  {
    kind: 'folder',
    label: 'Server folder',
    summary: 'Each run copies what is new in a folder on the server.',
    icon: FolderOpen,
  },
]

type Props = { value: OriginKind; error: string | undefined; onChange: (kind: OriginKind) => void }

/** Radio buttons beneath: one stop for Tab, the arrows choose. */
export function OriginCards({ value, error, onChange }: Props) {
  const name = useId()
  return (
    <FieldGroup legend="Where files come from" error={error}>
      <div className="grid gap-2 sm:grid-cols-3">
        {CARDS.map(({ kind, label, summary, icon: Icon }) => (
          <label
            key={kind}
            className="relative flex cursor-pointer flex-col gap-1 rounded-lg border border-rim bg-surface p-3 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              name={`$${name}`}
              value={kind}
              checked={kind === value}
              onChange={() => onChange(kind)}
              aria-labelledby={`${name}-${kind}`}
              aria-describedby={`${name}-${kind}-hint`}
              // Over the whole card: whoever points at the one points at the other.
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            <span id={`${name}-${kind}`} className="flex items-center gap-2 font-medium text-sm">
              <Icon aria-hidden className="size-4 text-quiet" />
              {label}
            </span>
            <span id={`${name}-${kind}-hint`} className="text-pretty text-quiet text-xs">
              {summary}
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  )
}
