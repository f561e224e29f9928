/** The page with tiles or very many events. */
import "./policy.js";
import "./rich.js";
import "./index.js";
