// The pages that list shots: their filters, their lanes, the selection, and the keys to move in them.
import "../../config/js/filters.js";
import "./near.js";
import "./selection.js";
import "./steps.js";
import "../../config/js/trouble.js";
