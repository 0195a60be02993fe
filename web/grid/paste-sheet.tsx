import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Checkbox, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { dataKey } from '../api/index.ts'
import { useGrid } from './grid-context.ts'
import classes from './grid.module.css'
import type { Line } from './line.ts'
import { type PasteField, guess, pasteFields } from './paste.ts'
import { codesOf, linesOf, readRows } from './paste-rows.ts'
import { matchCodes } from './products.ts'
import { readSheet } from './sheet-text.ts'

interface Props {
  readonly text: string
  readonly partyId: string | null
  readonly onInsert: (lines: readonly Line[]) => void
  readonly onClose: () => void
}

const shownRows = 5

/** A pasted table: what its columns are, which rows are known; then all of it or nothing goes into the grid. */
export function PasteSheet({ text, partyId, onInsert, onClose }: Props) {
  const { t } = useLingui()
  const { model } = useGrid()
  const rows = useMemo(() => readSheet(text), [text])
  const allowed = useAllowed()
  const [mapping, setMapping] = useState(() =>
    guess(
      rows,
      allowed.map(({ value }) => value),
    ),
  )
  const [chosen, setChosen] = useState<ReadonlyMap<number, string>>(new Map())
  const codes = useMemo(() => codesOf(rows, mapping), [rows, mapping])
  const matched = useQuery({
    queryKey: dataKey('paste-codes', codes, partyId),
    queryFn: async () => {
      if (codes.length === 0) return { matches: [], products: [] }
      return matchCodes(codes.slice(0, 2000), partyId)
    },
  })
  const read = useMemo(
    () => (matched.data === undefined ? null : readRows(rows, mapping, matched.data)),
    [rows, mapping, matched.data],
  )
  const unknown = read?.filter(({ state }) => state === 'unknown') ?? []
  const ambiguous = read?.filter((row) => row.state === 'ambiguous' && !chosen.has(row.number)) ?? []
  const faulty = read?.filter(({ state }) => state === 'fault') ?? []
  const ready = read !== null && read.length > 0 && unknown.length + ambiguous.length + faulty.length === 0
  const count = read?.length ?? 0
  const setField = (at: number, field: PasteField) =>
    setMapping({
      ...mapping,
      // A meaning belongs to one column.
      fields: mapping.fields.map((each, i) => (i === at ? field : each === field ? 'ignore' : each)),
    })
  const insert = () => {
    if (ready) onInsert(linesOf(read, chosen, model.context))
  }
  const body = mapping.headed ? rows.slice(1) : rows

  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      returnFocus={false}
      title={t`Paste ${count} rows`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="sm">
        <Group gap="lg" align="flex-end">
          <Checkbox
            label={t`The first row names the columns`}
            checked={mapping.headed}
            onChange={(event) => setMapping({ ...mapping, headed: event.currentTarget.checked })}
          />
          <NativeSelect
            label={t`Decimal sign`}
            value={mapping.decimalSign}
            data={[
              { value: ',', label: t`Comma: 1,000 is one` },
              { value: '.', label: t`Point: 1,000 is a thousand` },
            ]}
            onChange={(event) =>
              setMapping({ ...mapping, decimalSign: event.currentTarget.value === ',' ? ',' : '.' })
            }
          />
        </Group>
        <div style={{ overflowX: 'auto' }}>
          <table className={classes.mapping}>
            <thead>
              <tr>
                {mapping.fields.map((field, at) => (
                  // Columns of a paste have no other name than their place.
                  // oxlint-disable-next-line react/no-array-index-key
                  <th key={at} scope="col">
                    <NativeSelect
                      size="xs"
                      aria-label={t`Column ${at + 1} is`}
                      value={field}
                      data={allowed}
                      onChange={(event) => setField(at, event.currentTarget.value as PasteField)}
                    />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {body.slice(0, shownRows).map((row, i) => (
                // oxlint-disable-next-line react/no-array-index-key
                <tr key={i}>
                  {mapping.fields.map((field, at) => (
                    // oxlint-disable-next-line react/no-array-index-key
                    <td key={at} style={field === 'ignore' ? { opacity: 0.7 } : undefined}>
                      {row[at] ?? ''}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {body.length > shownRows && (
          <Text size="sm" c="dimmed">
            <Trans>and {body.length - shownRows} more</Trans>
          </Text>
        )}
        {!mapping.fields.includes('product') && !mapping.fields.includes('description') && (
          <Alert color="yellow">
            <Trans>Say which column holds the product.</Trans>
          </Alert>
        )}
        {matched.isError && (
          <Alert color="red" role="alert">
            {matched.error.message}
          </Alert>
        )}
        {faulty.length > 0 && (
          <Problems title={t`Figures that are none`}>
            {faulty.map(({ number, fault }) => (
              <li key={number}>
                <Trans>
                  Row {number}: “{fault?.text}” is not a number
                </Trans>
              </li>
            ))}
          </Problems>
        )}
        {unknown.length > 0 && (
          <Problems title={t`Products that are not known`}>
            {unknown.map(({ number, code }) => (
              <li key={number}>
                {code === '' ? (
                  <Trans>Row {number}: no product code</Trans>
                ) : (
                  <Trans>
                    Row {number}: no product has the code {code}
                  </Trans>
                )}
              </li>
            ))}
          </Problems>
        )}
        {read
          ?.filter(({ state }) => state === 'ambiguous')
          .map(({ number, code, hits }) => (
            <NativeSelect
              key={number}
              label={t`Row ${number}: which product is ${code}?`}
              value={chosen.get(number) ?? ''}
              data={[
                { value: '', label: t`Choose` },
                ...hits.map(({ product }) => ({
                  value: product.id,
                  label: `${product.sku} ${product.name}`,
                })),
              ]}
              onChange={(event) => setChosen(new Map(chosen).set(number, event.currentTarget.value))}
            />
          ))}
        <Group justify="space-between">
          <Text size="sm" role="status">
            {read === null ? (
              <Trans>Looking the products up …</Trans>
            ) : ready ? (
              <Trans>All rows are known.</Trans>
            ) : (
              <Trans>Nothing is inserted until every row is known.</Trans>
            )}
          </Text>
          <Group>
            <Button variant="default" onClick={onClose}>
              <Trans>Back</Trans>
            </Button>
            <Button onClick={insert} disabled={!ready} data-autofocus>
              <Plural value={count} one="Insert # line" other="Insert # lines" />
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  )
}

function Problems({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Alert color="red" title={title}>
      <ul style={{ margin: 0, paddingInlineStart: '1.2em', maxHeight: '10rem', overflowY: 'auto' }}>
        {children}
      </ul>
    </Alert>
  )
}

/** What columns of a paste can be in this document. */
function useAllowed(): { value: PasteField; label: string }[] {
  const { t } = useLingui()
  const { model } = useGrid()
  const { columns } = model.kind
  const labels: Record<PasteField, string> = {
    product: t`Product`,
    quantity: columns.includes('counted') ? t`Counted` : t`Quantity`,
    unit: t`Unit`,
    price: columns.includes('unitCost') ? t`Unit cost` : t`Price`,
    discount: t`Disc. %`,
    description: t`Description`,
    ignore: t`(left out)`,
  }
  const has = (field: PasteField) =>
    field === 'product' ||
    field === 'ignore' ||
    (field === 'quantity' && (columns.includes('quantity') || columns.includes('counted'))) ||
    (field === 'price' && (columns.includes('price') || columns.includes('unitCost'))) ||
    columns.some((column) => column === field)
  return pasteFields.filter(has).map((value) => ({ value, label: labels[value] }))
}
