import { useId } from 'react'
import { Input } from '@/components/ui/input'

type Props = {
  label: string
  value: string
  /** What is known to be there; anything else can be typed too. */
  known: readonly string[]
  error?: string
  placeholder?: string
  className?: string
  onChange: (text: string) => void
}

/** The name of an attribute or a column. */
export function NameField({ label, value, known, error, placeholder, className, onChange }: Props) {
  const id = useId()
  return (
    <div className={className ?? 'min-w-0 flex-1'}>
      <Input
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        list={`${id}-known`}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        className="literal"
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id={`${id}-known`}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {error && (
        <p id={`${id}-error`} className="wrap-anywhere mt-0.5 text-danger text-xs">
          {error}
        </p>
      )}
    </div>
  )
}
