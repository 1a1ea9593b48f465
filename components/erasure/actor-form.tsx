import { Field } from '@/components/form/field'
import { Button } from '@/components/ui/button'
import { Textarea } from '@/components/ui/textarea'

/** Whose traces are looked for; a plain form, so that the address tells, and a link can fill it. */
export function ActorForm({ names, error }: { names: readonly string[]; error: string | undefined }) {
  return (
    <form method="get" className="flex max-w-xl flex-col gap-3">
      <Field
        label="Who"
        error={error}
        hint="All that they are called in the trail, one a line: logins, identities, ids. Compared to the letter."
      >
        {(control) => (
          <Textarea
            {...control}
            name="actor"
            rows={Math.max(2, names.length + 1)}
            required
            spellCheck={false}
            className="literal"
            defaultValue={names.join('\n')}
          />
        )}
      </Field>
      <div>
        <Button type="submit">Preview</Button>
      </div>
    </form>
  )
}
