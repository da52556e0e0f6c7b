/**
 * Statements that put at least one row into every table, with what is hard to carry over: NULL, empty and full bytea
 * and arrays, JSON, quotes, tabs, line ends, backslashes, lines that look like COPY's own, several partitions.
 */
export const oneOfEverything: readonly string[] = [
  `INSERT INTO public."user" (id, email, name, password_hash) VALUES
     ('00000000-0000-4000-8000-000000000001', 'a@example.org', E'Line\\nend\\tand \\\\ "quote"', 'x'),
     ('00000000-0000-4000-8000-000000000004', 'b@example.org', '', '')`,
  `INSERT INTO public.role_grant (user_id, role, department, granted_by) VALUES
     ('00000000-0000-4000-8000-000000000001', 'administrator', NULL, 'setup'),
     ('00000000-0000-4000-8000-000000000001', 'reporter', '', 'x'), ('00000000-0000-4000-8000-000000000001', 'reporter', NULL, 'x')`,
  "INSERT INTO public.invitation (token_hash, user_id, expires_at) VALUES ('\\x08', '00000000-0000-4000-8000-000000000004', '2030-01-01Z')",
  `INSERT INTO public.approval (id, kind, payload, requester_id, expires_at) VALUES
     ('00000000-0000-4000-8000-000000000005', 'grant-role', '{"a": null}', '00000000-0000-4000-8000-000000000001', '2030-01-01Z')`,
  `INSERT INTO public.notice (id, permission, kind, detail) VALUES
     ('00000000-0000-4000-8000-000000000006', 'approval.read', 'role-granted', '{"b": [1]}')`,
  `INSERT INTO public.notice_seen (notice_id, user_id) VALUES
     ('00000000-0000-4000-8000-000000000006', '00000000-0000-4000-8000-000000000001')`,
  "INSERT INTO public.sso_identity (issuer, subject, user_id) VALUES ('https://idp.example.org/realms/a', E'sub\\tject', '00000000-0000-4000-8000-000000000001')",
  `INSERT INTO public.group_role (group_name, role, department, mapped_by) VALUES
     ('/hospital/it', 'interface-analyst', NULL, 'x'), ('/hospital/it', 'reporter', 'Radiology', 'x')`,
  "INSERT INTO public.emergency_account (user_id, marked_by) VALUES ('00000000-0000-4000-8000-000000000001', 'x')",
  `INSERT INTO public.approval_deputy (id, approver_id, deputy_id, from_at, until_at) VALUES
     ('00000000-0000-4000-8000-000000000031', '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000004', '2026-01-01Z', '2026-01-02Z')`,
  "INSERT INTO public.saved_view (id, user_id, page, name, query) VALUES ('00000000-0000-4000-8000-000000000061', '00000000-0000-4000-8000-000000000001', '/messages', 'AE → RIS', 'outcome=failed')",
  `INSERT INTO public.display (id, name, ranges, link_until, created_by, expires_at) VALUES
     ('00000000-0000-4000-8000-000000000032', 'control room', '{10.0.0.0/8,::1}', '2030-01-01Z', 'x', '2030-01-01Z')`,
  `INSERT INTO public.session (token_hash, user_id, expires_at) VALUES
     ('\\x01', '00000000-0000-4000-8000-000000000001', '2030-01-01Z')`,
  "INSERT INTO public.setup_link (token_hash, expires_at) VALUES ('\\x02', '2030-01-01Z')",
  "INSERT INTO public.totp_factor (user_id, key_id, ciphertext) VALUES ('00000000-0000-4000-8000-000000000001', 'k1', '\\x00ff0a')",
  "INSERT INTO public.totp_use (user_id, step) VALUES ('00000000-0000-4000-8000-000000000001', 9007199254740993)",
  "INSERT INTO public.recovery_code (code_hash, user_id) VALUES ('\\x04', '00000000-0000-4000-8000-000000000001')",
  `INSERT INTO public.passkey (id, user_id, credential_id, public_key, name, sign_count, transports, is_backed_up) VALUES
     ('00000000-0000-4000-8000-000000000041', '00000000-0000-4000-8000-000000000001', '\\x00ff', '\\x0d0a', E'Key\\t"1"', 4294967295, '{usb,nfc}', false)`,
  "INSERT INTO public.passkey_challenge (challenge, session_hash, purpose, expires_at) VALUES ('\\x05', '\\x01', 'prove', '2030-01-01Z')",
  `INSERT INTO public.source (id, kind, name, config) VALUES
     (1, 'push', E'\\\\.', '{"nested": {"list": [1, null, "\\\\u00e9"]}}'), (2, 'push', '\\N', 'null'), (9, 'push', 'gone', '{}')`,
  "SELECT setval(pg_get_serial_sequence('public.source', 'id'), 9)",
  "DELETE FROM public.source WHERE id = 9",
  `INSERT INTO public.system (id, name, kind, source_id, changed_by) VALUES
     ('00000000-0000-4000-8000-000000000051', E'PACS\\t"1"', 'pacs', 1, 'x'), ('00000000-0000-4000-8000-000000000052', '', 'other', NULL, '')`,
  "INSERT INTO public.system_certificate (system_id, tried_at, problem) VALUES ('00000000-0000-4000-8000-000000000051', '2026-01-30Z', 'no answer')",
  `INSERT INTO public.system_maintenance (id, system_id, from_at, until_at, what, planned_by) VALUES
     ('00000000-0000-4000-8000-000000000053', '00000000-0000-4000-8000-000000000051', '2026-01-30Z', '2026-01-31Z', 'disks', 'x')`,
  `INSERT INTO public.conformance_statement (id, system_id, file_name, version, dated, content, added_by) VALUES
     ('00000000-0000-4000-8000-000000000054', '00000000-0000-4000-8000-000000000051', 'a.pdf', '1', '2026-01-30', '\\x00ff0a', 'x')`,
  "INSERT INTO public.source_secret (source_id, name, key_id, ciphertext) VALUES (1, 'password', 'k1', '\\x00ff0a09')",
  `INSERT INTO public.interface (id, source_id, external_id, name, receivers, columns, column_mapping) VALUES
     (1, 1, 'c1', 'Résultats → 東京 🏥', ARRAY['a,b', '{c}', '"d"', '', 'NULL', 'back\\slash'], '{}', NULL),
     (2, 1, 'c2', '', '{}', '{MRN}', '{"mrn": "MRN"}')`,
  `INSERT INTO public.leg (id, interface_id, source_id, external_id, ordinal, name, direction) VALUES
     (1, 1, 1, '0', 0, 'in', 'source'), (2, 1, 1, '1', 1, 'out', 'destination')`,
  `INSERT INTO public.access_token (id, source_id, name, token_hash, hint, scopes, created_by) VALUES
     ('00000000-0000-4000-8000-000000000002', 1, 'feed', '\\x03', 'sbx_1', '{signalbox/ingest.write}', 'cli')`,
  `INSERT INTO public.api_client (id, name, scopes, secret_hash, created_by) VALUES
     ('00000000-0000-4000-8000-000000000021', 'archive', '{system/AuditEvent.rs}', '\\x05', 'cli')`,
  `INSERT INTO public.client_access (token_hash, client_id, scopes, expires_at) VALUES
     ('\\x06', '00000000-0000-4000-8000-000000000021', '{system/AuditEvent.rs}', '2026-03-10T12:15:00Z')`,
  `INSERT INTO public.setting (key, value) VALUES ('text', '"\\t"'), ('nothing', 'null')`,
  "INSERT INTO public.backup_run (id, file_name, bytes) VALUES ('00000000-0000-4000-8000-000000000003', 'old', 9007199254740993)",
  ...["delivery", "rollup_minute", "leg_sample", "source_sample", "rollup_hour", "external_audit_event"].map(
    (table) => `SELECT signal.ensure_partitions('${table}', '2026-01-30', '2026-02-02')`,
  ),
  `INSERT INTO signal.delivery (leg_id, received_at, id, message_key, engine_message_id, state, outcome, first_outcome,
       error_text, patient_ref, observed_seq, body_digest) VALUES
     (2, '2026-01-30 00:00:00Z', -9223372036854775808, 1, '1', 'sent', 'ok', 'ok', NULL, NULL, 1, -1),
     (2, '2026-01-31 23:59:59.999Z', 9223372036854775807, 2, '2', 'error', 'failed', 'failed', E'a\\tb\\nc\\\\.', '\\x00', 1, 2),
     (1, '2026-02-01 00:00:00Z', 0, 3, E'\\\\N', 'sent', 'ok', NULL, '', '\\xffffffff', 1, 3)`,
  `INSERT INTO signal.rollup_minute (leg_id, bucket_start, ok, hist_buckets, hist_counts) VALUES
     (2, '2026-01-30 00:00Z', 1, '{1,-2}', '{3,4}'), (1, '2026-02-01 00:00Z', 1, '{}', '{}')`,
  "INSERT INTO signal.rollup_hour (leg_id, bucket_start, ok, hist, cum_hist) VALUES (2, '2026-01-30 00:00Z', 1, '\\x0102', ''), (1, '2026-02-01 00:00Z', 1, '', '\\x00')",
  `INSERT INTO signal.rollup_day (leg_id, bucket_start, ok, failed, cum_hist) VALUES
     (2, '2026-01-30Z', 1, 0, '\\x00'), (2, '2026-01-31Z', 0, 1, ''), (1, '2026-02-01Z', 1, 0, '')`,
  "INSERT INTO signal.rollup_lock (leg_id) VALUES (1)",
  "INSERT INTO signal.dirty (tier, leg_id, bucket_start) VALUES ('minute', 1, '2026-03-01Z')",
  `INSERT INTO signal.leg_sample (leg_id, metric, at, value) VALUES
     (1, 'queueDepth', '2026-01-30Z', 0.1), (1, 'a', '2026-01-31Z', NULL), (1, 'b', '2026-01-31Z', 'NaN'), (1, 'c', '2026-01-31Z', '-Infinity'), (1, 'd', '2026-01-31Z', 5e-324)`,
  "INSERT INTO signal.source_sample (source_id, metric, at, value) VALUES (1, 'heap', '2026-01-30Z', 1.7976931348623157e308)",
  "INSERT INTO signal.leg_now (leg_id, metric, at, value) VALUES (1, 'queueDepth', '2026-01-30Z', 3)",
  "INSERT INTO signal.leg_gauge_hour (leg_id, metric, bucket_start, min_value, max_value, last_value, last_at) VALUES (1, 'queueDepth', '2026-01-30Z', 0, 3, 3, '2026-01-30Z')",
  "INSERT INTO signal.change (source_id, at, kind) VALUES (1, '2026-01-30Z', 'redeployed')",
  "INSERT INTO signal.unknown_interval (source_id, from_at, cause) VALUES (1, '2026-01-30Z', 'silent')",
  `INSERT INTO signal.dead_letter (source_id, reason, digest, content_kind, key_id, payload) VALUES
     (1, 'unparseable', '\\x05', 'json', 'k1', '\\x0d0a5c2e'), (1, 'conflict', '\\x06', 'json', 'k1', '')`,
  `INSERT INTO signal.stream (source_id, stream, cursor) VALUES (1, 'messages', '{"a": [1, 2], "b": null}')`,
  "INSERT INTO signal.lease (name, holder, expires_at) VALUES ('job:roll-up', 'nobody', '2026-01-01Z')",
  "INSERT INTO signal.rate_limit (key, points) VALUES ('login', 1)",
  `INSERT INTO signal.audit_leaf (at, actor_kind, actor_id, action, permission, entity_type, outcome, detail, digest) VALUES
     ('2026-01-30Z', 'system', 'test', 'C', 'test', 'test', 'success', '{"a": 1.50}', '\\x07')`,
  "INSERT INTO signal.audit_unsealed (leaf_id) VALUES (9007199254740993)",
  `INSERT INTO signal.audit_block (number, leaf_count, first_id, last_id, root, previous, sealed_at, key_id, hash, signature) VALUES
     (1, 1, 1, 1, '\\x00', '', '2026-01-30Z', 'a', '\\x0d0a', '\\x5c2e')`,
  "INSERT INTO signal.audit_block_leaf (leaf_id, block, position) VALUES (1, 1, 0)",
  "INSERT INTO signal.audit_witness (at, number, hash) VALUES ('2026-01-30Z', 1, '\\x0d0a')",
  `INSERT INTO signal.disclosure_grant (id, user_id, leg_id, received_at, delivery_id, reason, reason_text, granted_at, expires_at) VALUES
     ('00000000-0000-4000-8000-000000000007', '00000000-0000-4000-8000-000000000001', 2, '2026-01-30Z', -1, 'failed-delivery', E'why\\tit failed', '2026-01-30Z', '2026-01-30 00:10Z')`,
  `INSERT INTO signal.work_claim (id, kind, item_id, source_id, user_id, claimed_at, renewed_at, expires_at) VALUES
     ('00000000-0000-4000-8000-00000000000b', 'dead-letter', '1', 1, '00000000-0000-4000-8000-000000000001', '2026-01-30Z', '2026-01-30Z', '2026-01-30 00:30Z')`,
  `INSERT INTO signal.replay (id, source_id, state, requested_by, requested_at, reason) VALUES
     ('00000000-0000-4000-8000-000000000081', 1, 'ready', '00000000-0000-4000-8000-000000000001', '2026-01-30Z', E'why\\tagain')`,
  `INSERT INTO signal.replay_item (replay_id, position, leg_id, received_at, delivery_id, engine_message_id, causes, is_open) VALUES
     ('00000000-0000-4000-8000-000000000081', 0, 2, '2026-01-31 23:59:59.999Z', 9223372036854775807, E'2\\t', '{superseded}', true)`,
  `INSERT INTO signal.break_glass (id, user_id, reason, reason_text, started_at, expires_at, review_due) VALUES
     ('00000000-0000-4000-8000-000000000008', '00000000-0000-4000-8000-000000000001', 'patient-care', 'ten letters', '2026-01-30Z', '2026-01-30 00:30Z', '2026-02-05Z')`,
  "INSERT INTO signal.emergency_use (user_id, at, address) VALUES ('00000000-0000-4000-8000-000000000001', '2026-01-30Z', '::1')",
  `INSERT INTO signal.audit_review (id, kind, from_at, to_at, zone, covered, opened_by, opened_at, signed_by, signed_at) VALUES
     ('00000000-0000-4000-8000-000000000009', 'activity', '2026-01-19Z', '2026-01-26Z', 'UTC', '{"lines": 1}',
      '00000000-0000-4000-8000-000000000001', '2026-01-26Z', '00000000-0000-4000-8000-000000000001', '2026-01-27Z')`,
  `INSERT INTO signal.audit_review_line (review_id, position, rules, person_id, subject, judgement, note, judged_by, judged_at) VALUES
     ('00000000-0000-4000-8000-000000000009', 0, '{off-hours}', '00000000-0000-4000-8000-000000000004', '{"kind": "person"}',
      'follow-up', E'why\\tit is', '00000000-0000-4000-8000-000000000001', '2026-01-26Z')`,
  `INSERT INTO signal.patient_key (id, patient_ref, key_id, sealed, created_at) VALUES
     ('00000000-0000-4000-8000-00000000000a', '\\x0d0a', 'k1', '\\x5c2e', '2026-01-30Z')`,
  // Lifted, so that partitions can go.
  `INSERT INTO signal.legal_hold (kind, patient_ref, reason, placed_by, placed_at, lifted_by, lifted_at, lift_reason) VALUES
     ('patient', '\\x0d0a', E'why\\tit is', '00000000-0000-4000-8000-000000000001', '2026-01-30Z',
      '00000000-0000-4000-8000-000000000002', '2026-01-31Z', 'why it ends')`,
  `INSERT INTO signal.external_audit_event (source_id, at, id, engine_event_id, name, action, outcome, body_digest, attributes, further_patient_refs) VALUES
     (1, '2026-01-30Z', 1, '1', 'Login', 'E', 'success', 1, NULL, NULL),
     (1, '2026-02-01Z', 2, '2', 'Logout', 'E', 'success', 2, '\\x0102', ARRAY['\\x0d0a'::bytea, '\\x5c2e'])`,
  `INSERT INTO signal.expected_volume (interface_id, learnt_at, zone, weeks, quiet_limit, is_scheduled, busy_minutes, longest_quiet,
     volume_low, volume_median, volume_high)
     SELECT 1, '2026-01-30Z', 'Europe/Berlin', 5, 7.25, false, array_fill(0.1::float8, ARRAY[168]), array_fill(NULL::float8, ARRAY[168]),
       array_fill(0::float8, ARRAY[168]), array_fill(1.5::float8, ARRAY[168]), array_fill(NULL::float8, ARRAY[168])`,
  "INSERT INTO signal.silence_limit (interface_id, minutes, changed_at, changed_by) VALUES (1, 45, '2026-01-30Z', 'x')",
  `INSERT INTO signal.incident (place, title, severity, interface_id, interface_name, opened_at) VALUES
     ('leg/2', E'Lab\\t"1" → RIS lets nothing through', 'critical', 1, E'Lab\\t"1"', '2026-01-30Z')`,
  `INSERT INTO signal.condition (key, kind, place, interface_id, incident_number, state, is_raised, is_noticed, count, first_at, last_at) VALUES
     ('leg/2/failing', 'failing', 'leg/2', 1, 1, 'firing', true, true, 3, '2026-01-30Z', '2026-01-30Z')`,
  "INSERT INTO signal.incident_entry (incident_number, at, kind, text) VALUES (1, '2026-01-30Z', 'alarm', '')",
  `INSERT INTO signal.notice_outbox (key, kind, incident_id, interface_name, reason, count, path, severity, raised_at) VALUES
     ('incident/1/opened', 'incident_opened', '1', E'Lab\\t"1"', '', 0, '/incidents/1', 'critical', '2026-01-30Z')`,
  `INSERT INTO signal.notice_channel (id, user_id, kind, name, hint, key_id, sealed, created_at, created_by) VALUES
     ('00000000-0000-4000-8000-000000000061', '00000000-0000-4000-8000-000000000001', 'email', 'home', '', 'k1', '\\x00ff0a', '2026-01-30Z', 'x')`,
  `INSERT INTO signal.notice_delivery (id, notice_id, user_id, next_at, created_at) VALUES
     ('00000000-0000-4000-8000-000000000062', 1, '00000000-0000-4000-8000-000000000001', '2026-01-30Z', '2026-01-30Z')`,
  `INSERT INTO signal.notice_link (token_hash, incident_id, delivery_id, user_id, expires_at) VALUES
     ('\\x09', '1', '00000000-0000-4000-8000-000000000062', '00000000-0000-4000-8000-000000000001', '2026-01-31Z')`,
  `INSERT INTO signal.on_call_team (id, name, zone, changed_at, changed_by) VALUES
     ('00000000-0000-4000-8000-000000000063', E'Night\\\\shift', 'Europe/Berlin', '2026-01-30Z', 'x')`,
  `INSERT INTO signal.on_call_shift (id, team_id, user_id, from_at, until_at, created_at, created_by) VALUES
     ('00000000-0000-4000-8000-000000000064', '00000000-0000-4000-8000-000000000063', '00000000-0000-4000-8000-000000000001',
      '2026-01-30Z', '2026-01-31Z', '2026-01-30Z', 'x')`,
  `INSERT INTO signal.escalation_policy (id, name, plan, changed_at, changed_by) VALUES
     ('00000000-0000-4000-8000-000000000065', 'all', '{"steps": []}', '2026-01-30Z', 'x')`,
  "INSERT INTO signal.escalation (incident_id, notice_id, plan, started_at) VALUES ('1', 1, '{}', '2026-01-30Z')",
  "INSERT INTO signal.escalation_step (incident_id, cycle, step, taken_at, told, is_last_resort) VALUES ('1', 0, 0, '2026-01-30Z', 0, false)",
  `INSERT INTO clinical.fact (source_id, kind, object_ref, accession_ref, study_ref, order_refs, patient_refs, seq, at, body, first_seen_at, changed_at) VALUES
     (1, 'order', '\\x0d0a', '\\x00', NULL, '{"\\\\x5c2e"}', '{}', 9007199254740993, '2026-01-30Z', '{"a": [1.50, null]}', '2026-01-30Z', '2026-01-30Z')`,
  `INSERT INTO clinical.fact_version (fact_id, seq, control_id, digest, at, body, seen_at) VALUES
     (1, 9007199254740993, E'M\\t1', -1, '2026-01-30Z', '{"a": "\\u00e9"}', '2026-01-30Z')`,
  `INSERT INTO clinical.exam (id, accession_ref, state, leg, since, due_at, started_at, changed_at) VALUES
     ('00000000-0000-4000-8000-00000000000c', '\\x00', 'waiting', 'toStart', '2026-01-30Z', NULL, '2026-01-30Z', '2026-01-30Z')`,
  "INSERT INTO clinical.issuer (what, name) VALUES ('accession', E'GENERAL\\t1')",
];
