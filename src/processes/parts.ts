/** The long-lived parts of one process, and whether each works: `/readyz` shows them by name. */
export class Parts {
  readonly #checks = new Map<string, () => boolean>();

  /** Adds a part that the process is to have. */
  watch(name: string, isUp: () => boolean): void {
    this.#checks.set(name, isUp);
  }

  /** Returns whether each part works now. */
  states(): Record<string, boolean> {
    return Object.fromEntries([...this.#checks].map(([name, isUp]) => [name, isUp()]));
  }
}
