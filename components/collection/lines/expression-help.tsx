import { EXPRESSION_HELPERS, EXPRESSION_RULES } from '@/lib/collection/sandbox/expression-help'

/** What can be written in an expression; folded, for those who know. */
export function ExpressionHelp() {
  return (
    <details className="group text-sm">
      <summary className="w-fit rounded-sm text-quiet hover:text-ink">
        <span aria-hidden className="mr-1 inline-block transition-transform group-open:rotate-90">
          ›
        </span>
        What an expression can do
      </summary>
      <div className="mt-2 flex flex-col gap-2 rounded-md border border-line p-3">
        <ul className="flex list-disc flex-col gap-1 pl-4">
          {EXPRESSION_RULES.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
        <dl className="flex flex-col gap-2">
          {EXPRESSION_HELPERS.map(({ name, meaning, example, gives }) => (
            <div key={name}>
              <dt className="literal">{name}</dt>
              <dd className="text-quiet">
                {meaning}
                <span className="literal wrap-anywhere block">
                  {example} → {gives}
                </span>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  )
}
