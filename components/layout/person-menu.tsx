'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check, ChevronsUpDown, LogOut } from 'lucide-react'
import { useState, useTransition } from 'react'
import { Menu, MenuItem } from '@/components/ui/menu'
import { POPUP_ITEM_STYLE } from '@/components/ui/popup-style'
import { useTimeZone } from '@/components/ui/time-zone'
import { THEMES, type Theme } from './preferences'
import { usePreferences } from './use-preferences'

export type Person = { name?: string; login: string }

type Props = { person: Person; theme: Theme; signOut: () => Promise<void> }

const THEME_LABELS: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' }

/** Who is signed in, how they like to read, and the way out. */
export function PersonMenu({ person, theme: initialTheme, signOut }: Props) {
  const [theme, setTheme] = useState(initialTheme)
  const [, startTransition] = useTransition()
  const preferences = usePreferences()
  const zone = useTimeZone() === 'UTC' ? 'utc' : 'local'
  const name = person.name ?? person.login
  const trigger = (
    <button
      type="button"
      aria-label={`Account of ${name}`}
      className="flex h-9 min-w-0 items-center gap-2 rounded-md px-1.5 text-sm hover:bg-hover data-popup-open:bg-hover md:w-full pointer-coarse:h-10"
    >
      <span
        aria-hidden
        className="grid size-6 shrink-0 place-items-center rounded-full bg-ink font-semibold text-2xs text-paper uppercase"
      >
        {[...name][0]}
      </span>
      <span className="hidden min-w-0 flex-1 truncate text-left md:block">{name}</span>
      <ChevronsUpDown aria-hidden className="hidden size-3.5 text-faint md:block" />
    </button>
  )

  return (
    <Menu
      trigger={trigger}
      header={
        <>
          {person.name && <p className="truncate font-medium">{person.name}</p>}
          <p className="truncate text-quiet text-xs">{person.login}</p>
        </>
      }
    >
      <Choice
        label="Theme"
        value={theme}
        choices={THEMES.map((value) => [value, THEME_LABELS[value]])}
        onChange={(next: Theme) => {
          setTheme(next)
          preferences.setTheme(next)
        }}
      />
      <Choice
        label="Times"
        value={zone}
        choices={[
          ['utc', 'In UTC'],
          ['local', 'In my time zone'],
        ]}
        onChange={preferences.setTimeZone}
      />
      <div className="mt-1 border-line border-t pt-1">
        <MenuItem onSelect={() => startTransition(signOut)}>
          <LogOut aria-hidden className="size-4 text-quiet" />
          Sign out
        </MenuItem>
      </div>
    </Menu>
  )
}

type ChoiceProps<Value extends string> = {
  label: string
  value: Value
  choices: [value: Value, label: string][]
  onChange: (value: Value) => void
}

function Choice<Value extends string>({ label, value, choices, onChange }: ChoiceProps<Value>) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-0.5 text-faint text-xs">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={onChange}>
        {choices.map(([choice, text]) => (
          <Base.RadioItem key={choice} value={choice} className={POPUP_ITEM_STYLE}>
            <span className="flex-1">{text}</span>
            <Base.RadioItemIndicator>
              <Check aria-hidden className="size-4 text-quiet" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}
