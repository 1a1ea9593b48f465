'use client'

import type { FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { joinClasses } from '@/components/ui/join-classes'
import { useTimeZone } from '@/components/ui/time-zone'
import { COMMON_ACTIONS } from './common-actions'
import { EntityFilter } from './entity-filter'
import { FieldFilter } from './field-filter'
import { FilterMenu } from './filter-menu'
import { FILTER_LABELS } from './filter-names'
import { ValueChecklist, ValueInput } from './filter-values'
import { LevelFilter } from './level-filter'
import { SearchInput } from './search-input'
import { summarize } from './summarize-values'
import { TimeFilter } from './time-filter'
import { useTrail } from './trail-navigation'
import { PAGE_PARAMS } from './trail-url'
import { tidyParams } from './trail-view'

const TEXT_FILTERS = [
  { name: 'action', suggestions: COMMON_ACTIONS },
  { name: 'actor', hint: 'Login, name or id, written out.' },
  { name: 'target', hint: 'Name of either target, written out.' },
] as const

const HINTS: Partial<Record<string, string>> = {
  ip: 'An address, or a network such as 10.0.0.0/8.',
}

const MORE_FILTERS = ['code', 'ip', 'session', 'source', 'targetType', 'category', 'dataSource'] as const

/** Parts of the page that a form would lose. */
const KEPT = PAGE_PARAMS.filter((name) => name !== 'cursor')

/** What to show. Every control is a field of a plain GET form; scripts only save the click on "Filter". */
export function FilterBar({ types, hasLedger }: { types: string[]; hasLedger: boolean }) {
  const { path, params, go, pending } = useTrail()
  const timeZone = useTimeZone()
  const searches = params.getAll('q')
  const more = MORE_FILTERS.flatMap((name) => params.getAll(name))

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const sent = new URLSearchParams()
    const { submitter } = event.nativeEvent as SubmitEvent
    for (const [name, value] of new FormData(event.currentTarget, submitter)) sent.append(name, String(value))
    go(tidyParams(sent, timeZone))
    clearTyped(event.currentTarget)
  }

  return (
    <search>
      <form
        action={path}
        onSubmit={submit}
        className={joinClasses('transition-opacity', pending && 'opacity-75')}
      >
        {KEPT.map((name) => {
          const value = params.get(name)
          return value && <input key={name} type="hidden" name={name} value={value} />
        })}
        <div className="flex gap-2">
          <SearchInput value={searches[0] ?? ''} />
          {searches.slice(1).map((value) => (
            <input key={value} type="hidden" name="q" value={value} />
          ))}
          <Button type="submit" variant="primary">
            Filter
          </Button>
        </div>
        <div className="mt-2 flex flex-wrap gap-2">
          <TimeFilter />
          <FilterMenu label={FILTER_LABELS.type} value={summarize(params.getAll('type'))}>
            <fieldset>
              <legend className="sr-only">Type</legend>
              {types.length === 0 && (
                <p className="text-quiet text-sm">Types appear here with their first event.</p>
              )}
              <ValueChecklist name="type" options={types.map((value) => ({ value }))} />
            </fieldset>
          </FilterMenu>
          <LevelFilter />
          <FilterMenu label={FILTER_LABELS.status} value={summarize(params.getAll('status'))}>
            <fieldset>
              <legend className="sr-only">Status</legend>
              <ValueChecklist
                name="status"
                options={[
                  { value: 'success', hint: 'It worked.' },
                  { value: 'fail', hint: 'It was tried and did not work.' },
                ]}
              />
            </fieldset>
          </FilterMenu>
          {TEXT_FILTERS.map(({ name, ...rest }) => (
            <FilterMenu key={name} label={FILTER_LABELS[name]} value={summarize(params.getAll(name))} wide>
              <ValueInput name={name} label={FILTER_LABELS[name]} {...rest} />
            </FilterMenu>
          ))}
          {hasLedger && <EntityFilter />}
          <FieldFilter />
          <FilterMenu label="More" value={more.length ? String(more.length) : undefined} wide>
            {MORE_FILTERS.map((name) => (
              <ValueInput key={name} name={name} label={FILTER_LABELS[name]} hint={HINTS[name]} />
            ))}
          </FilterMenu>
        </div>
      </form>
    </search>
  )
}

/** What was typed stands among the active filters now; the menus close. */
function clearTyped(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>('details input[maxlength]')) input.value = ''
  for (const menu of form.querySelectorAll('details')) menu.open = false
}
