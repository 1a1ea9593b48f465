import { CodeBlock } from '@/components/ui/code-block'
import { Notice } from '@/components/ui/notice'
import type { NewToken } from '@/lib/tokens/create'
import { tokenExample } from './token-example'

/** The one time that a token's secret is seen. */
export function NewTokenView({ token, origin }: { token: NewToken; origin: string }) {
  const example = tokenExample(token, origin)
  return (
    <div className="flex flex-col gap-4">
      <Notice kind="warning" title="Copy the token now">
        It is not stored and cannot be shown again.
      </Notice>
      <CodeBlock label={`Token ${token.name}`} code={token.secret} wrap />
      {example && <CodeBlock label={example.label} code={example.code} wrap />}
    </div>
  )
}
