/* What a real archive of the tests is given, as dcmtk's dump2dcm reads it. All of it is made up. */

function day(now: Date): string {
  return now.toISOString().slice(0, 10).replaceAll("-", "");
}

/** An image of a study of today, in Latin 1. */
export function studyDump(now: Date): string {
  return `(0008,0005) CS [ISO_IR 192]
(0008,0016) UI =SecondaryCaptureImageStorage
(0008,0018) UI [1.2.826.0.1.3680043.9.1.1.1]
(0008,0020) DA [${day(now)}]
(0008,0030) TM [083000]
(0008,0050) SH [ACC-0001]
(0008,0060) CS [CT]
(0008,0080) LO [Sample Hospital]
(0008,1010) SH [CT01]
(0008,1030) LO [CT Abdomen]
(0010,0010) PN [Muster^Jörg]
(0010,0020) LO [P-0001]
(0010,0030) DA [19700102]
(0010,0040) CS [M]
(0020,000d) UI [1.2.826.0.1.3680043.9.1]
(0020,000e) UI [1.2.826.0.1.3680043.9.1.1]
(0020,0010) SH [S1]
(0020,0013) IS [1]
`;
}

/** A scheduled step of today. */
export function worklistDump(now: Date): string {
  return `(0008,0005) CS [ISO_IR 192]
(0008,0050) SH [ACC-0002]
(0010,0010) PN [Beispiel^Änne]
(0010,0020) LO [P-0002]
(0010,0030) DA [19800203]
(0010,0040) CS [F]
(0020,000d) UI [1.2.826.0.1.3680043.9.2]
(0032,1060) LO [MR Knee left]
(0040,0100) SQ
(fffe,e000) na
(0008,0060) CS [MR]
(0040,0001) AE [MR01]
(0040,0002) DA [${day(now)}]
(0040,0003) TM [101500]
(0040,0007) LO [MR Knee left]
(0040,0009) SH [SPS-2]
(fffe,e00d) na
(fffe,e0dd) na
(0040,1001) SH [RP-2]
`;
}

export function orthancSettings(of: {
  readonly folder: string;
  readonly httpPort: number;
  readonly dicomPort: number;
}): object {
  const plugins = "/usr/share/orthanc/plugins";
  return {
    Name: "PACS",
    StorageDirectory: `${of.folder}/db`,
    IndexDirectory: `${of.folder}/db`,
    HttpPort: of.httpPort,
    DicomPort: of.dicomPort,
    DicomAet: "PACS",
    StableAge: 1,
    AuthenticationEnabled: true,
    RemoteAccessAllowed: true,
    RegisteredUsers: { reader: "secret" },
    Plugins: [`${plugins}/libOrthancDicomWeb.so`, `${plugins}/libModalityWorklists.so`],
    Worklists: { Enable: true, Database: `${of.folder}/worklists/WORKLIST` },
    DicomAlwaysAllowFind: true,
    DicomAlwaysAllowEcho: true,
    DicomAlwaysAllowFindWorklist: true,
  };
}
