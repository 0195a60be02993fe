import { Trans, useLingui } from '@lingui/react/macro'
import { Loader, Popover } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { api, dataKey } from '../api/index.ts'
import { useFormat } from '../ui/format.ts'
import { focusField } from './cell-editor.tsx'
import { useGrid } from './grid-context.ts'
import classes from './grid.module.css'
import type { Line } from './line.ts'
import type { Hit } from './products.ts'

interface Props {
  readonly line: Line
  readonly label: string
}

/** Code, name, barcode or the vendor's code, with what it may mean below. */
export function ProductEditor({ line, label }: Props) {
  const { t } = useLingui()
  const { model } = useGrid()
  const editing = useSyncExternalStore(model.subscribe, () => model.state().editing)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useLayoutEffect(() => focusField(field.current, model.state().editing?.begun ?? false), [model])
  const hits = editing?.hits ?? []
  const known = editing !== null && editing.hits !== null && !editing.waiting
  const nothing =
    known && editing.hitsFor === editing.text.trim() && hits.length === 0 && editing.text.trim() !== ''
  const makes = known && model.makes && editing.hitsFor === editing.text.trim()
  const open = editing !== null && (hits.length > 0 || nothing || makes || editing.fault !== null)
  const index = editing?.index ?? -1
  return (
    <Popover
      opened={open}
      position="bottom-start"
      offset={2}
      withinPortal
      trapFocus={false}
      returnFocus={false}
      withRoles={false}
      width={460}
    >
      <Popover.Target>
        <span className={classes.productField}>
          <input
            ref={field}
            className={classes.field}
            role="combobox"
            aria-label={label}
            aria-autocomplete="list"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            aria-activedescendant={index >= 0 ? `${id}-${index}` : undefined}
            aria-invalid={editing?.fault != null || line.faults.product !== undefined || undefined}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder={t`Code, name or barcode`}
            value={editing?.text ?? ''}
            onChange={(event) => model.setText(event.currentTarget.value)}
          />
          {editing?.waiting === true && <Loader size={14} aria-label={t`Looking it up`} />}
        </span>
      </Popover.Target>
      <Popover.Dropdown p={4} onMouseDown={(event) => event.preventDefault()}>
        {editing?.fault != null && (
          <div className={classes.hitFault} role="alert">
            {editing.fault}
          </div>
        )}
        {nothing && editing.fault === null && (
          <div className={classes.hitNone}>
            <Trans>No product found. Leave it empty to enter a line of text only.</Trans>
          </div>
        )}
        <HitList id={id} hits={hits} index={index} makes={makes ? editing.text.trim() : null} />
      </Popover.Dropdown>
    </Popover>
  )
}

interface Offer {
  readonly lines: readonly {
    readonly available: string | null
    readonly price: { readonly price: string | null }
  }[]
}

interface HitListProps {
  readonly id: string
  readonly hits: readonly Hit[]
  readonly index: number
  /** Of what a new product can be made; null: of nothing, or not by this person. */
  readonly makes: string | null
}

function HitList({ id, hits, index, makes }: HitListProps) {
  const { t } = useLingui()
  const { model, currency, offerContext } = useGrid()
  const format = useFormat()
  const lines = hits.map(({ product, unit }) => ({ productId: product.id, unit }))
  const context = offerContext()
  const offers = useQuery({
    queryKey: dataKey('offers', context, lines),
    queryFn: () => api.post<Offer>('/stock/availability', { ...context, lines }),
    enabled: lines.length > 0 && (model.kind.prices !== null || model.kind.availability),
    staleTime: 15_000,
  })
  return (
    <div role="listbox" id={id} aria-label={t`Products`} className={classes.hits}>
      {hits.map((hit, i) => {
        const offer = offers.data?.lines[i]
        const { product } = hit
        return (
          <button
            type="button"
            tabIndex={-1}
            key={`${product.id} ${hit.unit}`}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === index}
            className={classes.hit}
            ref={(element) => {
              if (i === index) element?.scrollIntoView({ block: 'nearest' })
            }}
            onClick={() => model.pick(hit)}
          >
            <span className={classes.hitCode}>{product.sku}</span>
            <span className={classes.hitName}>
              {product.name}
              {hit.unit !== product.units[0]?.unit && ` (${hit.unit})`}
            </span>
            <span className={classes.hitFigure}>
              {offer?.available == null ? '' : format.quantity(offer.available, product.units[0]?.unit ?? '')}
            </span>
            <span className={classes.hitFigure}>
              {offer?.price.price == null ? '' : format.money(offer.price.price, currency)}
            </span>
          </button>
        )
      })}
      {makes !== null && (
        <button
          type="button"
          tabIndex={-1}
          id={`${id}-${hits.length}`}
          role="option"
          aria-selected={index === hits.length}
          className={classes.hitNew}
          ref={(element) => {
            if (index === hits.length) element?.scrollIntoView({ block: 'nearest' })
          }}
          onClick={() => model.make()}
        >
          <IconPlus size={16} aria-hidden />
          {makes === '' ? <Trans>New product</Trans> : <Trans>New product “{makes}”</Trans>}
        </button>
      )}
    </div>
  )
}
