'use client'

import { useId } from 'react'
import type { ControlProps } from '@/components/form/field'
import { Input } from '@/components/ui/input'
import { MultiSelect } from '@/components/ui/multi-select'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import type { DeclaredFieldProps } from './declared-field'
import { DeclaredSecret } from './declared-secret'
import { SecondsInput } from './seconds-input'

/** The control that a declaration names, with its value. */
export function DeclaredControl(props: DeclaredFieldProps & { control: ControlProps }) {
  const { field, value, knownTypes, onChange, control } = props
  const text = typeof value === 'string' ? value : ''
  const change = ({ target }: { target: { value: string } }) => onChange(target.value)
  if (field.control === 'secret') return <DeclaredSecret {...props} />
  if (field.control === 'choice')
    return (
      <Select value={text} onChange={change} {...control}>
        {field.options?.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    )
  if (field.control === 'seconds')
    return <SecondsInput label={field.label} value={text} onChange={onChange} control={control} />
  if (field.control === 'time')
    return <Input type="time" className="max-w-32" value={text} onChange={change} {...control} />
  if (field.control === 'lines' || field.control === 'block')
    return (
      <Textarea
        rows={field.control === 'block' ? 5 : 2}
        spellCheck={false}
        autoComplete="off"
        className="font-mono text-xs"
        placeholder={field.placeholder}
        value={text}
        onChange={change}
        {...control}
      />
    )
  if (field.control === 'types')
    return (
      <MultiSelect
        name={field.name}
        options={knownTypes.map((type) => ({ value: type }))}
        defaultValue={Array.isArray(value) ? value : []}
        placeholder={field.placeholder ?? 'Choose log types'}
        onValuesChange={onChange}
        allowOther
        {...control}
      />
    )
  return <TextControl {...props} text={text} />
}

/** One line, perhaps with suggestions. */
function TextControl({
  field,
  text,
  onChange,
  control,
}: DeclaredFieldProps & { control: ControlProps; text: string }) {
  const listId = useId()
  const isUrl = field.control === 'url'
  const isNumber = field.control === 'number'
  return (
    <>
      <Input
        type={isUrl ? 'url' : 'text'}
        inputMode={isUrl ? 'url' : isNumber ? 'numeric' : undefined}
        className={isNumber ? 'max-w-40' : undefined}
        list={field.options ? listId : undefined}
        placeholder={field.placeholder}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        value={text}
        onChange={({ target }) => onChange(target.value)}
        {...control}
      />
      {field.options && (
        <datalist id={listId}>
          {field.options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </datalist>
      )}
    </>
  )
}
