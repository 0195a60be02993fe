import { type CustomerKey, customers } from './customers-data.ts'
import type { InnerApi } from './inner-api.ts'
import type { TaxKey, Taxes } from './taxes.ts'
import { type VendorKey, vendors } from './vendors-data.ts'

/** A customer or vendor as the data files write it. */
export interface PartyData {
  readonly name: string
  readonly code: string
  readonly type?: 'person'
  readonly currency: string
  readonly language: string
  readonly email?: string
  readonly phone?: string
  readonly website?: string
  readonly taxNumber?: string
  readonly paymentTermDays: number
  readonly priceGroup?: string
  readonly creditLimit?: string
  readonly notes?: string
  readonly address: Place
  /** Where goods go, if it is another place. */
  readonly shipTo?: Place
  readonly contacts?: readonly {
    readonly name: string
    readonly role?: string
    readonly email?: string
    readonly phone?: string
    readonly purposes?: readonly string[]
  }[]
  /** What Crimson charges. */
  readonly tax?: TaxKey
}

interface Place {
  readonly name?: string
  readonly line1: string
  readonly line2?: string
  readonly city: string
  readonly region?: string
  readonly postalCode?: string
  readonly country: string
}

export interface Customer {
  readonly id: string
  readonly currency: string
  readonly taxIds: readonly string[]
}

export interface Parties {
  readonly customers: Readonly<Record<CustomerKey, Customer>>
  readonly vendors: Readonly<Record<VendorKey, string>>
}

export async function makeParties(api: InnerApi, taxes: Taxes): Promise<Parties> {
  const ofVendor = new Map<string, string>()
  for (const [key, data] of Object.entries<PartyData>(vendors))
    ofVendor.set(key, await make(api, data, 'vendor'))
  const ofCustomer = new Map<string, Customer>()
  for (const [key, data] of Object.entries<PartyData>(customers)) {
    const id = await make(api, data, 'customer')
    const taxIds = data.tax === undefined ? [] : [taxes[data.tax]]
    ofCustomer.set(key, { id, currency: data.currency, taxIds })
  }
  return {
    vendors: Object.fromEntries(ofVendor) as Parties['vendors'],
    customers: Object.fromEntries(ofCustomer) as Parties['customers'],
  }
}

async function make(api: InnerApi, data: PartyData, role: 'customer' | 'vendor'): Promise<string> {
  const { address, shipTo, tax: _, ...fields } = data
  const addresses = [
    { type: 'billing', ...address, default: true },
    ...(shipTo === undefined ? [] : [{ type: 'shipping', ...shipTo, default: true }]),
  ]
  return (await api.post('/parties', { ...fields, roles: [role], addresses })).id
}
