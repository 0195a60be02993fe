/** The same code is ignored for so long (ms): a camera sees it many times a second. */
const ignored = 1500

/** Tells a code that is new from one that is still before the camera. */
export class Repeats {
  private readonly seen = new Map<string, number>()

  isNew(code: string, now: number): boolean {
    const last = this.seen.get(code)
    this.seen.set(code, now)
    return last === undefined || now - last >= ignored
  }
}
