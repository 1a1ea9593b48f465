/** What a person reads of a message; the trail has the rest. */
export const MAX_LINES = 20
/** Slack refuses somewhere above 13,000 characters in all, and says not where. */
export const MAX_TEXT = 10_000
/** Discord takes 4,096 in a description and 6,000 in all, and refuses the whole message otherwise. */
export const MAX_TEXT_DISCORD = 3_500
/** A line that is no sentence any more. */
export const MAX_WORDS = 300
/** Names, types, addresses beside a sentence. */
export const MAX_NAME = 80
/** Types that are named in a message. */
export const MAX_TYPES = 8

/** Slack takes 50 blocks. */
export const MAX_BLOCKS = 40
/** Slack takes 3,000 characters in a section, 150 in a header, 10 fields of 2,000 characters each. */
export const MAX_SECTION = 2_900
export const MAX_HEADER = 150
export const MAX_FIELDS = 10
