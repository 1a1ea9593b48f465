import { refuse } from './refusal'

/** Checks that may be impossible with what is at hand. Each is a no, unless its user allowed it to be left out. */
export const SKIPPABLE = ['time', 'anchors', 'redactions', 'entries'] as const
export type Skippable = (typeof SKIPPABLE)[number]

export class Skips {
  readonly skipped = new Map<Skippable, string>()

  constructor(private readonly allowed: ReadonlySet<Skippable>) {}

  /** Notes that a check is left out; `reason` is the refusal where the check has one of its own. */
  skip(
    check: Skippable,
    message: string,
    reason: 'skipped' | 'redaction_unexplained' | 'not_served' = 'skipped',
  ) {
    if (!this.allowed.has(check))
      refuse(reason, `${message} (--allow-skipped ${check} leaves this check out.)`)
    if (!this.skipped.has(check)) this.skipped.set(check, message)
  }
}
