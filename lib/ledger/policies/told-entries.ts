import type { PolicyVersion } from './definition'

/** A policy's entries as our own events tell of them, one a line: `1. actor: Account by login and repository (version 2), shown as {display_name}`. */
export const toldEntries = ({ entries }: PolicyVersion): string =>
  entries
    .map(
      ({ logEntity, rule, display }, i) =>
        `${i + 1}. ${logEntity}: ${rule.name} (version ${rule.version}), shown as ${display}`,
    )
    .join('\n')
