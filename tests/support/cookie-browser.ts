/** A browser as far as signing in goes: it keeps cookies by host and follows redirects one by one. */
export type CookieBrowser = {
  readonly ask: (url: string, form?: Readonly<Record<string, string>>) => Promise<Response>;
  /** Follows redirects to their end. Answers with where it came to. */
  readonly follow: (url: string) => Promise<URL>;
  readonly cookie: (host: string, name: string) => string | undefined;
  readonly setCookie: (host: string, name: string, value: string) => void;
};

export function aCookieBrowser(): CookieBrowser {
  const jar = new Map<string, Map<string, string>>();
  const cookiesOf = (host: string) => jar.get(host) ?? jar.set(host, new Map()).get(host) ?? new Map();
  const ask: CookieBrowser["ask"] = async (url, form) => {
    const { host } = new URL(url);
    const cookie = [...cookiesOf(host)].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie },
      ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === "") cookiesOf(host).delete(name);
      else cookiesOf(host).set(name, value);
    }
    return response;
  };
  const follow = async (url: string): Promise<URL> => {
    let at = new URL(url);
    for (let hops = 0; hops < 20; hops += 1) {
      const location = (await ask(at.href)).headers.get("location");
      if (location === null) return at;
      at = new URL(location, at);
    }
    throw new Error("Too many redirects.");
  };
  return {
    ask,
    follow,
    cookie: (host, name) => jar.get(host)?.get(name),
    setCookie: (host, name, value) => void cookiesOf(host).set(name, value),
  };
}
