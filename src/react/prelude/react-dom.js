// The `react-dom` package as a server render sees it.
"use strict";
const { refuse } = require("jsxdp:compiler");
const React = require("react");

const hint = (name) => () => refuse("react-dom's " + name + "() during a render is not supported", "render a <link> element instead");

exports.createPortal = (children, containerInfo, key = null) => ({
  $$typeof: Symbol.for("react.portal"),
  key: key == null ? null : "" + key,
  children,
  containerInfo,
  implementation: null,
});
exports.flushSync = (callback) => (callback ? callback() : undefined);
exports.unstable_batchedUpdates = (callback, argument) => callback(argument);
exports.useFormState = React.useActionState;
exports.useFormStatus = () => ({ pending: false, data: null, method: null, action: null });
exports.requestFormReset = () => {};
for (const name of ["prefetchDNS", "preconnect", "preload", "preloadModule", "preinit", "preinitModule"]) exports[name] = hint(name);
exports.version = React.version;
