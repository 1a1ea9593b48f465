import { Field } from '@/components/form/field'
import { MomentInput } from '@/components/ledger/moment-input'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { LOG_ENTITIES, type LogEntity } from '@/lib/ledger/policies/definition'
import { logEntityWords } from './log-entity-words'
import type { TestValues } from './test-values'

type Props = {
  values: TestValues
  /** What may be chosen; a rule does not ask whether it is for an actor or a group. */
  logEntities?: readonly LogEntity[]
  onChange: (part: Partial<TestValues>) => void
}

const TYPED = { autoComplete: 'off', autoCapitalize: 'off', spellCheck: false, maxLength: 1024 } as const

/** What an event would say. */
export function TestFields({ values, logEntities = LOG_ENTITIES, onChange }: Props) {
  const isActor = values.logEntity === 'actor'
  const texts: [name: 'name' | 'parent' | 'identity' | 'id', label: string][] = [
    ['name', isActor ? '#1 Login' : '#1 Name'],
    ['parent', isActor ? '#2 Repository' : '#2 Parent'],
    ...(isActor ? ([['identity', '#3 Identity']] as const).map((one): ['identity', string] => [...one]) : []),
    ['id', '#4 Id'],
  ]
  return (
    <div className="grid gap-x-3 gap-y-2 sm:grid-cols-2 [&>:nth-child(-n+2)]:col-span-full">
      <Field label="An event has it as">
        {(control) => (
          <Select
            {...control}
            value={values.logEntity}
            onChange={({ target }) => {
              const chosen = logEntities.find((one) => one === target.value)
              if (chosen) onChange({ logEntity: chosen })
            }}
          >
            {logEntities.map((one) => (
              <option key={one} value={one}>
                {logEntityWords(one)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="At the time" optional>
        {(control) => <MomentInput control={control} value={values.at} onChange={(at) => onChange({ at })} />}
      </Field>
      {texts.map(([name, label]) => (
        <Field key={name} label={label}>
          {(control) => (
            <Input
              {...control}
              {...TYPED}
              className="literal"
              value={values[name]}
              onChange={({ target }) => onChange({ [name]: target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  )
}
