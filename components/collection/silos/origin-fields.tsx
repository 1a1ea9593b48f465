'use client'

import { Field } from '@/components/form/field'
import { SecretInput } from '@/components/form/secret-input'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { OriginCards } from './origin-cards'
import type { SiloDraft } from './silo-draft'

export type DraftProps = {
  draft: SiloDraft
  errors: Readonly<Record<string, string | undefined>>
  onChange: (part: Partial<SiloDraft>) => void
}

type Props = DraftProps & {
  hasSecret: boolean
  /** Folders of the server that the operator allowed to this workspace. */
  folders: readonly string[]
}

/** Where the silo's files come from, and what one must know to fetch them. */
export function OriginFields(props: Props) {
  const { draft, errors, onChange } = props
  return (
    <>
      <OriginCards value={draft.kind} error={errors['origin/kind']} onChange={(kind) => onChange({ kind })} />
      {draft.kind === 's3' && <S3Fields {...props} />}
      {draft.kind === 'folder' && <FolderFields {...props} />}
    </>
  )
}

type TextName = 'bucket' | 'region' | 'endpoint' | 'prefix' | 'accessKeyId' | 'path'

function OriginText({
  name,
  draft,
  errors,
  onChange,
  ...rest
}: DraftProps & { name: TextName; label: string; hint?: string; optional?: boolean; placeholder?: string }) {
  const { label, hint, optional, placeholder } = rest
  return (
    <Field label={label} hint={hint} optional={optional} error={errors[`origin/${name}`]}>
      {(control) => (
        <Input
          placeholder={placeholder}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={draft[name]}
          onChange={({ target }) => onChange({ [name]: target.value })}
          {...control}
        />
      )}
    </Field>
  )
}

function S3Fields({ hasSecret, ...props }: Props) {
  const { draft, errors, onChange } = props
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <OriginText {...props} name="bucket" label="Bucket" />
        <OriginText {...props} name="region" label="Region" optional placeholder="eu-central-1" />
      </div>
      <OriginText
        {...props}
        name="prefix"
        label="Prefix"
        optional
        placeholder="logs/windows/"
        hint="What the keys of the files begin with."
      />
      <OriginText
        {...props}
        name="endpoint"
        label="Endpoint"
        optional
        placeholder="https://s3.example.com"
        hint="Where not at AWS: the address of another storage that speaks S3."
      />
      <Checkbox
        label="The bucket stands in the path"
        hint="For storages that have no host name for each bucket."
        checked={draft.pathStyle}
        onChange={({ target }) => onChange({ pathStyle: target.checked })}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <OriginText {...props} name="accessKeyId" label="Access key" />
        <Field
          label="Secret access key"
          error={errors['origin/secretAccessKey']}
          hint={hasSecret ? 'Stored. Left empty, it stays; another bucket or key needs it again.' : undefined}
        >
          {(control) => (
            <SecretInput
              what="Secret access key"
              autoComplete="new-password"
              placeholder={hasSecret ? 'unchanged' : undefined}
              value={draft.secretAccessKey}
              onChange={({ target }) => onChange({ secretAccessKey: target.value })}
              {...control}
            />
          )}
        </Field>
      </div>
    </>
  )
}

function FolderFields({ folders, ...props }: Props) {
  if (folders.length === 0)
    return (
      <Notice kind="warning" title="No folder of the server is open to this workspace">
        Its operator opens one by the setting SPOOR_COLLECT_FOLDERS. Until then a silo can’t read from one.
      </Notice>
    )
  return (
    <OriginText
      {...props}
      name="path"
      label="Folder"
      placeholder={folders[0]}
      hint={`On the server, in or below ${folders.join(' or ')}. Files are copied before they are collected.`}
    />
  )
}
