import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'

export type ControlProps = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }

type Props = {
  label: string
  hint?: ReactNode
  error?: string
  optional?: boolean
  /** Gets what ties the control to its label, hint and error: spread it. */
  children: (control: ControlProps) => ReactNode
}

/** A control with its label above, and its hint or what is wrong with it below. */
export function Field({ label, hint, error, optional, children }: Props) {
  const id = useId()
  const hintId = hint ? `${id}-hint` : undefined
  const errorId = error ? `${id}-error` : undefined
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="flex items-baseline justify-between gap-2 font-medium text-sm">
        {label}
        {optional && <span className="font-normal text-faint text-xs">optional</span>}
      </label>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={errorId} className="flex items-start gap-1.5 text-danger text-xs">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      )}
      {hint && (
        <p id={hintId} className="text-pretty text-quiet text-xs">
          {hint}
        </p>
      )}
    </div>
  )
}
