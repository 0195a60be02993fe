import { useLingui } from '@lingui/react/macro'

/** Who came by a customer's link is written down as 'Nowak (customer link)', whatever language it is read in later. */
const byLink = /^(.+) \(customer link\)$/

/** The name of who did something, in the language shown. */
export function useActorName(): (actor: { readonly type: string; readonly name: string }) => string {
  const { t } = useLingui()
  return ({ type, name }) => {
    const party = type === 'key' ? byLink.exec(name)?.[1] : undefined
    return party === undefined ? name : t`${party} (customer link)`
  }
}
