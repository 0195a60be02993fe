import { documentQuery, listQuery, searchQuery } from '../../api/index.ts'
import { type Choices, Picker, type PickerProps } from './picker.tsx'

/** So many choices are shown; who wants another types more. */
const most = 8

const products: Choices = {
  name: 'products',
  async find(client, q) {
    // The palette's search: by code, name and exact barcode. Without a word: the first of the list.
    if (q !== '') return (await client.fetchQuery(searchQuery(q, 'products'))).items
    const { items } = await client.fetchQuery(listQuery('products', { limit: most }))
    return items.map(({ id, sku, name }) => ({ id, label: sku, detail: name }))
  },
  async one(client, id) {
    const { sku, name } = await client.fetchQuery(documentQuery('products', id))
    return { id, label: sku, detail: name }
  },
}

const parties = (role?: 'customer' | 'vendor'): Choices => ({
  name: role ?? 'parties',
  async find(client, q) {
    const { items } = await client.fetchQuery(listQuery('parties', { q, role, limit: most }))
    return items.map(({ id, name, code, taxNumber }) => ({
      id,
      label: name,
      detail: [code, taxNumber].filter(Boolean).join(' · ') || null,
      exact: q !== '' && (code === q || taxNumber === q),
    }))
  },
  async one(client, id) {
    const { name } = await client.fetchQuery(documentQuery('parties', id))
    return { id, label: name, detail: null }
  },
})
const anybody = parties()
const customers = parties('customer')
const vendors = parties('vendor')

const warehouses: Choices = {
  name: 'warehouses',
  async find(client, q) {
    const { items } = await client.fetchQuery(listQuery('warehouses', { q, limit: most }))
    return items.map(({ id, name, code }) => ({ id, label: name, detail: code, exact: code === q }))
  },
  async one(client, id) {
    const { name, code } = await client.fetchQuery(documentQuery('warehouses', id))
    return { id, label: name, detail: code }
  },
}

/** A product by code, name or barcode; shows its code. A scanned barcode and Enter choose it at once. */
export function ProductPicker(props: PickerProps) {
  return <Picker {...props} choices={products} />
}

export interface PartyPickerProps extends PickerProps {
  /** Customers or vendors only. */
  readonly role?: 'customer' | 'vendor'
}
export function PartyPicker({ role, ...props }: PartyPickerProps) {
  const choices = role === 'customer' ? customers : role === 'vendor' ? vendors : anybody
  return <Picker {...props} choices={choices} />
}

export function WarehousePicker(props: PickerProps) {
  return <Picker {...props} choices={warehouses} />
}
