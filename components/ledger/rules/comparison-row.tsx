'use client'

import { Trash2 } from 'lucide-react'
import { NameField } from '@/components/collection/lines/name-field'
import { Checkbox } from '@/components/ui/checkbox'
import { IconButton } from '@/components/ui/icon-button'
import { ENTITY_LABELS, type EntityType } from '@/lib/ledger/entity-types'
import { COMPARE_BY, PARAMETERS, type Parameter } from '@/lib/ledger/rules/definition'
import { ENTITY_WORDS, EVENT_WORDS, FINDS_WORDS, KIND_WORDS, PARAMETER_WORDS } from './comparison-words'
import { PatternTry } from './pattern-try'
import type { DraftComparison } from './rule-draft'
import { TextPart, WordSelect } from './sentence-parts'

type Props = {
  comparison: DraftComparison
  at: number
  type: EntityType
  /** Attributes and links that entities of the type have. */
  known: readonly string[]
  isReadOnly: boolean
  /** Where a pattern is tried. */
  tryUrl: string
  /** What is wrong with one of its members, or with all of it. */
  errorAt: (member?: string) => string | undefined
  onChange: (next: DraftComparison) => void
  onRemove: () => void
}

/** A comparison that reads as a sentence, with a choice or a field in the place of each of its words. */
export function ComparisonRow(props: Props) {
  const { comparison, at, type, known, isReadOnly, tryUrl, errorAt, onChange, onRemove } = props
  const { kind, attribute, parameter, pattern, text, negate, findsBy, entityBy, eventBy } = comparison
  const change = (part: Partial<DraftComparison>) => onChange({ ...comparison, ...part })
  const of = `of comparison ${at + 1}`
  const whole = errorAt()
  const parameterSelect = (
    <WordSelect
      label={`What the event says, ${of}`}
      value={String(parameter)}
      options={PARAMETERS.map((number) => [String(number), PARAMETER_WORDS[number]])}
      error={errorAt('parameter')}
      className="w-56"
      onChange={(value) => change({ parameter: Number(value) as Parameter })}
    />
  )
  const attributeField = (
    <>
      <span className="pt-1.5">the {ENTITY_LABELS[type].one.toLowerCase()}’s</span>
      <NameField
        label={`Attribute ${of}`}
        value={attribute}
        known={known}
        error={errorAt('attribute')}
        placeholder="login"
        className="w-36"
        onChange={(next) => change({ attribute: next })}
      />
    </>
  )
  return (
    <li className="border-line border-b px-3 py-2.5 last:border-b-0">
      <fieldset disabled={isReadOnly} aria-label={`Comparison ${at + 1}`} className="min-w-0">
        <div className="flex items-start gap-2">
          <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-2 gap-y-1.5 text-sm">
            <WordSelect
              label={`Kind ${of}`}
              value={kind}
              options={KINDS.map((one) => [one, KIND_WORDS[one]])}
              className={kind === 'finds' ? 'w-24' : 'w-44'}
              onChange={(value) => change({ kind: value })}
            />
            {kind === 'finds' && (
              <>
                {attributeField}
                <WordSelect
                  label={`How, ${of}`}
                  value={findsBy}
                  options={COMPARE_BY.map((by) => [by, FINDS_WORDS[by]])}
                  error={errorAt('by')}
                  className="w-52"
                  onChange={(value) => change({ findsBy: value })}
                />
                {parameterSelect}
              </>
            )}
            {kind === 'entity' && (
              <>
                {attributeField}
                <WordSelect
                  label={`Is or is not, ${of}`}
                  value={negate ? 'not' : 'is'}
                  options={[
                    ['is', 'is'],
                    ['not', 'is not'],
                  ]}
                  className="w-24"
                  onChange={(value) => change({ negate: value === 'not' })}
                />
                <WordSelect
                  label={`How, ${of}`}
                  value={entityBy}
                  options={Object.entries(ENTITY_WORDS) as [keyof typeof ENTITY_WORDS, string][]}
                  className="w-36"
                  onChange={(value) => change({ entityBy: value })}
                />
                <TextPart
                  label={`Text ${of}`}
                  value={text}
                  error={errorAt('text')}
                  onChange={(next) => change({ text: next })}
                />
              </>
            )}
            {kind === 'event' && (
              <>
                {parameterSelect}
                <WordSelect
                  label={`How, ${of}`}
                  value={`${negate ? '!' : ''}${eventBy}`}
                  options={Object.entries(EVENT_WORDS).flatMap(([by, { is, not }]): [string, string][] => [
                    [by, is],
                    [`!${by}`, not],
                  ])}
                  error={errorAt('by')}
                  className="w-56"
                  onChange={(value) =>
                    change({
                      negate: value.startsWith('!'),
                      eventBy: value.replace('!', '') as DraftComparison['eventBy'],
                    })
                  }
                />
                <TextPart
                  label={eventBy === 'pattern' ? `Pattern ${of}` : `Text ${of}`}
                  value={text}
                  error={errorAt('text')}
                  isPattern={eventBy === 'pattern'}
                  onChange={(next) => change({ text: next })}
                />
              </>
            )}
          </div>
          {!isReadOnly && (
            <IconButton label={`Remove comparison ${at + 1}`} onClick={onRemove}>
              <Trash2 aria-hidden />
            </IconButton>
          )}
        </div>
        {whole && <p className="wrap-anywhere mt-1 text-danger text-xs">{whole}</p>}
        {kind === 'finds' && (
          <FindsPattern
            of={of}
            pattern={pattern}
            error={errorAt('pattern')}
            onChange={(next) => change({ pattern: next })}
          />
        )}
        {kind === 'finds' && pattern !== '' && (
          <PatternTry url={tryUrl} pattern={pattern} of={of} captures isOff={isReadOnly} />
        )}
        {kind === 'event' && eventBy === 'pattern' && text !== '' && (
          <PatternTry url={tryUrl} pattern={text} of={of} isOff={isReadOnly} />
        )}
      </fieldset>
    </li>
  )
}

const KINDS = ['finds', 'entity', 'event'] as const

type PatternProps = {
  of: string
  pattern: string
  error: string | undefined
  onChange: (pattern: string) => void
}

/** The part of what the event says that is compared; most rules compare all of it. */
function FindsPattern({ of, pattern, error, onChange }: PatternProps) {
  return (
    <div className="mt-1.5 flex flex-wrap items-start gap-2 text-sm">
      <div className="pt-1">
        <Checkbox
          label="only a part of what the event says"
          checked={pattern !== ''}
          // The commonest wish: the name behind DOMAIN\.
          onChange={({ target }) => onChange(target.checked ? FIRST_PATTERN : '')}
        />
      </div>
      {pattern !== '' && (
        <TextPart
          label={`Pattern ${of}`}
          value={pattern}
          error={error}
          isPattern
          // A blank one is none: then the checkbox is off, and this field has gone.
          onChange={onChange}
        />
      )}
    </div>
  )
}

const FIRST_PATTERN = '^[^\\\\]+\\\\(.+)$'
