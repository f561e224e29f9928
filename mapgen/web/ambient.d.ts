/** What the build makes and the browser knows, but TypeScript does not. */
declare module "virtual:icons" {
  export const icons: Record<string, string>;
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createHTML(text: string): string | null }): unknown;
}

interface Window {
  trustedTypes?: TrustedTypesFactory;
  mapgen?: import("./types.js").PageHooks;
  L?: unknown;
}
