import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataKey, newKey, refreshData } from '../../../api/index.ts'
import { PageLink } from '../../../patterns/index.ts'
import { pathOfKind } from '../../../ui/kinds.ts'
import { notify } from '../../../ui/notify.tsx'
import classes from '../documents.module.css'
import type { AnyDocument } from './dialog.tsx'

interface Missing {
  readonly code: keyof typeof words
  readonly level: 'required' | 'advised'
  readonly taxId: string | null
}

/** What is missing, and the way to where it is put right. */
const words = {
  'seller-address': [msg`The address of the company is missing: street and town.`, msg`Enter the address`],
  'seller-tax-number': [msg`The tax number of the company is missing.`, msg`Enter the tax number`],
  'buyer-address': [
    msg`The address of the customer is missing: street and town.`,
    msg`Enter the customer’s address`,
  ],
  'buyer-tax-number': [msg`The tax number of the customer is missing.`, msg`Enter the customer’s tax number`],
  'buyer-changed': [
    msg`Name, address or tax number of the customer were changed since this draft was made.`,
    msg`Take them over`,
  ],
  'tax-reason': [msg`A tax does not say why no tax is charged.`, msg`Enter the reason`],
  'payment-account': [
    msg`No bank account is printed: who pays by transfer does not know where to.`,
    msg`Enter the bank account`,
  ],
} satisfies Record<string, readonly [MessageDescriptor, MessageDescriptor]>

interface Props {
  readonly kind: 'invoice' | 'credit-note'
  readonly document: AnyDocument
}

/** Before an invoice is issued: what the law asks for and is not there, each with the way to put it right. */
export function LegalFields({ kind, document }: Props) {
  const { i18n } = useLingui()
  const client = useQueryClient()
  const { id, version } = document
  const { partyId } = document as unknown as { readonly partyId: string }
  const path = `/${pathOfKind(kind)}/${id}`
  const { data } = useQuery({
    queryKey: dataKey(pathOfKind(kind), 'legal-fields', id, String(version)),
    queryFn: ({ signal }) => api.get<{ missing: readonly Missing[] }>(`${path}/legal-fields`, {}, { signal }),
  })
  const takeOver = useMutation({
    mutationFn: () => api.patch(path, { takeParty: true }, { key: newKey(), ifMatch: version }),
    onSuccess: () => refreshData(client),
    onError: (error) => notify.error(error.message),
  })
  if (data === undefined) return null
  const whole = data.missing.every(({ level }) => level === 'advised')
  return (
    <section aria-label={i18n._(msg`Before it is issued`)}>
      {whole && (
        <p className={classes.legalDone}>
          <IconCircleCheck size={16} aria-hidden />
          <Trans>What the law asks for is there: seller, customer, taxes.</Trans>
        </p>
      )}
      <ul className={classes.legal}>
        {data.missing.map(({ code, level, taxId }) => {
          const [text, way] = words[code]
          const Icon = level === 'required' ? IconAlertTriangle : IconInfoCircle
          return (
            <li key={`${code} ${taxId ?? ''}`} data-level={level}>
              <Icon size={16} aria-hidden />
              <span>
                {i18n._(text)}{' '}
                {code === 'buyer-changed' ? (
                  <Button
                    size="compact-xs"
                    variant="default"
                    loading={takeOver.isPending}
                    onClick={() => takeOver.mutate()}
                  >
                    {i18n._(way)}
                  </Button>
                ) : (
                  <PageLink href={placeOf(code, partyId, taxId)} size="sm">
                    {i18n._(way)}
                  </PageLink>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function placeOf(
  code: Exclude<Missing['code'], 'buyer-changed'>,
  partyId: string,
  taxId: string | null,
): string {
  switch (code) {
    case 'seller-address':
    case 'seller-tax-number':
      return '/settings/company'
    case 'buyer-address':
    case 'buyer-tax-number':
      return `/parties/${partyId}/edit`
    case 'tax-reason':
      return `/taxes/${taxId}/edit`
    case 'payment-account':
      return '/settings/print'
  }
}
