'use client'

import { useEffect, useState } from 'react'
import { Field } from '@/components/form/field'
import { Select } from '@/components/ui/select'
import { testQuery } from './test-address'
import { TestBox } from './test-box'
import { hasValue, type TestValues, toAsked } from './test-values'
import { useTestedMatch } from './use-tested-match'

type Props = {
  policies: readonly { id: string; name: string; isDefault: boolean }[]
  policyId: string
  values: TestValues
  slug: string
}

/** The test box with any policy; what is typed stands in the address, so that it can be handed on. */
export function PolicyTest({ policies, policyId: first, values: given, slug }: Props) {
  const [policyId, setPolicyId] = useState(first)
  const [values, setValues] = useState(given)
  const said = hasValue(values) ? toAsked(values) : undefined
  const { tested, failure, isOutdated } = useTestedMatch(
    `/${slug}/ledger/test/acts/match`,
    said && { ...said, policyId },
  )
  const query = testQuery({ ...values, policy: policyId === first && !said ? undefined : policyId })
  useEffect(() => {
    window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname)
  }, [query])
  return (
    <div className="max-w-2xl">
      <TestBox
        values={values}
        onValues={(part) => setValues((before) => ({ ...before, ...part }))}
        tested={tested}
        failure={failure}
        isOutdated={isOutdated}
        slug={slug}
        isPolicy
      >
        <Field label="Policy">
          {(control) => (
            <Select {...control} value={policyId} onChange={({ target }) => setPolicyId(target.value)}>
              {policies.map(({ id, name, isDefault }) => (
                <option key={id} value={id}>
                  {name}
                  {isDefault && ' (default)'}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </TestBox>
    </div>
  )
}
