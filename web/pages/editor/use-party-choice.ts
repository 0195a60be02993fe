import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { addressFor, postalAddress } from '../../../src/kernel/postal-address.ts'
import { type OneOf, api, documentQuery } from '../../api/index.ts'
import type { Lines } from '../../grid/index.ts'
import { useCompany } from '../../session/index.ts'
import type { EditorKind, HeadField } from './editor-kind.ts'
import type { Head } from './form.ts'
import type { PartyOffer, Taken } from './party-change.tsx'

type Party = OneOf<'parties'>
export type Hints = Readonly<Partial<Record<HeadField, string>>>

interface Input {
  readonly editor: EditorKind
  readonly form: UseFormReturn<Head>
  readonly lines: Pick<Lines, 'store' | 'quoter'>
  readonly first: { readonly party: Party | null; readonly hints: Hints }
}

export interface PartyChoice {
  readonly party: Party | null
  /** Where a value comes from: '30 days, from the customer'. */
  readonly hints: Hints
  readonly setHints: (hints: Hints) => void
  /** What could be taken over from a party that was chosen in another's place; null: nothing is to be decided. */
  readonly offer: PartyOffer | null
  readonly choose: (id: string | null) => Promise<void>
  readonly take: (taken: readonly Taken[]) => void
  /** Takes nothing over. */
  readonly keep: () => void
  /** Shows a party that the head names already. */
  readonly show: (id: string) => Promise<void>
}

/** The party of a document, and what follows from choosing another: nothing of it happens without a tick (3.4). */
export function usePartyChoice({ editor, form, lines, first }: Input): PartyChoice {
  const { t } = useLingui()
  const client = useQueryClient()
  const company = useCompany()
  const { store, quoter } = lines
  const [party, setParty] = useState(first.party)
  const [hints, setHints] = useState(first.hints)
  const [offer, setOffer] = useState<PartyOffer | null>(null)
  const goesToParty = editor.fields.includes('deliveryAddress')

  const choose = async (id: string | null) => {
    const before = form.getValues('partyId')
    form.setValue('partyId', id, { shouldDirty: true })
    form.clearErrors('partyId')
    setOffer(null)
    if (id === null || id === before) return
    const chosen = await client.fetchQuery(documentQuery('parties', id))
    if (form.getValues('partyId') !== id) return
    setParty(chosen)
    if (!editor.money) return
    const terms = String(chosen.paymentTermDays ?? company.paymentTermDays)
    const money = chosen.currency ?? company.currency
    const now = form.getValues()
    const filled = store.filled().some(({ product }) => product !== null)
    if (before === null && !filled) {
      takeFrom(
        chosen,
        now.deliveryAddress === null ? ['terms', 'currency', 'address'] : ['terms', 'currency'],
      )
      if (editor.grid.prices !== null) await takePriceMode(id, money)
      return
    }
    const address = goesToParty ? shippingOf(chosen) : null
    const next: PartyOffer = {
      party: chosen,
      terms: terms === now.paymentTermDays ? null : terms,
      currency: money === now.currency ? null : money,
      address: JSON.stringify(address) === JSON.stringify(now.deliveryAddress) ? null : address,
      prices: filled,
    }
    if (next.terms !== null || next.currency !== null || next.address !== null || next.prices) setOffer(next)
  }

  const takeFrom = (from: Party, taken: readonly Taken[]) => {
    const { name } = from
    const source = (own: unknown) => (own === null ? t`from the company` : t`from ${name}`)
    if (taken.includes('terms')) {
      form.setValue('paymentTermDays', String(from.paymentTermDays ?? company.paymentTermDays))
      setHints((known) => ({ ...known, paymentTermDays: source(from.paymentTermDays) }))
    }
    if (taken.includes('currency')) {
      form.setValue('currency', from.currency ?? company.currency)
      setHints((known) => ({ ...known, currency: source(from.currency) }))
    }
    if (taken.includes('address') && goesToParty) form.setValue('deliveryAddress', shippingOf(from))
    // After the context of the questions has followed.
    if (taken.includes('prices')) setTimeout(() => void quoter.askAll(true))
    else if (store.filled().length > 0) keepPrices()
  }

  /** With tax or without, as the prices of the party's own book are. */
  const takePriceMode = async (partyId: string, money: string) => {
    const { date } = form.getValues()
    const asked = {
      partyId,
      side: editor.party === 'vendor' ? 'purchase' : 'sales',
      currency: money,
      ...(/^\d{4}-\d{2}-\d{2}$/.test(date) && { date }),
    }
    const mode = await api
      .post<{ pricesIncludeTax: boolean }>('/stock/availability', { ...asked, lines: [] })
      // Without an answer it stays as the company has it: prices are right either way.
      .catch(() => null)
    if (mode !== null && form.getValues('partyId') === partyId && store.filled().length === 0)
      form.setValue('pricesIncludeTax', mode.pricesIncludeTax)
  }

  /** What was not ticked stays: prices of the old party are from now on as if set by hand. */
  const keepPrices = () =>
    store.updateMany(
      new Map(
        store.filled().map((line) => [line.key, { priceByHand: line.price !== '' && line.product !== null }]),
      ),
    )

  return {
    party,
    hints,
    setHints,
    offer,
    choose,
    take: (taken) => {
      setOffer(null)
      if (offer !== null) takeFrom(offer.party, taken)
    },
    keep: () => {
      setOffer(null)
      keepPrices()
    },
    show: async (id) => setParty(await client.fetchQuery(documentQuery('parties', id))),
  }
}

/** Where goods for a party go unless somebody says otherwise. */
function shippingOf(party: Party) {
  return postalAddress(addressFor(party.addresses, 'shipping'))
}
