import type { ComponentProps } from 'react'
import { Select } from '@/components/ui/select'
import type { PolicyOption } from './policy-choice'

type Props = Omit<ComponentProps<typeof Select>, 'children'> & { policies: readonly PolicyOption[] }

/** One of the policies, the workspace’s default whichever it is, or none. */
export function PolicySelect({ policies, ...rest }: Props) {
  const current = policies.find(({ isDefault }) => isDefault)
  return (
    <Select {...rest}>
      <option value="default">{current ? `the default (${current.name})` : 'the default'}</option>
      {policies.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      <option value="none">none: not matched</option>
    </Select>
  )
}
