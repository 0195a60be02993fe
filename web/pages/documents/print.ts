import { useLingui } from '@lingui/react/macro'
import { type AnyKind, permissionFor, titles } from '../../../src/kinds.ts'
import { api, callFile, isProblem } from '../../api/index.ts'
import { usePermissions } from '../../session/index.ts'
import { notify } from '../../ui/notify.tsx'

const notFinal = new Set(['draft', 'cancelled', 'reversed'])

/**
 * Opens a document as PDF in a tab of its own. One that counts is kept as it is printed, by whoever may write
 * it, so that what was handed over is what is printed again.
 */
export function usePrint(kind: AnyKind, id: string): (state: string) => Promise<void> {
  const { t } = useLingui()
  const { may } = usePermissions()
  const path = `/${titles[kind].path}/${id}`
  return async (state) => {
    // Before anything is awaited: browsers open tabs only at once upon a click.
    const tab = window.open('', '_blank')
    try {
      if (!notFinal.has(state) && may(permissionFor(kind, 'write'))) await api.post(`${path}/pdfs`)
      const address = URL.createObjectURL(await callFile(`${path}/pdf`))
      if (tab === null) window.location.assign(address)
      else tab.location.replace(address)
    } catch (error) {
      tab?.close()
      notify.error(isProblem(error) ? error.message : t`The server does not answer. Try again.`)
    }
  }
}
