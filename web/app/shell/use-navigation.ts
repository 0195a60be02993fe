import { useRouter } from '@tanstack/react-router'
import { useMemo } from 'react'
import { usePermissions } from '../../session/index.ts'
import { kindOfPath } from '../../ui/kinds.ts'
import { warehouseModeReads } from '../../ui/warehouse-mode.ts'
import { type NavGroup, type NavItem, navigation, settingsItem, settingsPermissions } from './navigation.ts'

export interface Navigation {
  readonly groups: readonly NavGroup[]
  /** Whether the app for those who work in a warehouse is of use. */
  readonly warehouseMode: boolean
  readonly settings: NavItem | null
}

/** The tree with what this role may see and what there is a page for. */
export function useNavigation(): Navigation {
  const { may } = usePermissions()
  const router = useRouter()
  return useMemo(() => {
    const known = new Set(Object.keys(router.routesByPath))
    const offered = (item: NavItem): boolean =>
      may(item.permission) && (kindOfPath(item.path.slice(1)) !== null || known.has(`/c/$slug${item.path}`))
    const groups = navigation
      .map((group) => ({ ...group, items: group.items.filter(offered) }))
      .filter((group) => group.items.length > 0)
    // Accounting numbers documents and reads the audit without owning the company.
    const settings = settingsPermissions.some(may) && known.has(`/c/$slug${settingsItem.path}`)
    const warehouseMode = warehouseModeReads.every(may)
    return { groups, warehouseMode, settings: settings ? settingsItem : null }
  }, [router, may])
}
