export default {
  // the packages are installed further up
  turbopack: { root: `${import.meta.dirname}/../..` },
  rewrites: () => ["data.json", "result"].map((name) => ({ source: `/${name}`, destination: `${process.env.PAGES}/${name}` })),
};
