/** Style of the API page, in both colour schemes. Its hash is in the page's policy. */
export const docsStyle = `
:root { color-scheme: light dark; --ink: #1b2430; --dim: #5a6675; --line: #d8dee6; --paper: #fbfcfd; --code: #eef2f6; --link: #0b62c4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf1; --dim: #9aa7b6; --line: #2c3643; --paper: #11161d; --code: #1a212b; --link: #6db1ff; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; } h3 { font-size: 1rem; margin: 2rem 0 .5rem; }
a { color: var(--link); } .lead { color: var(--dim); }
code { font: .88em ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: .75rem 1rem; overflow-x: auto; }
pre code { overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--dim); font-weight: 600; }
`;
