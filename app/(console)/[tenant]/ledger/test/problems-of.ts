import type { z } from 'zod'
import type { MatchingProblem } from '@/lib/ledger/rules/rule-view'

/** What is not whole yet of a rule or policy that is being written, at its fields. */
export const problemsOf = ({ issues }: z.ZodError): MatchingProblem[] =>
  issues.map(({ path, message }) => ({
    path: path.map((part) => (typeof part === 'number' ? part : String(part))),
    message: path.at(-1) === 'ruleId' ? 'Choose a rule.' : message,
  }))

/** Those of a list that are whole already, and what is wrong with them at their places in the whole list. */
export function soundMembers<Member>(list: unknown, schema: z.ZodType<Member>) {
  const sound = (Array.isArray(list) ? list : []).flatMap((one, at) => {
    const { success, data } = schema.safeParse(one)
    return success ? [{ at, member: data as Member }] : []
  })
  return {
    members: sound.map(({ member }) => member),
    /** What is wrong with the list as a whole is only known once all of it is whole. */
    toPlaces: (problems: readonly MatchingProblem[]): MatchingProblem[] =>
      problems.flatMap(({ path: [part, place, ...rest], ...problem }) => {
        const at = typeof place === 'number' ? sound[place]?.at : undefined
        return part === undefined || at === undefined ? [] : [{ ...problem, path: [part, at, ...rest] }]
      }),
  }
}
