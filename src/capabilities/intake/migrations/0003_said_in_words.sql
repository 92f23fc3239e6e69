-- What has to be said is said: a check that compares the length of nothing refuses nothing.
alter table intake.decision
  -- INT-5: a refusal tells its facts and how to appeal, and offers another service or a human
  add constraint decision_refusal_told check (outcome <> 'refused' or (ground_code is not null and coalesce(length(facts), 0) >= 10 and appeal is not null
    and (cardinality(alternatives) > 0 or coalesce(length(human), 0) >= 3))),
  -- DIR-2: a redirection says how the person agreed
  add constraint decision_redirection_agreed check (outcome <> 'redirected' or coalesce(length(agreed), 0) >= 3);
-- INT-4: a paper is waived with a reason
alter table intake.document add constraint document_waiver_told check (state <> 'waived' or coalesce(length(reason), 0) >= 3);
