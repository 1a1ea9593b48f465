import { type ComponentProps, useId } from 'react'
import { joinClasses } from '@/components/ui/join-classes'

type Props = Omit<ComponentProps<'textarea'>, 'onChange' | 'value'> & {
  label: string
  value: string
  error?: string
  onChange: (text: string) => void
}

/** An expression: as many lines as it needs. */
export function CodeInput({ label, value, error, onChange, className, ...rest }: Props) {
  const errorId = useId()
  return (
    <div className="min-w-0 flex-1">
      <textarea
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? errorId : undefined}
        rows={Math.min(12, value.split('\n').length)}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={joinClasses(
          'control literal field-sizing-content h-auto min-h-8 resize-y py-1.5',
          className,
        )}
        {...rest}
      />
      {error && (
        <p id={errorId} className="wrap-anywhere mt-0.5 whitespace-pre-wrap text-danger text-xs">
          {error}
        </p>
      )}
    </div>
  )
}
