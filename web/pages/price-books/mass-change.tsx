import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { api, newKey, refreshData } from '../../api/index.ts'
import { usePhone } from '../../patterns/use-screen.ts'
import { minorDigits, useFormat } from '../../ui/format.ts'
import { DecimalInput, isDecimal } from '../../ui/inputs/index.ts'
import { notify } from '../../ui/notify.tsx'
import { type Book, type Price, type Rounding, changedPrice } from './book.ts'
import classes from './price-books.module.css'

interface Props {
  readonly book: Book
  readonly prices: readonly Price[]
  readonly onClose: () => void
}

/** So many lines of the preview are drawn; all of them are changed. */
const mostShown = 100

/** Raises or lowers many prices by per cent, each shown before and after. */
export function MassChange({ book, prices, onClose }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const format = useFormat()
  const phone = usePhone()
  const [key] = useState(newKey)
  const [percent, setPercent] = useState('')
  const [rounding, setRounding] = useState<Rounding>('minor')
  const [only, setOnly] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error | null>(null)

  const words = only.trim().toLocaleLowerCase()
  const meant = (price: Price) => `${price.sku} ${price.productName}`.toLocaleLowerCase().includes(words)
  const digits = minorDigits(book.currency)
  const tooLow = isDecimal(percent) && decimal(percent).lt(decimal('-100'))
  const ready = isDecimal(percent) && !tooLow
  const after = prices.map((price) =>
    ready && meant(price) ? changedPrice(price.price, percent, rounding, digits) : price.price,
  )
  const changes = prices
    .map((price, index) => ({ price, to: after[index]! }))
    .filter(({ price, to }) => !decimal(to).eq(decimal(price.price)))
  const count = changes.length
  const run = async () => {
    if (count === 0) return
    setBusy(true)
    setError(null)
    try {
      const entries = prices.map(({ productId, unit, minQuantity, margin }, index) => ({
        productId,
        unit,
        minQuantity,
        margin,
        price: after[index]!,
      }))
      await api.patch(`/price-books/${book.id}`, { entries }, { key, ifMatch: book.version })
      await refreshData(client)
      notify.done(<Plural value={count} one="# price is changed." other="# prices are changed." />)
      onClose()
    } catch (problem) {
      setError(problem as Error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      fullScreen={phone}
      title={t`Change many prices of ${book.name}`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack
        gap="md"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void run()
        }}
      >
        <div className={classes.bar}>
          <DecimalInput
            label={t`Change by`}
            value={percent}
            onChange={setPercent}
            unit="%"
            allowNegative
            error={tooLow ? t`Enter -100 or more` : null}
            data-autofocus
            w={130}
          />
          <Select
            label={t`Round`}
            value={rounding}
            allowDeselect={false}
            onChange={(value) => setRounding(value as Rounding)}
            data={[
              {
                value: 'minor',
                label: t`to ${format.fixed(
                  decimal('1')
                    .div(decimal(10 ** digits))
                    .toFixed(),
                  digits,
                )}`,
              },
              { value: 'ten', label: t`to ${format.number('0.1')}` },
              { value: 'whole', label: t`to whole numbers` },
              { value: 'ninety-nine', label: t`up to the next ${format.number('0.99')}` },
            ]}
          />
          <TextInput
            label={t`Only products with (optional)`}
            value={only}
            onChange={(event) => setOnly(event.currentTarget.value)}
          />
        </div>
        {!ready ? (
          <p className={classes.hint}>
            <Trans>
              Enter by how many per cent, such as 5 or -2.5. What comes of it is shown here before anything is
              saved.
            </Trans>
          </p>
        ) : count === 0 ? (
          <p className={classes.hint} role="status">
            <Trans>No price would change.</Trans>
          </p>
        ) : (
          <div className={classes.scroll}>
            <table className={classes.grid}>
              <thead>
                <tr>
                  <th scope="col">
                    <Trans>Product</Trans>
                  </th>
                  <th scope="col" data-align="right">
                    <Trans>Quantity</Trans>
                  </th>
                  <th scope="col" data-align="right">
                    <Trans>Before</Trans>
                  </th>
                  <th scope="col" data-align="right">
                    <Trans>After</Trans>
                  </th>
                </tr>
              </thead>
              <tbody>
                {changes.slice(0, mostShown).map(({ price, to }) => (
                  <tr key={`${price.productId} ${price.unit} ${price.minQuantity}`}>
                    <th scope="row">
                      <span className={classes.sku}>{price.sku}</span>
                      <span className={classes.quiet}>{price.productName}</span>
                    </th>
                    <td data-align="right">
                      {decimal(price.minQuantity).eq('0')
                        ? price.unit
                        : t`from ${format.quantity(price.minQuantity, price.unit)}`}
                    </td>
                    <td data-align="right" className={classes.before}>
                      {format.money(price.price, book.currency)}
                    </td>
                    <td data-align="right">
                      <b>{format.money(to, book.currency)}</b>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {count > mostShown && (
          <p className={classes.hint}>
            <Plural value={count - mostShown} one="and # more" other="and # more" />
          </p>
        )}
        {error !== null && (
          <Alert color="red" role="alert">
            {error.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Back</Trans>
          </Button>
          <Button loading={busy} aria-disabled={count === 0} onClick={() => void run()}>
            <Plural value={count} one="Change # price" other="Change # prices" />
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
