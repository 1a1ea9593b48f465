import { Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { ChoiceField } from './choice-field'
import { NameField } from './name-field'
import type { StepFormProps } from './step-form-props'

const MISSING = [
  { value: 'blank', label: 'Stays, with blanks' },
  { value: 'reject', label: 'Is rejected' },
  { value: 'filter', label: 'Is filtered out' },
]

/** Which table, by which key, and what it adds. */
export function JoinForm({ step, attributes, choices, errorAt, onChange }: StepFormProps<'join'>) {
  const lookups = choices.tables.filter(({ kind }) => kind === 'lookup')
  const columns = lookups.find(({ id }) => id === step.tableId)?.columns ?? []
  const change = (part: Partial<typeof step>) => onChange({ ...step, ...part })
  function chooseTable(tableId: string) {
    const next = lookups.find(({ id }) => id === tableId)?.columns ?? []
    const isBlank = step.keyColumn === '' && step.add.every(({ column }) => column === '')
    if (!isBlank || next.length === 0) return change({ tableId })
    const [keyColumn = '', ...others] = next
    const add = others.map((column) => ({ column, attribute: column }))
    change({ tableId, keyColumn, ...(add.length > 0 && { add }) })
  }
  return (
    <div className="flex flex-col gap-3">
      <ChoiceField
        label="Lookup table"
        blank="Choose a table"
        value={step.tableId}
        options={lookups.map(({ id, name }) => ({ value: id, label: name }))}
        hint={lookups.length === 0 ? 'There is none yet: add one under Tables.' : undefined}
        error={errorAt('tableId')}
        onChange={chooseTable}
      />
      <div>
        <p className="mb-1 font-medium text-sm">Where the attribute equals the column</p>
        <div className="flex items-start gap-1.5">
          <NameField
            label="Attribute to look up"
            placeholder="attribute"
            value={step.attribute}
            known={attributes}
            error={errorAt('attribute')}
            onChange={(attribute) => change({ attribute })}
          />
          <span aria-hidden className="literal mt-1.5 text-quiet">
            =
          </span>
          <NameField
            label="Key column of the table"
            placeholder="column"
            value={step.keyColumn}
            known={columns}
            error={errorAt('keyColumn')}
            onChange={(keyColumn) => change({ keyColumn })}
          />
          <span className="w-7 shrink-0" />
        </div>
      </div>
      <div>
        <p className="mb-1 font-medium text-sm">Columns that it adds, and their names as attributes</p>
        <ul className="flex flex-col gap-2">
          {step.add.map((one, at) => {
            const set = (part: Partial<typeof one>) =>
              change({ add: step.add.map((other, index) => (index === at ? { ...other, ...part } : other)) })
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place while it is typed
              <li key={at} className="flex items-start gap-1.5">
                <NameField
                  label={`Column ${at + 1}`}
                  placeholder="column"
                  value={one.column}
                  known={columns}
                  error={errorAt('add', at, 'column')}
                  onChange={(column) =>
                    set({ column, ...(one.attribute === one.column && { attribute: column }) })
                  }
                />
                <span aria-hidden className="mt-1.5 text-quiet">
                  →
                </span>
                <NameField
                  label={`Attribute of column ${at + 1}`}
                  placeholder="attribute"
                  value={one.attribute}
                  known={attributes}
                  error={errorAt('add', at, 'attribute')}
                  onChange={(attribute) => set({ attribute })}
                />
                <IconButton
                  label={`Don’t add ${one.column || `column ${at + 1}`}`}
                  disabled={step.add.length === 1}
                  onClick={() => change({ add: step.add.toSpliced(at, 1) })}
                >
                  <X aria-hidden />
                </IconButton>
              </li>
            )
          })}
        </ul>
        <Button
          size="sm"
          className="mt-2"
          onClick={() => change({ add: [...step.add, { column: '', attribute: '' }] })}
        >
          <Plus aria-hidden />
          Add another column
        </Button>
      </div>
      <ChoiceField
        label="A row whose key is not in the table"
        value={step.missing}
        options={MISSING}
        onChange={(missing) => change({ missing: missing as typeof step.missing })}
      />
    </div>
  )
}
