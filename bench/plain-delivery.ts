/** One delivery as the baseline of `delivery.bench.ts` takes it: all that it needs, since it looks nothing up. */
export interface PlainDelivery {
  url: string;
  id: string;
  body: string;
  secret: string;
}
