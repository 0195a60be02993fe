import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { type OneOf, api } from '../../api/index.ts'
import { searchProducts } from '../data/resolve.ts'
import type { Product } from '../data/types.ts'
import { may, useWarehouseState } from '../state.ts'
import { Button } from './button.tsx'
import classes from './w.module.css'

interface Props {
  readonly code: string
  readonly onFound: (product: Product) => void
}

/** Searches the product that an unknown code stands on; who may can link the two for good. */
export function UnknownCode({ code, onFound }: Props) {
  const { t } = useLingui()
  const { online, table } = useWarehouseState()
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState<Product | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const link = async (product: Product) => {
    try {
      await api.patch<OneOf<'products'>>(`/products/${product.id}`, { barcode: code }, { anonymous: true })
      const linked = { ...product, barcode: code }
      table?.add(linked)
      onFound(linked)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }
  if (chosen !== null) {
    const { sku, barcode } = chosen
    return (
      <div className={classes.stack}>
        <span className={classes.strong}>
          {sku} · {chosen.name}
        </span>
        {failure !== null && <p style={{ margin: 0 }}>{failure}</p>}
        <Button onClick={() => onFound(chosen)}>
          <Trans>Count it once, without linking</Trans>
        </Button>
        {may('products:write') && (
          <Button
            refused={
              barcode !== null
                ? t`${sku} has the barcode ${barcode} already.`
                : online
                  ? null
                  : t`Linking needs the connection.`
            }
            onClick={() => void link(chosen)}
          >
            <Trans>Link the code to {sku}</Trans>
          </Button>
        )}
        {may('products:write') && barcode !== null && (
          <p className={classes.quiet}>
            <Trans>
              {sku} has the barcode {barcode} already.
            </Trans>
          </p>
        )}
      </div>
    )
  }
  return (
    <div className={classes.stack}>
      <label className={classes.field}>
        <Trans>Search the product</Trans>
        <input
          className={classes.input}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          autoComplete="off"
        />
      </label>
      {searchProducts(words).map((product) => (
        <Button key={product.id} onClick={() => setChosen(product)}>
          {product.sku} · {product.name}
        </Button>
      ))}
    </div>
  )
}
