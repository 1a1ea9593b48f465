'use client'

import { useActionState, useState } from 'react'
import { Field } from '@/components/form/field'
import { fieldsOf } from '@/components/form/fields-of'
import { SubmitButton } from '@/components/form/submit-button'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { BLANK_FORM, type FormAction } from '@/lib/errors/form-state'
import { MAX_SLUG_LENGTH, suggestSlug } from '@/lib/workspaces/slug'
import { EmailField } from './email-field'
import { NewPasswordField } from './new-password-field'

type Props = {
  action: FormAction<never>
  /** Address of the instance, shown before the workspace's own part. */
  origin: string
}

export function SignUpForm({ action, origin }: Props) {
  const [state, send] = useActionState(action, BLANK_FORM)
  const { errors, values, message } = fieldsOf(state)
  const [workspaceName, setWorkspaceName] = useState('')
  /** What the person typed; until then the address follows the name. */
  const [ownSlug, setOwnSlug] = useState<string>()
  const slug = ownSlug ?? suggestSlug(workspaceName)
  return (
    <form action={send} noValidate className="flex flex-col gap-4">
      {message && <Notice kind="error">{message}</Notice>}
      <Field label="Your name" error={errors.name}>
        {(control) => (
          <Input {...control} name="name" autoComplete="name" required defaultValue={values.name} />
        )}
      </Field>
      <EmailField error={errors.email} value={values.email} />
      <NewPasswordField label="Password" error={errors.password} />
      <Field label="Workspace name" error={errors.workspaceName} hint="Your company, product or team.">
        {(control) => (
          <Input
            {...control}
            name="workspaceName"
            autoComplete="organization"
            required
            value={workspaceName}
            onChange={({ target }) => setWorkspaceName(target.value)}
          />
        )}
      </Field>
      <Field
        label="Workspace address"
        error={errors.slug}
        hint={
          <>
            Your trail will be at{' '}
            <span className="break-all font-mono">
              {origin}/{slug || '…'}/trail
            </span>
          </>
        }
      >
        {(control) => (
          <Input
            {...control}
            name="slug"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            required
            maxLength={MAX_SLUG_LENGTH}
            className="font-mono"
            value={slug}
            onChange={({ target }) => setOwnSlug(target.value.toLowerCase() || undefined)}
          />
        )}
      </Field>
      <SubmitButton pendingLabel="Creating your workspace …" className="mt-1">
        Create workspace
      </SubmitButton>
    </form>
  )
}
