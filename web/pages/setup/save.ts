import type { Page, api as Api, ItemOf } from '../../api/index.ts'
import type { Draft } from './draft.ts'

type Calls = typeof Api

export async function saveCompany(api: Calls, company: string, draft: Draft): Promise<void> {
  const { name, country, taxNumber, line1, postalCode, city } = draft
  const address = Object.fromEntries(
    Object.entries({ line1, postalCode, city, country: country ?? '' }).filter(([, value]) => value !== ''),
  )
  const changes = { name: name.trim(), country, taxNumber: taxNumber.trim() || null, address }
  await api.patch('/company', changes, { company })
}

/** A rate that is there already, from an earlier try, is not made again. */
export async function saveMoney(api: Calls, company: string, draft: Draft): Promise<void> {
  const { currency, pricesIncludeTax, rates } = draft
  await api.patch('/company', { currency, pricesIncludeTax }, { company })
  const { items } = await api.get<Page<ItemOf<'taxes'>>>('/taxes', { limit: 200 }, { company })
  for (const rate of rates) {
    const name = `VAT ${rate} %`
    if (!items.some((tax) => tax.name === name)) await api.post('/taxes', { name, rate }, { company })
  }
}

/** The company has a warehouse from the start; this gives it its name. */
export async function saveWarehouse(api: Calls, company: string, draft: Draft): Promise<void> {
  const { items } = await api.get<Page<ItemOf<'warehouses'>>>('/warehouses', { limit: 2 }, { company })
  const changes = { code: draft.warehouseCode.trim(), name: draft.warehouseName.trim() }
  const [first] = items
  if (first === undefined) await api.post('/warehouses', changes, { company })
  else await api.patch(`/warehouses/${first.id}`, changes, { company })
}
