import type { RuleEstimate } from '@/lib/channels/estimate-rule'

const times = (fired: number) => {
  if (fired === 1) return 'once'
  return fired === 2 ? 'twice' : `${fired.toLocaleString('en')} times`
}

/** What a threshold would have done, for people. */
export function ruleEstimateWords({ fired, days, isCapped }: Omit<RuleEstimate, 'latest'>): string {
  const period = days === 1 ? 'the last day' : `the last ${days.toLocaleString('en')} days`
  const rest = isCapped ? '; there is too much to look at before that' : ''
  if (fired === 0) return `Would not have fired in ${period}${rest}.`
  return `Would have fired ${times(fired)} in ${period}${rest}.`
}
