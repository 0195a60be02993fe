import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'

/** Names of roles, kinds of address and purposes, and of languages as the browser knows them. */
export function usePartyWords() {
  const { t, i18n } = useLingui()
  const { locale } = i18n
  return useMemo(() => {
    const languages = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' })
    return {
      roles: { customer: t`Customer`, vendor: t`Vendor` },
      addresses: { billing: t`Invoice address`, shipping: t`Delivery address`, other: t`Other address` },
      purposes: {
        order: t`orders`,
        delivery: t`deliveries`,
        invoice: t`invoices`,
        reminder: t`reminders`,
        other: t`other matters`,
      },
      language: (code: string) => languages.of(code) ?? code,
    } as const
  }, [t, locale])
}
