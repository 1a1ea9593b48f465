'use client'

import { Check, Minus } from 'lucide-react'
import { Field } from '@/components/form/field'
import { Input } from '@/components/ui/input'
import { visibleText } from '@/components/ui/visible-text'
import { globComplaint, nameMatcher } from '@/lib/collection/silos/match-name'
import type { DraftProps } from './origin-fields'

/** For a silo without files: names as logs have them. */
const EXAMPLES = ['security.csv', 'security-2026-11-21.csv.gz', 'system-2026-11-21.csv', 'readme.txt']
/** Enough to see what a pattern does. */
const MOST_SHOWN = 8

type Props = DraftProps & {
  /** Names of files that the silo has. */
  names: readonly string[]
}

/** Which files the silo takes, with what that means for names that it has, while one types. */
export function PatternField({ draft, errors, onChange, names }: Props) {
  const pattern = draft.pattern.trim()
  const complaint = globComplaint(pattern)
  const shown = (names.length > 0 ? names : EXAMPLES).slice(0, MOST_SHOWN)
  const takes = complaint ? () => false : nameMatcher(pattern)
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="File names"
        error={errors.pattern ?? (draft.pattern === '' ? undefined : complaint)}
        hint="* stands for anything, ? for one character, {a,b} for either. Other files are left out."
      >
        {(control) => (
          <Input
            className="literal max-w-72"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={draft.pattern}
            onChange={({ target }) => onChange({ pattern: target.value })}
            {...control}
          />
        )}
      </Field>
      <div className="text-xs">
        <p className="text-quiet">{names.length > 0 ? 'Of its files:' : 'For example:'}</p>
        <ul className="flex flex-wrap gap-x-4 gap-y-0.5">
          {shown.map((name) => (
            <MatchedName key={name} name={name} isTaken={takes(name)} />
          ))}
        </ul>
      </div>
    </div>
  )
}

function MatchedName({ name, isTaken }: { name: string; isTaken: boolean }) {
  const Mark = isTaken ? Check : Minus
  return (
    <li className={`flex items-center gap-1 ${isTaken ? 'text-ink' : 'text-faint'}`}>
      <Mark aria-hidden className={`size-3.5 shrink-0 ${isTaken ? 'text-success' : ''}`} />
      <span className="literal wrap-anywhere">{visibleText(name)}</span>
      <span className="sr-only">{isTaken ? 'taken' : 'left out'}</span>
    </li>
  )
}
