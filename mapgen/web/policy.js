/**
 * The page's rule for markup (Trusted Types): no text becomes markup.  Leaflet's test for SVG, a constant, is the one
 * exception; this module must be loaded before Leaflet.
 */
window.trustedTypes?.createPolicy("default", { createHTML: (text) => (text === "<svg/>" ? text : null) });
