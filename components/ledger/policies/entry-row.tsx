'use client'

import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import Link from 'next/link'
import type { KeyboardEvent } from 'react'
import { TextPart, WordSelect } from '@/components/ledger/rules/sentence-parts'
import { logEntityWords } from '@/components/ledger/test-box/log-entity-words'
import { IconButton } from '@/components/ui/icon-button'
import { visibleText } from '@/components/ui/visible-text'
import { LOG_ENTITIES } from '@/lib/ledger/policies/definition'
import { type DraftEntry, type RuleChoice, rulesFor, withLogEntity } from './policy-draft'

type Props = {
  entry: DraftEntry
  at: number
  count: number
  rules: readonly RuleChoice[]
  /** How an entity of the ledger would be shown by it. */
  preview: { entity: string; display: string } | null
  isReadOnly: boolean
  slug: string
  /** Of the templates that are suggested. */
  listId: string
  errorAt: (member?: string) => string | undefined
  onChange: (next: DraftEntry) => void
  onMove: (by: 1 | -1) => void
  onRemove: () => void
}

/** An entry of a policy: for what, by which rule, and how it is shown. */
export function EntryRow(props: Props) {
  const { entry, at, count, rules, preview, isReadOnly, slug, listId, errorAt } = props
  const { onChange, onMove, onRemove } = props
  const fitting = rulesFor(entry.logEntity, rules)
  const chosen = rules.find(({ id }) => id === entry.ruleId)
  const whole = errorAt()

  /** As in lists of many programs: Alt and an arrow take the entry along. */
  function press(event: KeyboardEvent) {
    if (!event.altKey || isReadOnly || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li className="flex gap-2 px-3 py-2" onKeyDown={press}>
      <span aria-hidden className="numeric w-5 shrink-0 pt-1.5 text-faint text-sm">
        {at + 1}
      </span>
      <fieldset
        disabled={isReadOnly}
        aria-label={`Entry ${at + 1}`}
        className="grid min-w-0 flex-1 items-start gap-x-2 gap-y-1.5 sm:grid-cols-2 lg:grid-cols-[11rem_minmax(0,1fr)_minmax(0,1fr)]"
      >
        <WordSelect
          label={`Log entity of entry ${at + 1}`}
          value={entry.logEntity}
          options={LOG_ENTITIES.map((one) => [one, logEntityWords(one)])}
          error={errorAt('logEntity')}
          onChange={(next) => onChange(withLogEntity(entry, next, rules))}
        />
        <span className="min-w-0">
          <WordSelect
            label={`Rule of entry ${at + 1}`}
            value={entry.ruleId}
            options={[
              ['', 'Choose a rule …'],
              ...(entry.ruleId !== '' && !chosen ? ([[entry.ruleId, 'removed']] as const) : []),
              ...fitting.map(({ id, name }) => [id, name] as const),
            ]}
            error={errorAt('ruleId')}
            onChange={(ruleId) => onChange({ ...entry, ruleId })}
          />
          {chosen ? (
            <Link
              href={`/${slug}/ledger/rules/${chosen.id}`}
              className="mt-0.5 inline-block rounded-sm text-quiet text-xs hover:text-ink hover:underline"
            >
              Open rule<span className="sr-only"> {chosen.name}</span>
            </Link>
          ) : (
            fitting.length === 0 && (
              <span className="mt-0.5 block text-quiet text-xs">No rule finds this type yet.</span>
            )
          )}
        </span>
        <span className="min-w-0 sm:col-span-2 lg:col-span-1">
          <TextPart
            label={`Display of entry ${at + 1}`}
            value={entry.display}
            error={errorAt('display')}
            isPattern
            listId={listId}
            onChange={(display) => onChange({ ...entry, display })}
          />
          {preview && (
            <span className="wrap-anywhere mt-0.5 block text-quiet text-xs">
              as <bdi className="font-medium text-ink">{visibleText(preview.display)}</bdi>
              {preview.display !== preview.entity && (
                <>
                  , say, for <bdi>{visibleText(preview.entity)}</bdi>
                </>
              )}
            </span>
          )}
        </span>
        {whole && <p className="wrap-anywhere col-span-full text-danger text-xs">{whole}</p>}
      </fieldset>
      {!isReadOnly && (
        <span className="flex shrink-0 max-sm:flex-col">
          <IconButton label={`Move entry ${at + 1} up`} disabled={at === 0} onClick={() => onMove(-1)}>
            <ArrowUp aria-hidden />
          </IconButton>
          <IconButton
            label={`Move entry ${at + 1} down`}
            disabled={at === count - 1}
            onClick={() => onMove(1)}
          >
            <ArrowDown aria-hidden />
          </IconButton>
          <IconButton label={`Remove entry ${at + 1}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </IconButton>
        </span>
      )}
    </li>
  )
}
