-- What web and worker may do, applied after the migrations at every start. {{app}} is the role of DATABASE_URL, {{app_text}} the same as a literal.
-- Partitions get nothing of their own: every access goes through the parent, whose rights count.
GRANT USAGE ON SCHEMA public, signal, clinical TO {{app}};

DO $$
DECLARE
  target record;
  app CONSTANT text := {{app_text}};
BEGIN
  FOR target IN
    SELECT n.nspname, c.relname, c.relkind
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'signal', 'clinical')
      AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT c.relispartition
      AND pg_has_role(c.relowner, 'USAGE')
  LOOP
    IF target.relkind = 'S' THEN
      EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %I.%I TO %s', target.nspname, target.relname, app);
    ELSE
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I.%I TO %s', target.nspname, target.relname, app);
    END IF;
  END LOOP;
END $$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA signal TO {{app}};

-- The audit can be added to and read, and neither changed nor emptied. Lines leave the queue when they are sealed.
REVOKE ALL ON signal.audit_leaf, signal.audit_block, signal.audit_block_leaf, signal.audit_witness, signal.audit_unsealed FROM {{app}};
GRANT SELECT, INSERT ON signal.audit_leaf, signal.audit_block, signal.audit_block_leaf, signal.audit_witness TO {{app}};
GRANT SELECT, INSERT, DELETE ON signal.audit_unsealed TO {{app}};

-- Who was shown what stays as it was written; of a broken glass only its end and its judgement are added.
REVOKE ALL ON signal.disclosure_grant, signal.break_glass FROM {{app}};
GRANT SELECT, INSERT ON signal.disclosure_grant, signal.break_glass TO {{app}};
GRANT UPDATE (ended_at, judgement, judgement_text, reviewed_by, reviewed_at) ON signal.break_glass TO {{app}};

-- What a source said is added, and goes with the whole object; it is never rewritten.
REVOKE ALL ON clinical.fact_version, clinical.issuer FROM {{app}};
GRANT SELECT, INSERT, DELETE ON clinical.fact_version TO {{app}};
GRANT SELECT, INSERT, DELETE ON clinical.issuer TO {{app}};

-- Of a claim of work only its length and its end are changed.
REVOKE ALL ON signal.work_claim FROM {{app}};
GRANT SELECT, INSERT, UPDATE (renewed_at, expires_at, ended_at) ON signal.work_claim TO {{app}};

-- A replay and its messages are never deleted; what was chosen, by whom and of which source never changes.
REVOKE ALL ON signal.replay, signal.replay_item FROM {{app}};
GRANT SELECT, INSERT, UPDATE (state, version, reason, ticket, per_minute, stop_after, approval_id, running_since, stop_cause, ended_at) ON signal.replay TO {{app}};
GRANT SELECT, INSERT ON signal.replay_item TO {{app}};
GRANT UPDATE (content, cancels_order, read_reason, tick_reason, verdict, causes, state, is_open, sending_at, settled_at, trouble,
  result_message_id, result_received_at, result_delivery_id) ON signal.replay_item TO {{app}};

-- A patient's key is made, sealed anew when keys are rotated, and destroyed; whose it is never changes.
REVOKE ALL ON signal.patient_key FROM {{app}};
GRANT SELECT, INSERT, DELETE, UPDATE (key_id, sealed) ON signal.patient_key TO {{app}};

-- A hold is placed and lifted; what it holds, who placed it and why never changes, and it is never deleted.
REVOKE ALL ON signal.legal_hold FROM {{app}};
GRANT SELECT, INSERT, UPDATE (lifted_by, lifted_at, lift_reason) ON signal.legal_hold TO {{app}};

-- A use of an emergency account is written once; only its review is added.
REVOKE ALL ON signal.emergency_use FROM {{app}};
GRANT SELECT, INSERT, UPDATE (reviewed_by, reviewed_at, review_text) ON signal.emergency_use TO {{app}};

-- Of a review only judgements and the signature are added.
REVOKE ALL ON signal.audit_review, signal.audit_review_line FROM {{app}};
GRANT SELECT, INSERT ON signal.audit_review, signal.audit_review_line TO {{app}};
GRANT UPDATE (signed_by, signed_at) ON signal.audit_review TO {{app}};
GRANT UPDATE (judgement, note, judged_by, judged_at) ON signal.audit_review_line TO {{app}};

REVOKE ALL ON public._prisma_migrations FROM {{app}};
GRANT SELECT ON public._prisma_migrations TO {{app}};
