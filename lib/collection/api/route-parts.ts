import { z } from 'zod'
import { idPathSchema, noPathSchema, routePartsOf } from '@/lib/api/route-parts'
import { isStorableText } from '@/lib/errors/parse-input'

export const siloPathSchema = z.object({
  name: z.string().refine(isStorableText).describe('The silo’s name.'),
})
export const filePathSchema = z.object({ ...siloPathSchema.shape, id: z.uuid().describe('The file’s id.') })

export const everything = routePartsOf(noPathSchema, 'page', 'collection:read')
export const ofSilo = routePartsOf(siloPathSchema, 'silo', 'collection:read')
export const ofFile = routePartsOf(filePathSchema, 'file', 'collection:read')
export const ofId = (noun: string) => routePartsOf(idPathSchema, noun, 'collection:read')
