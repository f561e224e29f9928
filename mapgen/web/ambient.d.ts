/** What the build makes and the browser knows, but TypeScript does not. */
declare module "virtual:icons" {
  export const icons: Record<string, string>;
}

declare module "*.png" {
  const data: string;
  export default data;
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createHTML(text: string): string | null }): unknown;
}

interface Window {
  trustedTypes?: TrustedTypesFactory;
  mapgen?: import("./types.js").PageHooks;
  L?: unknown;
}
