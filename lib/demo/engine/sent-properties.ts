import type { DestinationSpec, Transport } from "./channel-spec";
import { escapeXml } from "./print-xml";

/** "Sent" content is not the message but the connector's properties with the message inside. */
export function sentProperties(destination: DestinationSpec, body: string): string {
  const className = propertyClasses[destination.transport];
  return [
    `<${className} version="4.5.2">`,
    `  <destinationConnectorProperties version="4.5.2">`,
    `    <queueEnabled>${destination.hasQueue}</queueEnabled>`,
    `    <sendFirst>${destination.hasQueue}</sendFirst>`,
    `    <retryIntervalMillis>10000</retryIntervalMillis>`,
    `    <validateResponse>${destination.transport === "mllp"}</validateResponse>`,
    `  </destinationConnectorProperties>`,
    `  <host>partner.invalid</host>`,
    `  <template>${escapeXml(body)}</template>`,
    `</${className}>`,
  ].join("\n");
}

const propertyClasses: Readonly<Record<Transport, string>> = {
  mllp: "com.mirth.connect.connectors.tcp.TcpDispatcherProperties",
  http: "com.mirth.connect.connectors.http.HttpDispatcherProperties",
  file: "com.mirth.connect.connectors.file.FileDispatcherProperties",
  channel: "com.mirth.connect.connectors.vm.VmDispatcherProperties",
  script: "com.mirth.connect.connectors.js.JavaScriptDispatcherProperties",
  dicom: "com.mirth.connect.connectors.dimse.DICOMDispatcherProperties",
  database: "com.mirth.connect.connectors.jdbc.DatabaseDispatcherProperties",
};
