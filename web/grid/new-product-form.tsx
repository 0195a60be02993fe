import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { type OneOf, api, isProblem, listQuery, newKey, refreshData } from '../api/index.ts'
import { ErrorSummary, type Fault, SaveFailure, faultsOf } from '../forms/index.ts'
import { useCompany } from '../session/index.ts'
import { useFormat } from '../ui/format.ts'
import { DecimalInput, isDecimal } from '../ui/inputs/index.ts'
import { useGrid } from './grid-context.ts'
import { lineProduct, taxIdsOf } from './line.ts'

type Values = Readonly<Record<'sku' | 'name' | 'unit' | 'price', string>> & { readonly taxId: string | null }

/** A code has a digit and no blank; everything else is a name. */
const isCode = (text: string) => /\d/.test(text) && !/\s/.test(text)

/** What a line needs of a product that is not there yet; the rest can be entered later on its page. */
export function NewProductForm({ text }: { readonly text: string }) {
  const { t } = useLingui()
  const { model, side, taxes } = useGrid()
  // A product's own price is in the currency of the company, whatever the document's is.
  const { currency } = useCompany()
  const client = useQueryClient()
  const format = useFormat()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const defaults = useDefaults()
  const [typed, setTyped] = useState<Partial<Values>>({
    sku: isCode(text) ? text : '',
    name: isCode(text) ? '' : text,
  })
  const values: Values = { sku: '', name: '', unit: '', price: '', taxId: null, ...defaults.values, ...typed }
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [attempt, setAttempt] = useState(0)
  const [failure, setFailure] = useState<Error | null>(null)
  const [busy, setBusy] = useState(false)
  // The same key for the same content: a repeat after a lost answer makes no second product.
  const sent = useRef({ text: '', key: newKey() })
  const priced = model.kind.prices !== null
  const priceName = side === 'sales' ? 'salesPrice' : 'purchasePrice'
  const taxName = side === 'sales' ? 'taxIds' : 'purchaseTaxIds'

  // The focus goes back into the grid once the dialog has let it go.
  const close = (product: OneOf<'products'> | null) =>
    setTimeout(() =>
      model.made(
        product === null ? null : { product: lineProduct(product), unit: product.unit, exact: true },
      ),
    )
  const save = async () => {
    setAttempt((count) => count + 1)
    setFailure(null)
    const wrong: Fault[] = []
    if (values.sku.trim() === '') wrong.push({ field: 'new-sku', message: t`Enter the code` })
    if (values.name.trim() === '') wrong.push({ field: 'new-name', message: t`Enter the name` })
    if (values.unit.trim() === '') wrong.push({ field: 'new-unit', message: t`Enter the base unit` })
    if (values.price !== '' && (!isDecimal(values.price) || values.price.startsWith('-')))
      wrong.push({ field: 'new-price', message: t`“${values.price}” is no price` })
    setFaults(wrong)
    if (wrong.length > 0 || busy) return
    const body = {
      sku: values.sku.trim(),
      name: values.name.trim(),
      unit: values.unit.trim(),
      ...(priced && values.price !== '' && { [priceName]: values.price }),
      ...(priced && values.taxId !== null && { [taxName]: [values.taxId] }),
    }
    const content = JSON.stringify(body)
    if (sent.current.text !== content) sent.current = { text: content, key: newKey() }
    setBusy(true)
    try {
      close(await api.post<OneOf<'products'>>('/products', body, { key: sent.current.key }))
      await refreshData(client)
    } catch (error) {
      setBusy(false)
      if (isProblem(error)) sent.current = { text: '', key: newKey() }
      const fields: Readonly<Record<string, string>> = { [priceName]: 'price', [taxName]: 'taxId' }
      const told = faultsOf(error).map(({ field, message }) => ({
        field: `new-${fields[field] ?? field}`,
        message,
      }))
      setFaults(told)
      if (told.length === 0) setFailure(error as Error)
      setAttempt((count) => count + 1)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // The form of the document around it is not sent.
    event.stopPropagation()
    void save()
  }
  const set = (change: Partial<Values>) => setTyped({ ...typed, ...change })
  const field = (name: 'sku' | 'name' | 'unit') => ({
    id: `new-${name}`,
    value: values[name],
    error: faults.find((fault) => fault.field === `new-${name}`)?.message,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  })
  return (
    <Modal
      opened
      onClose={() => close(null)}
      title={t`New product`}
      fullScreen={phone}
      returnFocus={false}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          <SaveFailure error={failure} onRetry={() => void save()} />
          <ErrorSummary faults={faults} attempt={attempt} />
          <TextInput
            {...field('name')}
            label={t`Name`}
            maxLength={300}
            data-autofocus={values.name === '' || undefined}
          />
          <TextInput
            {...field('sku')}
            label={t`Code`}
            maxLength={100}
            data-autofocus={values.name !== '' || undefined}
          />
          <Group grow align="flex-start">
            <TextInput {...field('unit')} label={t`Base unit`} description={defaults.source} maxLength={30} />
            {priced && (
              <DecimalInput
                id="new-price"
                label={side === 'sales' ? t`Sales price (optional)` : t`Purchase price (optional)`}
                description={defaults.source === null ? undefined : ' '}
                unit={currency}
                value={values.price}
                error={faults.find((fault) => fault.field === 'new-price')?.message}
                onChange={(price) => set({ price })}
              />
            )}
          </Group>
          {priced && (
            <Select
              id="new-taxId"
              label={side === 'sales' ? t`Tax on sales (optional)` : t`Tax on purchases (optional)`}
              description={typed.taxId === undefined && values.taxId !== null ? defaults.source : undefined}
              clearable
              clearButtonProps={{ 'aria-label': t`No tax` }}
              error={faults.find((fault) => fault.field === 'new-taxId')?.message}
              value={values.taxId}
              onChange={(taxId) => set({ taxId })}
              data={[...taxes.values()].map(({ id, name, rate }) => ({
                value: id,
                label: `${name} (${format.percent(rate)})`,
              }))}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => close(null)}>
              <Trans>Back</Trans>
            </Button>
            <Button type="submit" loading={busy}>
              <Trans>Add product</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Unit and tax as the last line of the document has them, else as the product that was entered last. */
function useDefaults(): { values: Partial<Values>; source: string | null } {
  const { t } = useLingui()
  const { model, side } = useGrid()
  const [above] = useState(() => model.store.filled().findLast(({ product }) => product !== null))
  const newest = useQuery({
    ...listQuery('products', { sort: '-createdAt', limit: 1 }),
    enabled: above === undefined,
  }).data?.items[0]
  if (above !== undefined) {
    const { sku } = above.product!
    const [taxId = null] = taxIdsOf(above, side)
    return { values: { unit: above.product!.units[0]?.unit ?? '', taxId }, source: t`As ${sku} above` }
  }
  if (newest === undefined) return { values: { unit: 'pcs' }, source: null }
  const [taxId = null] = side === 'sales' ? newest.taxIds : newest.purchaseTaxIds
  return { values: { unit: newest.unit, taxId }, source: t`As ${newest.sku}, entered last` }
}
