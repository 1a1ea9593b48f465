import { idPathSchema, noPathSchema, routePartsOf } from '@/lib/api/route-parts'

export const everything = routePartsOf(noPathSchema, 'page', 'ledger:read')
export const ofId = (noun: string) => routePartsOf(idPathSchema, noun, 'ledger:read')
