'use client'

import { ChevronRight } from 'lucide-react'
import { Field } from '@/components/form/field'
import { FieldGroup } from '@/components/form/field-group'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Textarea } from '@/components/ui/textarea'
import type { Skippable } from '@/lib/integrity/verify/skips'

/** Checks of a bundle that may be impossible with what is at hand. */
const CHOICES: { check: Skippable; label: string; hint: string }[] = [
  { check: 'time', label: 'Times', hint: 'No witness of the policy gave the checkpoint a time.' },
  { check: 'anchors', label: 'Anchors', hint: 'Time stamps of other authorities need tools of their own.' },
  { check: 'redactions', label: 'Notices of erasure', hint: 'The notice is not in the file.' },
]

type Props = {
  policy: string
  /** Whether it is the reader's own, not the one that this server names. */
  isPinned: boolean
  onPin: (policy: string | undefined) => void
  remembered: string
  onRemembered: (note: string) => void
  allowed: readonly Skippable[]
  onAllowed: (allowed: readonly Skippable[]) => void
}

/** Whose keys are believed, what the file must continue, and what may be left out. */
export function PinnedKeys(props: Props) {
  const { policy, isPinned, onPin, remembered, onRemembered, allowed, onAllowed } = props
  return (
    <details className="group/keys">
      <summary className="inline-flex items-center gap-1 rounded-sm text-quiet text-sm hover:text-ink">
        <ChevronRight aria-hidden className="size-4 group-open/keys:rotate-90" />
        Pin your own keys
        {isPinned && <span className="text-accent"> (yours are used)</span>}
      </summary>
      <div className="mt-3 flex flex-col gap-4">
        <Field
          label="Whose keys are believed"
          hint="A C2SP policy. These are the keys that this server names; put in those that you kept, and it can’t exchange them."
        >
          {(control) => (
            <Textarea
              {...control}
              rows={4}
              spellCheck={false}
              className="literal whitespace-pre"
              value={policy}
              onChange={({ target }) => onPin(target.value)}
            />
          )}
        </Field>
        {isPinned && (
          <div>
            <Button size="sm" onClick={() => onPin(undefined)}>
              Back to the keys of this server
            </Button>
          </div>
        )}
        <Field
          label="A checkpoint that you kept"
          optional
          hint="The file must then prove that it continues it: nothing was rewritten since."
        >
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              spellCheck={false}
              className="literal whitespace-pre"
              value={remembered}
              onChange={({ target }) => onRemembered(target.value)}
            />
          )}
        </Field>
        <FieldGroup legend="Leave out" hint="A check that can’t be made is a no, unless you leave it out.">
          {CHOICES.map(({ check, label, hint }) => (
            <Checkbox
              key={check}
              label={label}
              hint={hint}
              checked={allowed.includes(check)}
              onChange={({ target }) =>
                onAllowed(target.checked ? [...allowed, check] : allowed.filter((one) => one !== check))
              }
            />
          ))}
        </FieldGroup>
      </div>
    </details>
  )
}
