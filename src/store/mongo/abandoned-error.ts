/** A transaction was given up before anything of it could stay: what was written ahead for it is of no use. */
export class AbandonedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
