/** Nobody counts on; and so a bell that was never read costs no more than others. */
export const MAX_UNREAD = 99
