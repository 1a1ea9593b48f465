/** How the names of attributes and links are kept and compared: `HR Code` and `hr_code` are one. */
export const attributeName = (given: string): string =>
  given.normalize('NFC').trim().toLowerCase().replaceAll(/\s+/g, '_')
