/** Letters of a key: as many as keys are compared by, see `foldText`. */
export const MAX_KEY_LENGTH = 256
/** Letters of an attribute or a display name. */
export const MAX_VALUE_LENGTH = 2000
/** Attributes of one record; each is a row of an index. */
export const MAX_ATTRIBUTES = 60
/** Keys that one link of a record names: groups of an account. */
export const MAX_LINKED = 500
/** Records of one entity: a change a week over four years. */
export const MAX_RECORDS = 200
/** Letters of what is searched for. */
export const MAX_QUERY_LENGTH = 200
