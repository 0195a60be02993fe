import { useLingui } from '@lingui/react/macro'
import { PageTitle } from '../../page/index.ts'

export default function Home() {
  const { t } = useLingui()
  return <PageTitle title={t`Home`} />
}
