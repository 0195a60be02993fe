import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { documentQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { useFormat } from '../../ui/format.ts'
import { DecimalInput, ProductPicker, isDecimal } from '../../ui/inputs/index.ts'
import { type RowValues, sortedBreaks } from './book.ts'
import classes from './price-books.module.css'

interface Props {
  readonly breaks: readonly string[]
  readonly rows: readonly RowValues[]
  readonly faults: readonly Fault[]
  readonly onChange: (change: { breaks?: readonly string[]; rows?: readonly RowValues[] }) => void
}

/** So many rows are drawn with their fields; who looks for another one types a part of it. */
const mostRows = 100

/** Products by quantity breaks, to be typed. Enter goes down a column, as in a spreadsheet. */
export function PriceGridEditor({ breaks, rows, faults, onChange }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const client = useQueryClient()
  const [find, setFind] = useState('')
  const [from, setFrom] = useState('')
  const table = useRef<HTMLTableElement>(null)
  const words = find.trim().toLocaleLowerCase()
  const matching = rows
    .map((row, at) => ({ row, at }))
    .filter(({ row }) => `${row.sku} ${row.name}`.toLocaleLowerCase().includes(words))
  const shown = matching.slice(0, mostRows)
  const more = matching.length - shown.length

  const change = (at: number, next: RowValues) =>
    onChange({ rows: rows.map((row, index) => (index === at ? next : row)) })
  const setPrice = (at: number, row: RowValues, of: string, price: string) =>
    change(at, {
      ...row,
      prices: { ...row.prices, [of]: { margin: row.prices[of]?.margin ?? '0', price } },
    })
  const addProduct = async (id: string | null) => {
    if (id === null) return
    const product = await client.fetchQuery(documentQuery('products', id))
    const units = [product.unit, ...product.units.map(({ unit }) => unit)]
    const taken = new Set(rows.filter((row) => row.productId === id).map(({ unit }) => unit))
    const unit = units.find((each) => !taken.has(each)) ?? product.unit
    const row: RowValues = { productId: id, sku: product.sku, name: product.name, unit, units, prices: {} }
    setFind('')
    onChange({ rows: [...rows, row] })
    requestAnimationFrame(() =>
      table.current?.querySelector<HTMLElement>(`[data-cell="${rows.length} 0"] input`)?.focus(),
    )
  }
  const known = isDecimal(from) ? decimal(from).toFixed() : null
  const addBreak = () => {
    if (known === null || breaks.includes(known) || decimal(known).lte('0')) return
    setFrom('')
    onChange({ breaks: sortedBreaks([...breaks, known]) })
  }
  const removeBreak = (of: string) =>
    onChange({
      breaks: breaks.filter((each) => each !== of),
      rows: rows.map((row) => ({
        ...row,
        prices: Object.fromEntries(Object.entries(row.prices).filter(([each]) => each !== of)),
      })),
    })
  const faultAt = (field: string): string | null =>
    faults.find((fault) => fault.field === field)?.message ?? null

  return (
    <>
      <div className={classes.bar}>
        <ProductPicker
          key={rows.length}
          label={t`Add a product`}
          value={null}
          onChange={(id) => void addProduct(id)}
          w={240}
        />
        <DecimalInput
          label={t`Quantity break from`}
          value={from}
          onChange={setFrom}
          w={170}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            addBreak()
          }}
        />
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={addBreak}>
          <Trans>Add a break</Trans>
        </Button>
        {rows.length > 12 && (
          <TextInput
            label={t`Find a product`}
            value={find}
            onChange={(event) => setFind(event.currentTarget.value)}
          />
        )}
      </div>
      {rows.length === 0 ? (
        <p className={classes.hint}>
          <Trans>No prices yet: add a product.</Trans>
        </p>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.grid} ref={table}>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Product</Trans>
                </th>
                <th scope="col">
                  <Trans>Unit</Trans>
                </th>
                {breaks.map((of) => (
                  <th key={of} scope="col" data-align="right">
                    {of === '0' ? t`any quantity` : t`from ${format.number(of)}`}
                    {of !== '0' && (
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        size="sm"
                        ml={4}
                        aria-label={t`Remove the break from ${format.number(of)}`}
                        onClick={() => removeBreak(of)}
                      >
                        <IconX size={14} aria-hidden />
                      </ActionIcon>
                    )}
                  </th>
                ))}
                <td>{'\u00a0'}</td>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ row, at }, place) => (
                <tr key={`${row.productId} ${row.unit} ${at}`}>
                  <th scope="row">
                    <span className={classes.sku}>{row.sku}</span>
                    <span className={classes.quiet}>{row.name}</span>
                  </th>
                  <td>
                    <Select
                      aria-label={t`Unit of ${row.sku}`}
                      value={row.unit}
                      allowDeselect={false}
                      data={[...row.units]}
                      error={faultAt(`rows.${at}`)}
                      onChange={(unit) => unit !== null && change(at, { ...row, unit })}
                      w={110}
                    />
                  </td>
                  {breaks.map((of, column) => (
                    <td key={of} data-cell={`${at} ${column}`}>
                      <DecimalInput
                        name={`rows.${at}.${of}`}
                        aria-label={
                          of === '0'
                            ? t`Price of ${row.sku} per ${row.unit}`
                            : t`Price of ${row.sku} per ${row.unit} from ${format.number(of)}`
                        }
                        value={row.prices[of]?.price ?? ''}
                        error={faultAt(`rows.${at}.${of}`)}
                        onChange={(price) => setPrice(at, row, of, price)}
                        onKeyDown={(event) => {
                          if (event.key !== 'Enter') return
                          event.preventDefault()
                          const below = shown[place + 1]
                          const next =
                            below === undefined
                              ? null
                              : table.current?.querySelector<HTMLElement>(
                                  `[data-cell="${below.at} ${column}"] input`,
                                )
                          next?.focus()
                        }}
                      />
                    </td>
                  ))}
                  <td>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="lg"
                      aria-label={t`Remove ${row.sku} per ${row.unit}`}
                      onClick={() => onChange({ rows: rows.filter((_, index) => index !== at) })}
                    >
                      <IconX size={16} aria-hidden />
                    </ActionIcon>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more > 0 && (
        <p className={classes.hint}>
          <Trans>{more} more: type a part of the code or name.</Trans>
        </p>
      )}
    </>
  )
}
