/** Text in clear as it was sent. */
export function OpenText({ children }: { readonly children: string }) {
  return (
    <pre className="max-h-96 overflow-auto rounded-sm border border-line bg-raised p-3 font-mono text-12 whitespace-pre-wrap break-all">
      {linesOf(children)}
    </pre>
  );
}

/** HL7 v2 ends segments with a carriage return, which a browser does not draw. */
function linesOf(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}
