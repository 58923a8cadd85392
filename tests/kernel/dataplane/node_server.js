// node_server.js PORT HOST: an ordinary server. Says what it got, so that tests see
// who answered: GET with the path, POST with the number of bytes and of requests.
const http = require("http");
let posts = 0;
http
  .createServer((request, response) => {
    response.setHeader("X-From", "node");
    if (request.method !== "POST") return response.end(`node ${request.url}\n`);
    let bytes = 0;
    request.on("data", (data) => (bytes += data.length));
    request.on("end", () => response.end(`node got ${bytes} bytes, post ${++posts}\n`));
  })
  .listen(+process.argv[2], process.argv[3], () => console.log("listening"));
