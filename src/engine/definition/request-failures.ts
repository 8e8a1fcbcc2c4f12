/** Ways in which a request to the outside comes to nothing: of nodes and of deliveries alike. */

/** What is known of a failure of one type. */
interface RequestFailure {
  /** What the tenant is told; what more is known follows in its own words. */
  message: string;
  /** Whether an attempt of a node that ends so is followed by another, unless its policy says otherwise. */
  isRetried: boolean;
  /** Whether `network` in `retryOn` and `noRetryOn` means it too: the connection did not carry the answer. */
  isNetwork: boolean;
}

/** A name that leads to an address that is denied reads as one that leads nowhere, so that nobody maps a network. */
export const requestFailures = {
  address_denied: { message: 'the address may not be reached', isRetried: false, isNetwork: false },
  dns_failure: { message: 'the name could not be resolved', isRetried: true, isNetwork: true },
  connection_refused: { message: 'no connection could be made', isRetried: true, isNetwork: true },
  connection_reset: { message: 'the peer closed the connection', isRetried: true, isNetwork: true },
  tls_error: { message: 'no secure connection could be made', isRetried: true, isNetwork: true },
  timeout: { message: 'no whole answer came in time', isRetried: true, isNetwork: false },
  response_truncated: { message: 'the answer was cut off', isRetried: true, isNetwork: true },
  payload_too_large: { message: 'the answer is larger than allowed', isRetried: false, isNetwork: false },
  network: { message: 'the peer gave no valid HTTP answer', isRetried: true, isNetwork: true },
} as const satisfies Record<string, RequestFailure>;

export type RequestFailureType = keyof typeof requestFailures;

export const requestFailureTypes = Object.keys(requestFailures) as RequestFailureType[];

const failures: Readonly<Record<string, RequestFailure>> = requestFailures;

/** Whether attempts that end so are retried by default. */
export function isRetriedFailure(type: string): boolean {
  return Object.hasOwn(failures, type) && failures[type]?.isRetried === true;
}

/** The names by which a retry policy may mean an error type: its own, and that of its family. */
export function namesOfFailure(type: string): string[] {
  const isNetwork = Object.hasOwn(failures, type) && failures[type]?.isNetwork === true;
  return isNetwork && type !== 'network' ? [type, 'network'] : [type];
}
