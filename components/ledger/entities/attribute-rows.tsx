'use client'

import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { type AttributeDraft, nextId } from './entity-draft'

/** Names that rules of most workspaces compare. */
const NAMES = ['login', 'name', 'sid', 'email', 'hr_code', 'upn', 'distinguished_name', 'ip']

type Props = {
  rows: readonly AttributeDraft[]
  onChange: (rows: AttributeDraft[]) => void
  error: string | undefined
}

/** What is known of an entity, a name and a value a row. */
export function AttributeRows({ rows, onChange, error }: Props) {
  const listId = useId()
  const hintId = useId()
  const change = (id: number, part: Partial<AttributeDraft>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)))
  return (
    <fieldset aria-describedby={hintId} className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium text-sm">Attributes</legend>
      <datalist id={listId}>
        {NAMES.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <ul className="flex flex-col gap-2">
        {rows.map(({ id, name, value }, index) => (
          <li key={id} className="grid grid-cols-[minmax(6rem,1fr)_minmax(0,2fr)_auto] items-center gap-2">
            <Input
              aria-label={`Name of attribute ${index + 1}`}
              value={name}
              list={listId}
              autoCapitalize="off"
              spellCheck={false}
              className="literal"
              onChange={({ target }) => change(id, { name: target.value })}
            />
            <Input
              aria-label={name ? `Value of ${name}` : `Value of attribute ${index + 1}`}
              value={value}
              spellCheck={false}
              onChange={({ target }) => change(id, { value: target.value })}
            />
            <IconButton
              label={`Take out ${name || `attribute ${index + 1}`}`}
              onClick={() => onChange(rows.filter((row) => row.id !== id))}
            >
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <div>
        <Button size="sm" onClick={() => onChange([...rows, { id: nextId(), name: '', value: '' }])}>
          <Plus aria-hidden />
          Attribute
        </Button>
      </div>
      {error && (
        <p role="alert" className="text-danger text-xs">
          {error}
        </p>
      )}
      <p id={hintId} className="text-pretty text-quiet text-xs">
        Rules compare them with what events say: logins, SIDs, e-mail addresses. Rows without a value are not
        kept.
      </p>
    </fieldset>
  )
}
