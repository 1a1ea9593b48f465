'use client'

import { Field } from '@/components/form/field'
import { Select } from '@/components/ui/select'
import type { DraftProps } from './origin-fields'
import { DELIMITER_WORDS, ENCODING_WORDS, HEADER_WORDS, QUOTE_WORDS } from './reading-words'
import { DETECTED } from './silo-draft'

const CHOICES = [
  { name: 'encoding', label: 'Encoding', words: ENCODING_WORDS },
  { name: 'delimiter', label: 'Delimiter', words: DELIMITER_WORDS },
  { name: 'quote', label: 'Quotes', words: QUOTE_WORDS },
  { name: 'header', label: 'Header', words: HEADER_WORDS },
] as const

/** How files are read, folded away: hardly ever one has to say it. */
export function ReadingFields({ draft, errors, onChange }: DraftProps) {
  const chosen = CHOICES.filter(({ name }) => draft[name] !== DETECTED)
  const isWrong = CHOICES.some(({ name }) => errors[`reading/${name}`] !== undefined)
  return (
    <details
      open={isWrong || chosen.length > 0 || undefined}
      className="group rounded-lg border border-line bg-surface"
    >
      <summary className="rounded-lg px-3 py-2 text-sm hover:bg-hover">
        <span aria-hidden className="mr-2 inline-block text-quiet transition-transform group-open:rotate-90">
          ›
        </span>
        <span className="font-medium">Reading</span>{' '}
        <span className="text-quiet">
          {chosen.length === 0
            ? 'encoding, delimiter, quotes and header are detected'
            : `${chosen.map(({ label }) => label.toLowerCase()).join(' and ')} as you say, the rest is detected`}
        </span>
      </summary>
      <div className="grid gap-5 px-3 pt-2 pb-4 sm:grid-cols-2">
        {CHOICES.map(({ name, label, words }) => (
          <Field key={name} label={label} error={errors[`reading/${name}`]}>
            {(control) => (
              <Select
                value={draft[name]}
                onChange={({ target }) => onChange({ [name]: target.value })}
                {...control}
              >
                <option value={DETECTED}>detected</option>
                {Object.entries(words).map(([value, text]) => (
                  <option key={value} value={value}>
                    {text}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ))}
      </div>
    </details>
  )
}
