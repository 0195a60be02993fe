import { useLingui } from '@lingui/react/macro'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useState } from 'react'
import { usePermissions } from '../session/index.ts'
import { useFormat } from '../ui/format.ts'
import { notify } from '../ui/notify.tsx'
import type { GridKind } from './columns.ts'
import type { GridWorld } from './grid-context.ts'
import { GridModel } from './grid-model.ts'
import type { Line } from './line.ts'
import { LineStore } from './line-store.ts'
import { findExact, findProducts } from './products.ts'
import { type QuoteContext, Quoter } from './quoter.ts'
import { type TotalsHead, TotalsKeeper } from './totals-keeper.ts'
import { useFaultWords } from './words.ts'

export interface LinesInput {
  readonly kind: GridKind
  readonly lines: readonly Line[]
  readonly context: QuoteContext
  readonly head: TotalsHead
  readonly currency: string
  /** Enter in the empty last line: where the focus goes. */
  readonly leave: () => void
}

interface Told {
  readonly removed: (putBack: () => void) => void
  readonly missing: (code: string) => void
}

/** What stays the same for as long as the form is shown. */
class LinesCore {
  readonly store: LineStore
  readonly quoter: Quoter
  readonly totals: TotalsKeeper
  readonly model: GridModel
  #input: LinesInput
  #told: Told

  constructor(
    input: LinesInput,
    client: QueryClient,
    told: Told,
    how: ConstructorParameters<typeof GridModel>[3],
    words: ConstructorParameters<typeof GridModel>[4],
  ) {
    this.#input = input
    this.#told = told
    this.store = new LineStore(input.lines)
    this.quoter = new Quoter(this.store, input.kind, input.context)
    this.totals = new TotalsKeeper(this.store, input.head)
    const ports = {
      find: (text: string) => findProducts(client, text, this.#vendor()),
      findExact: (text: string) => findExact(client, text, this.#vendor()),
      ask: (key: string) => this.quoter.ask(key),
      leave: () => this.#input.leave(),
      scanned: (code: string, found: boolean) => {
        if (!found) this.#told.missing(code)
      },
      removed: (putBack: () => void) => this.#told.removed(putBack),
    }
    this.model = new GridModel(this.store, input.kind, ports, how, words)
  }

  update(input: LinesInput, told: Told): void {
    this.#input = input
    this.#told = told
    this.quoter.setContext(input.context)
  }

  readonly offerContext = (): Readonly<Record<string, string | boolean>> => {
    const { partyId, warehouseId, currency, date, pricesIncludeTax } = this.#input.context
    return {
      side: this.#input.kind.prices ?? 'sales',
      ...(partyId !== null && { partyId }),
      ...(warehouseId !== null && { warehouseId }),
      ...(currency !== null && { currency }),
      ...(date !== null && { date }),
      ...(pricesIncludeTax !== null && { pricesIncludeTax }),
    }
  }

  #vendor(): string | null {
    return this.#input.kind.prices === 'purchase' ? this.#input.context.partyId : null
  }
}

export interface Lines extends GridWorld {
  readonly store: LineStore
  readonly quoter: Quoter
}

/** The lines of a form: their store, cursor, prices and totals, made once for the page. */
export function useLines(input: LinesInput): Lines {
  const { t } = useLingui()
  const client = useQueryClient()
  const words = useFaultWords()
  const { language } = useFormat()
  const mayMake = usePermissions().may('products:write')
  const told: Told = {
    removed: (putBack) => notify.info(t`Line removed`, { label: t`Undo`, run: putBack }),
    missing: (code) => notify.error(t`No product has the code ${code}`),
  }
  const [core] = useState(() => new LinesCore(input, client, told, language, words))
  useLayoutEffect(() => {
    core.update(input, told)
    core.model.speak(language, words, mayMake && input.kind.fixedLines !== true)
  })
  const { head } = input
  useEffect(() => core.totals.setHead(head), [core, head])
  useEffect(() => core.totals.start(), [core])
  return {
    store: core.store,
    quoter: core.quoter,
    totals: core.totals,
    model: core.model,
    taxes: head.taxes,
    side: head.side,
    currency: input.currency,
    warehouseId: input.context.warehouseId,
    retry: (key) => core.quoter.ask(key),
    offerContext: core.offerContext,
  }
}
