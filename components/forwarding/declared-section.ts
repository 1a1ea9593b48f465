import type { FieldDeclaration } from '@/lib/delivery/destinations/fields'

export type FieldSection = NonNullable<FieldDeclaration['section']>

export const sectionOf = (field: FieldDeclaration): FieldSection => field.section ?? 'basic'
