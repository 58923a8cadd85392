// react/jsx-runtime and react/jsx-dev-runtime.
"use strict";
const { jsx } = require("jsxdp:compiler");

exports.Fragment = Symbol.for("react.fragment");
exports.jsx = jsx;
exports.jsxs = jsx;
exports.jsxDEV = jsx;
