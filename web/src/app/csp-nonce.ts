/** The nonce of this answer's content security policy: styles that are added while the page runs carry it. */
export const cspNonce =
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';

/** Where the library that keeps the page behind a dialog from scrolling looks for it. */
Object.assign(globalThis, { __webpack_nonce__: cspNonce });
