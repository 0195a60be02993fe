import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { type Area, type Permission, type Verb, allPermissions } from '../../../src/permissions.ts'
import type { AnyKind } from '../../../src/kinds.ts'
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

const otherAreas: Readonly<Record<Exclude<Area, AnyKind>, MessageDescriptor>> = {
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
  notices: msg`Notices`,
  approvals: msg`Approvals`,
  recurring: msg`Recurring`,
  imports: msg`Import`,
  'portal-links': msg`Customer links`,
  mails: msg`Mails`,
  company: msg`Settings`,
  users: msg`Users & roles`,
  'api-keys': msg`API keys`,
  audit: msg`Audit`,
  events: msg`Events`,
  'number-series': msg`Numbering`,
  webhooks: msg`Webhooks`,
  rules: msg`Rules`,
}

/** Every area of the permissions, in their order. */
export const areas: readonly Area[] = [
  ...new Set(allPermissions.map((permission) => permission.split(':')[0] as Area)),
]

export function isArea(text: string): text is Area {
  return (areas as readonly string[]).includes(text)
}

export function areaWord(area: Area): MessageDescriptor {
  return isKind(area) ? kindWords[area].many : otherAreas[area]
}

function isKind(area: Area): area is Area & AnyKind {
  return area in kindWords
}

export function permission(area: Area, verb: Verb): Permission {
  return `${area}:${verb}`
}
