/**
 * Shows a file that is still to be fetched in a tab of its own; where the browser lets none be opened, in this one.
 * To be called at once upon a click: later browsers open no tab.
 * @throws what fetching throws; the tab is closed then
 */
export async function openInTab(load: () => Promise<Blob>): Promise<void> {
  const tab = window.open('', '_blank')
  try {
    const address = URL.createObjectURL(await load())
    if (tab === null) window.location.assign(address)
    else tab.location.replace(address)
  } catch (error) {
    tab?.close()
    throw error
  }
}
