/**
 * Words of machines, the only ones that may stay of an error text. A word that is a usual name of people is left out even
 * where machines use it (mark, page, will, bill, grant, ward), so that a name can never stay.
 */
export const technicalVocabulary: ReadonlySet<string> = new Set(
  `
  abort aborted abstract accept acceptable accepted acceptor access accession account ack acknowledge acknowledged
  acknowledgement acknowledgment activated active adapter add added adding address admission admit admitted adt after
  aggregate ahead algorithm alias allergy allocate allocated allocation allow allowed already ambiguous api append
  application archive argument array assigned assigning association asynchronous attachment attempt attempts attribute
  authenticate authenticated authentication authority authorised authorization authorized available away
  backend backlog bad base batch before begin being between binary bind binding bit blank blocked body boolean bounds
  broken broker buffer build busy byte bytes
  cache call called caller cancel cancelled cannot canonical capacity cardinality carriage cast category certificate
  chain channel character characters charset check checksum child cipher circuit class classification client clock
  closed code coded codes coding collection collision column combination command comment commit committed communication
  compare compatible complete completed component components compressed compression condition config configuration
  configured conflict connect connected connecting connection connections connector consistency constraint consumer
  contain contains content context control conversion convert converted correct corrupt corrupted could count country
  create created credential credentials current currently cursor custom cycle
  data database dataset datasource date datatype dead deadlock decimal declared decode decoding decompress default
  defined definition delay delayed delete deleted delimiter delimiters delivered delivery denied department dependency
  deployed deployment deprecated depth descriptor deserialize destination detected device diagnostic dicom dictionary
  different digest dimension directory disabled disallowed discarded disconnect disconnected discharge disk dispatcher
  dispatch dns document domain double down driver drop dropped due duplicate duplicated duration during dynamic
  element elements empty enabled encoded encoder encoding encounter encrypted encryption end endpoint engine enough
  entity entry enum environment episode error errors escape establish established evaluate evaluating evaluation event
  exam exceed exceeded exceeds exception exceptions exchange exclusive execute executing execution exhausted exist
  existing exists exit expected expects expiration expired expiry explicit expression extension external extra
  facility failed failing fails failure family fatal fault feed fetch fhir field fields file files filesystem filler
  filter filtered filtering filters finished firewall fix flag float folder forbidden foreign form format formatted
  found fragment frame framing frequency full function
  gateway gender generate generated generic given group guarantor
  handle handled handler handling handshake hash header headers heap health held hierarchy hl host hostname http https
  identifier identifiers identifying identity ignored illegal image images implementation implemented import in-use
  inactive incoming incompatible incomplete inconsistent incorrect index indexed infinite information initialise
  initialize inner input insert inserting insertion instance instances insufficient insurance integer integrity
  interface intermediate internal interrupted invalid invocation invoke io isolation issue issued issuer item iterator
  java javascript job join journal json
  keep keepalive key keystore kind known
  lab laboratory latency layout ldap lease leave left length less level library license licence limit limits line link
  list listener listening load loading local locale location lock locked locking log login logon lookup loop lost
  magic mailbox maintenance malformed mandatory manifest mapped mapper mapping mask match matched matches matching
  maximum media medication member memory merge merged message messages metadata method mime minimum mirth mismatch
  missing mllp mode modality modified module monitor move multiple mutex mutual
  nack name named names namespace native negative negotiate negotiated negotiation nested network never next node non none
  nonexistent normalise not nothing notification null nullpointer number numeric
  obs observation observations object objects observer occurred offline offset old only open opened operand operation
  operator option optional order orders ordered ordering original outbound inbound outcome outgoing output outside
  overflow overloaded overwrite own owner
  pacs package packet padding panel param parameter parameters parent parse parsed parser parsing partial partition
  passed passphrase password path patient patients pattern payload pdu peer pending performed period permanent
  permission permissions permitted persist persistence physician pipe pipeline pixel placer plugin pointer policy pool
  port position positive postprocessor precision preceding precondition predicate prefix premature preprocessor
  prescription presentation present pressure previous primary principal priority privilege privileges procedure process
  processed processing processor product profile program progress prohibited prolog property protected protocol provided
  provider provisional proxy publish pull purged
  qualifier quantity query queue queued quota quote
  race radiology range rate raw reach reachable reached reaction read reader readable reading ready reason receive
  received receiver receiving recipient recognised recognized record records recoverable recursion redirect redirection
  reference referenced referential referring refused refuses register registered registration registry reject rejected
  rejection related relation release released remote remove removed render renewal repeat repeated repeating repetition
  repetitions replay replica report reports repository request requested requester require required requires reserved
  reset resolution resolve resolved resource resources respond responded response responses restart restore restricted
  result results resume retried retries retry return returned revision revoked rights role rollback rollback route
  router routing row rows rule run running runtime
  sample scan schedule scheduled schema scope script scu scp search second seconds section secure security segment
  segments select self send sender sending sent separator sequence sequences serial serialise serialisation serialization
  serialize serializing server service services session set setting severity sex shared shutdown signature signed size
  skipped snapshot soap socket software sop source space specification specified specimen spool sql ssl stack stale
  started starting startup state statement station status step stopped storage store stored storing stream string
  structure study subject submit subscriber subscription subtype suffix supported suspended switch symbol synchronous
  syntax system
  table tables tag tcp template temporarily temporary terminated terminator terms test text thread threshold throttled
  throttling timed timeout timestamp timezone title tls token tokens too top topic trailer trailing transaction transfer
  transform transformation transformed transformer transforming transient translate translation transmission transport
  tree trigger truncated trust trusted trustanchor tunnel type types typeerror referenceerror syntaxerror rangeerror
  unable unacknowledged unassigned unauthorised unauthorized unavailable unbound uncaught undefined undelivered unescaped
  unexpected unhandled unicode unique unit units universal unknown unlock unmapped unmatched unparseable unprocessable
  unreachable unreadable unrecognised unrecognized unregistered unresolved unsupported unterminated untrusted update
  updated updating upload upstream url usage use used user using utf
  valid validate validated validation validator validity value values variable vendor verification verified verify version
  versions violated violates violation virtual visit visits vm
  wait waited waiting warning web webservice webhook width window without worklist workflow wrapped write writer writing
  written wrong wsdl
  xml xpath xslt xsd yet yield zero zone
  adapterexception ae ar ca ce cr aa msa err msh pid pv pd obr obx orc nk al dg gt zds rxo rxe rxa rxr sch ris rsch his lis emr ehr
  oru orm adt mdm siu dft bar omg oml omi ack rsp qbp ccd cda cdr oid guid uuid uri mrn npi
  econnrefused econnreset etimedout ehostunreach enetunreach enotfound eaddrinuse epipe enospc eacces enoent emfile eai
  eagain eperm eexist sqlstate sqlexception ora hibernate jdbc odbc oracle postgres mysql jms amqp mqtt kafka rabbitmq
  pkix certpath certpathvalidator alert bad-certificate eof heartbeat ping reconnect reconnection unsolicited
  blocking byte-order codeset datetime birth death sexual admit-source diagnosis diagnoses procedurecode coverage
  practitioner organization observationrequest servicerequest diagnosticreport bundle questionnaire immunization
  condition careplan composition encounterid
  float-point decimalplaces nonnumeric alphanumeric digit digits negative infinity nan ascii latin iso windows
  hour hours minute minutes day-limit daily weekly future past expired-since too-many too-long too-short
  transfer-syntax abstract-syntax aetitle title calling accepted-context implicit explicit endian endianness little-endian
  pixeldata multiframe compressedtransfer jpeg photometric rows-columns bits preamble meta
  storescu store-scp cstore cfind cmove nack-received echo commitment mpps
  license-limit concurrent concurrency threads workers nodes cluster leader follower failover standby readonly
  rollbackonly savepoint sequenceid trigger-function procedure-call cursor-closed tablespace log-full disk-full
  `
    .split(/\s+/)
    .filter((word) => word !== ""),
);
