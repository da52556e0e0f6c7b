export type NamedPatient = { readonly value: string; readonly assigningAuthority: string };

/**
 * The patients that a CX names, such as `7627199^^^HZLN&2.16.840.1.113883.3.37&ISO`: once under the universal id of its
 * authority and once under its name, since other feeds may know only one of them. `fallback` is the authority of one that
 * comes without; where there is none either, nobody is named: a number alone could be anybody's.
 */
export function patientsOfCx(cx: string, fallback: string | undefined): readonly NamedPatient[] {
  // Escaped twice by some.
  const [value = "", , , authority = ""] = cx.replaceAll("&amp;", "&").split("^");
  const [namespace = "", universal = ""] = authority.split("&");
  const given = [universal, namespace].map((text) => text.trim()).filter((text) => text !== "");
  const authorities = given.length > 0 ? given : fallback === undefined ? [] : [fallback];
  return authorities.flatMap((assigningAuthority) => {
    const patient = { value: value.trim(), assigningAuthority };
    return isStorable(patient) ? [patient] : [];
  });
}

function isStorable({ value, assigningAuthority }: NamedPatient): boolean {
  return value !== "" && value.length <= 64 && assigningAuthority.length <= 128;
}
