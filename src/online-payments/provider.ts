import type { Decimal } from '../kernel/decimal.ts'

export const providers = ['stripe', 'test'] as const
export type ProviderName = (typeof providers)[number]

/** How far a payment is, as the provider says; later ones never go back to earlier ones. */
export const states = ['starting', 'open', 'processing', 'expired', 'failed', 'paid'] as const
export type State = (typeof states)[number]

export interface Checkout {
  readonly providerId: string
  /** Where the customer pays. */
  readonly address: string
}

interface CheckoutAsked {
  /** Ours; the provider makes one checkout of it, however often it is asked. */
  readonly id: string
  readonly amount: Decimal
  readonly currency: string
  /** Of the currency, as the company keeps it. */
  readonly minorDigits: number
  /** What the customer reads: the numbers of the documents. */
  readonly title: string
  readonly language: 'en' | 'pl'
  readonly returnUrl: string
}

export interface CheckoutState {
  readonly state: State
  /** What was paid; null before. */
  readonly amount: Decimal | null
  /** What the provider calls the payment that came of the checkout. */
  readonly payment: string | null
}

/** What a provider told by a webhook that it signed. It says what changed, not what is: that is asked. */
export interface Told {
  readonly eventId: string
  readonly type: string
  readonly about:
    | {
        readonly kind: 'checkout'
        readonly providerId: string
        /** Our own id of the payment, which it was told when the checkout was made. */
        readonly reference: string | null
      }
    | { readonly kind: 'refund'; readonly providerRefund: string }
    /** Something of this payment was paid back; what, is asked. */
    | { readonly kind: 'refunds'; readonly payment: string }
    | null
}

interface RefundAsked {
  /** Ours; the provider pays it back once, however often it is asked. */
  readonly id: string
  readonly payment: string
  readonly amount: Decimal
  readonly currency: string
  readonly minorDigits: number
}

export interface RefundState {
  readonly providerRefund: string
  readonly state: 'done' | 'failed'
}

/** A refund as the provider knows it, made here or there. */
export interface KnownRefund extends RefundState {
  readonly amount: Decimal
  readonly currency: string
  /** What it calls the payment that went back. */
  readonly payment: string | null
  /** Our own id of that payment, which it was told when the checkout was made. */
  readonly checkout: string | null
  /** Our own id of the refund, where it was made here. */
  readonly reference: string | null
  /** The credit note that whoever made it there has named: number or id. */
  readonly credit: string | null
}

/** What Zapas asks of whoever takes payments. All of it may be repeated. */
export interface Provider {
  createCheckout(asked: CheckoutAsked): Promise<Checkout>
  stateOf(providerId: string): Promise<CheckoutState>
  /** @throws 400 where it is not signed as it must be. */
  read(text: string, header: (name: string) => string | null): Told
  refund(asked: RefundAsked): Promise<RefundState>
  stateOfRefund(providerRefund: string): Promise<KnownRefund>
  refundsOf(payment: string): Promise<KnownRefund[]>
}
