/* Shows the API reference. Nothing is loaded from elsewhere, and calls go to this server. */
const key = globalThis.sessionStorage.getItem('hookloom.key');

globalThis.Scalar.createApiReference('#reference', {
  url: '/openapi.json',
  servers: [{ url: globalThis.location.origin }],
  authentication: {
    preferredSecurityScheme: 'apiKey',
    // The key with which the dashboard is signed in, in this tab.
    securitySchemes: { apiKey: { token: key ?? '' } },
  },
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  documentDownloadType: 'json',
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
});
