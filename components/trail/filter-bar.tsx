'use client'

import { Search } from 'lucide-react'
import { type FormEvent, useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { joinClasses } from '@/components/ui/join-classes'
import { useTimeZone } from '@/components/ui/time-zone'
import { COMMON_ACTIONS } from './common-actions'
import { FilterMenu } from './filter-menu'
import { FILTER_LABELS } from './filter-names'
import { ValueChecklist, ValueInput } from './filter-values'
import { LevelFilter } from './level-filter'
import { summarize } from './summarize-values'
import { TimeFilter } from './time-filter'
import { tidyParams } from './trail-view'
import { useTrailNavigation } from './use-trail-navigation'

const TEXT_FILTERS = [
  { name: 'action', suggestions: COMMON_ACTIONS },
  { name: 'actor', hint: 'Login, name or id, written out.' },
  { name: 'target', hint: 'Name of either target, written out.' },
] as const

const MORE_FILTERS = ['code', 'ip', 'session', 'source', 'targetType', 'category', 'dataSource'] as const

type Props = { path: string; query: string; types: string[] }

/** What to show. Every control is a field of a plain GET form; scripts only save the click on "Filter". */
export function FilterBar({ path, query, types }: Props) {
  const { params, go, pending } = useTrailNavigation(path, query)
  const timeZone = useTimeZone()
  const searches = params.getAll('q')
  const more = MORE_FILTERS.flatMap((name) => params.getAll(name))

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const sent = new URLSearchParams()
    for (const [name, value] of new FormData(event.currentTarget)) sent.append(name, String(value))
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
        {params.has('limit') && <input type="hidden" name="limit" value={params.get('limit') ?? ''} />}
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
          <TimeFilter params={params} go={go} />
          <FilterMenu label={FILTER_LABELS.type} value={summarize(params.getAll('type'))}>
            <fieldset>
              <legend className="sr-only">Type</legend>
              {types.length === 0 && (
                <p className="text-quiet text-sm">Types appear here with their first event.</p>
              )}
              <ValueChecklist
                name="type"
                params={params}
                go={go}
                options={types.map((value) => ({ value }))}
              />
            </fieldset>
          </FilterMenu>
          <LevelFilter params={params} go={go} />
          <FilterMenu label={FILTER_LABELS.status} value={summarize(params.getAll('status'))}>
            <fieldset>
              <legend className="sr-only">Status</legend>
              <ValueChecklist
                name="status"
                params={params}
                go={go}
                options={[
                  { value: 'success', hint: 'It worked.' },
                  { value: 'fail', hint: 'It was tried and did not work.' },
                ]}
              />
            </fieldset>
          </FilterMenu>
          {TEXT_FILTERS.map(({ name, ...rest }) => (
            <FilterMenu key={name} label={FILTER_LABELS[name]} value={summarize(params.getAll(name))} wide>
              <ValueInput name={name} label={FILTER_LABELS[name]} params={params} go={go} {...rest} />
            </FilterMenu>
          ))}
          <FilterMenu label="More" value={more.length ? String(more.length) : undefined} wide>
            {MORE_FILTERS.map((name) => (
              <ValueInput key={name} name={name} label={FILTER_LABELS[name]} params={params} go={go} />
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

/** Free text. Ctrl or ⌘ with K brings the focus here from anywhere on the page. */
function SearchInput({ value }: { value: string }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current) input.current.value = value
  }, [value])
  useEffect(() => {
    function focus(event: KeyboardEvent) {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      input.current?.select()
    }
    document.addEventListener('keydown', focus)
    return () => document.removeEventListener('keydown', focus)
  }, [])
  return (
    <label className="relative block min-w-0 flex-1">
      <span className="sr-only">Text in message, actor, target, code or source</span>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
      />
      <input
        ref={input}
        type="search"
        name="q"
        defaultValue={value}
        placeholder="Text in message, actor, target, code or source; parts of words count"
        maxLength={1024}
        autoComplete="off"
        spellCheck={false}
        className="control pr-14 pl-8"
      />
      <kbd className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 font-sans text-2xs text-faint pointer-coarse:hidden">
        Ctrl K
      </kbd>
    </label>
  )
}
