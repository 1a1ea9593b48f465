import { Field } from '@/components/form/field'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'

/** Leads to the check of one event; a plain form, so that the address tells which. */
export function FindEventForm({ wanted, error }: { wanted: string; error: string | undefined }) {
  return (
    <form method="get" className="flex max-w-xl flex-col">
      <Field label="Event" hint="Its id, or its seq." error={error}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              name="event"
              defaultValue={wanted}
              required
              maxLength={100}
              autoComplete="off"
              spellCheck={false}
              className="literal"
            />
            <Button type="submit">Verify this event</Button>
          </div>
        )}
      </Field>
    </form>
  )
}
