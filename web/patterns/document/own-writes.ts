/** When this tab last changed something: what is read anew right after is no news. */
let last = 0

export function noteOwnWrite(): void {
  last = Date.now()
}

/** Whether data read at this moment (milliseconds) may differ because of what was done here. */
export function isOwnWrite(readAt: number): boolean {
  return readAt - last < 15_000
}
