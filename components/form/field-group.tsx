import type { ReactNode } from 'react'

type Props = { legend: string; hint?: ReactNode; error?: string; children: ReactNode }

/** Controls that answer one question together. */
export function FieldGroup({ legend, hint, error, children }: Props) {
  return (
    <fieldset className="flex min-w-0 flex-col">
      <legend className="mb-1 font-medium text-sm">{legend}</legend>
      {hint && <p className="mb-1 text-quiet text-xs">{hint}</p>}
      {children}
      {error && (
        <p role="alert" className="mt-1 text-danger text-xs">
          {error}
        </p>
      )}
    </fieldset>
  )
}
