// react-dom's other entries: roots and renderers. Packages import them; a component
// that is being rendered cannot use them.
"use strict";
const { refuse } = require("jsxdp:compiler");

const names = ["createRoot", "hydrateRoot", "renderToString", "renderToStaticMarkup", "renderToPipeableStream", "renderToReadableStream", "prerender", "prerenderToNodeStream", "resume", "act"];
for (const name of names) exports[name] = () => refuse("react-dom's " + name + "() during a render is not supported", "render the element itself");
exports.version = require("react").version;
