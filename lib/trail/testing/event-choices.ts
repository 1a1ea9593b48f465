import { CHOICE_NAMES, type ChoiceName, ENTITY_CHOICES } from '@/lib/trail/filter'

export type EventChoice = Exclude<ChoiceName, (typeof ENTITY_CHOICES)[number]>

/** What events say by themselves, without a ledger. */
export const EVENT_CHOICES = CHOICE_NAMES.filter(
  (name): name is EventChoice => !ENTITY_CHOICES.some((entity) => entity === name),
)
