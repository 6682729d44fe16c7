// Serves one bucket from a folder on loopback: node server.mjs FOLDER PORT BUCKET
import S3rver from "s3rver";

const [directory, port, name] = process.argv.slice(2);
const server = new S3rver({
  address: "127.0.0.1",
  port: Number(port),
  directory,
  silent: true,
  configureBuckets: [{ name }],
});
await server.run();
console.log("ready");
