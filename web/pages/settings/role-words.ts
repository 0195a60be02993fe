import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { type Permission, type Verb, allPermissions } from '../../../src/permissions.ts'
import { kindWords } from '../../ui/kinds.ts'

/** Of a picker of parties. */
export const ofCustomers = { role: 'customer' } as const

export const verbs: readonly Verb[] = ['read', 'write', 'post', 'cancel']
export const verbWords: Readonly<Record<Verb, MessageDescriptor>> = {
  read: msg`Read`,
  write: msg`Write drafts`,
  post: msg`Book`,
  cancel: msg`Cancel or close`,
}

const otherAreas: Readonly<Record<string, MessageDescriptor>> = {
  products: msg`Products`,
  'price-books': msg`Price books`,
  parties: msg`Customers and vendors`,
  warehouses: msg`Warehouses`,
  lots: msg`Lots & serials`,
  taxes: msg`Taxes`,
  currencies: msg`Currencies`,
  'exchange-rates': msg`Exchange rates`,
  stock: msg`Stock levels`,
  views: msg`Saved views`,
  approvals: msg`Approvals`,
  recurring: msg`Recurring`,
  imports: msg`Import`,
  company: msg`Settings`,
  users: msg`Users & roles`,
  'api-keys': msg`API keys`,
  audit: msg`Audit`,
  events: msg`Events`,
  'number-series': msg`Numbering`,
}

/** Every area of the permissions, in their order. */
export const areas: readonly string[] = [
  ...new Set(allPermissions.map((permission) => permission.split(':')[0]!)),
]

export function areaWord(area: string): MessageDescriptor {
  return area in kindWords ? kindWords[area as keyof typeof kindWords].many : otherAreas[area]!
}

export function permission(area: string, verb: Verb): Permission {
  return `${area}:${verb}` as Permission
}
