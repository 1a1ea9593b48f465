'use client'

import { Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { FieldGroup } from '@/components/form/field-group'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { MaskingWay } from '@/lib/delivery/masking/masking-rule'
import { joinRule, type RuleParts, splitRule } from './masking-texts'

const WAYS: Record<MaskingWay, string> = {
  hash: 'Replace by a hash',
  hide: 'Replace by ***',
  remove: 'Leave out',
}

/** What most often must not leave the house. */
const COMMON: readonly RuleParts[] = [
  { how: 'hash', path: 'actor.login' },
  { how: 'hash', path: 'actor.ip' },
  { how: 'remove', path: 'actor.userAgent' },
  { how: 'hide', path: 'oldValue' },
  { how: 'hide', path: 'newValue' },
  { how: 'remove', path: 'payload' },
]
const OTHER_PATHS = [
  'actor.identity',
  'actor.sessionId',
  'targets.name',
  'source',
  'message',
  'data',
  'custom',
  'matched.actor.display',
  'matched.targets.display',
]

type Props = {
  rules: readonly string[]
  error: string | undefined
  onChange: (rules: readonly string[]) => void
}

/** Fields that the receiver must not see, and what it gets instead. */
export function MaskingEditor({ rules, error, onChange }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const parts = rules.map(splitRule)
  const change = (at: number, part: Partial<RuleParts>) =>
    onChange(parts.map((rule, index) => joinRule(index === at ? { ...rule, ...part } : rule)))
  const add = (rule: RuleParts) => {
    onChange([...rules, joinRule(rule)])
    if (rule.path === '')
      requestAnimationFrame(() =>
        list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus(),
      )
  }
  const offered = COMMON.filter(({ path }) => !parts.some((rule) => rule.path === path))

  return (
    <FieldGroup
      legend="Masking"
      hint="Fields that this receiver must not see. Equal values have equal hashes, for this receiver only. The trail keeps everything."
      error={error}
    >
      <datalist id="masking-paths">
        {[...COMMON.map(({ path }) => path), ...OTHER_PATHS].map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
      {parts.length > 0 && (
        <ul ref={list} className="mb-2 flex flex-col gap-2">
          {parts.map((rule, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no identity but its place while it is typed
            <li key={index} className="flex items-center gap-2">
              <Input
                aria-label={`Field ${index + 1}`}
                list="masking-paths"
                placeholder="data.request.token"
                spellCheck={false}
                autoComplete="off"
                autoCapitalize="off"
                aria-invalid={error?.includes(rule.path) || undefined}
                className="font-mono text-xs"
                value={rule.path}
                onChange={({ target }) => change(index, { path: target.value })}
              />
              <Select
                aria-label={`What the receiver gets instead of ${rule.path || `field ${index + 1}`}`}
                className="max-w-44"
                value={rule.how}
                onChange={({ target }) => change(index, { how: target.value as MaskingWay })}
              >
                {Object.entries(WAYS).map(([how, label]) => (
                  <option key={how} value={how}>
                    {label}
                  </option>
                ))}
              </Select>
              <IconButton
                label={`Don’t mask ${rule.path || `field ${index + 1}`}`}
                onClick={() => onChange(rules.filter((_, at) => at !== index))}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-1.5">
        <Button size="sm" onClick={() => add({ how: 'hash', path: '' })}>
          <Plus aria-hidden />
          Add a field
        </Button>
        {offered.map((rule) => (
          <Button key={rule.path} size="sm" variant="quiet" className="font-mono" onClick={() => add(rule)}>
            {rule.path}
          </Button>
        ))}
      </div>
    </FieldGroup>
  )
}
