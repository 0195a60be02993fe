import { useMemo } from 'react'
import { documentQuery, listQuery } from '../../api/index.ts'
import { type Choices, Picker, type PickerProps } from '../../ui/inputs/index.ts'

interface Props extends PickerProps {
  /** Whose locations; null: the choice of a warehouse comes first. */
  readonly warehouseId: string | null
}

/** A place for stock in a warehouse, by code or name. */
export function LocationPicker({ warehouseId, ...props }: Props) {
  const choices = useMemo(
    (): Choices => ({
      name: `locations of ${warehouseId ?? 'none'}`,
      async find(client, q) {
        if (warehouseId === null) return []
        const { items } = await client.fetchQuery(
          listQuery('locations', { q, warehouseId, type: 'stock', limit: 8 }),
        )
        return items.map(({ id, code, name }) => ({ id, label: code, detail: name, exact: code === q }))
      },
      async one(client, id) {
        const { code, name } = await client.fetchQuery(documentQuery('locations', id))
        return { id, label: code, detail: name }
      },
    }),
    [warehouseId],
  )
  return <Picker {...props} disabled={warehouseId === null} choices={choices} />
}
