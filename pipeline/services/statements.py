"""What happens to a step at every run, one statement each: the hot path has no time for more round trips.

Each locks the job's row first, as everything does that changes a step, and answers nothing when the step is not as it
should be. Times are the database's. Beside the rows they write what the outbox has to tell, and answer it.
"""

CHANGED = """
    jsonb_build_object('job_id', moved.job_id, 'seq', moved.seq, 'status', moved.state, 'owner', moved.created_by_id)
"""

# Takes a step whose turn has come, or one whose worker did not renew its lease.
CLAIM = f"""
WITH job AS (
    SELECT * FROM pipeline_job WHERE job_id = %(job_id)s FOR NO KEY UPDATE
), claimed AS (
    UPDATE pipeline_step AS step
    SET status = 'in_progress', attempt = step.attempt + 1, fence = step.fence + 1, sends = 0, error = '',
        losses = step.losses + (step.status = 'in_progress')::int,
        lease_until = clock_timestamp() + %(lease)s, started_at = clock_timestamp()
    FROM job
    WHERE step.job_id = job.id AND step.position = %(position)s
      AND job.state IN ('pending', 'in_progress', 'stalled')
      AND (step.status = 'pending' AND step.next_try_at <= clock_timestamp()
           OR step.status = 'in_progress' AND step.lease_until < clock_timestamp())
    RETURNING step.*
), lost AS (
    UPDATE pipeline_attempt AS attempt SET outcome = 'lost', finished_at = clock_timestamp()
    FROM claimed WHERE attempt.step_id = claimed.id AND attempt.outcome = 'running'
), attempted AS (
    INSERT INTO pipeline_attempt (step_id, number, fence, worker, started_at, outcome, error)
    SELECT id, attempt, fence, %(worker)s, clock_timestamp(), 'running', '' FROM claimed
), moved AS (
    UPDATE pipeline_job SET state = 'in_progress', seq = pipeline_job.seq + 1, updated_at = clock_timestamp()
    FROM claimed WHERE pipeline_job.id = claimed.job_id
    RETURNING pipeline_job.*
), noted AS (
    INSERT INTO pipeline_jobchange (job_id, at, by_name, from_status, to_status, reason)
    SELECT job.id, clock_timestamp(), '', job.state, 'in_progress', ''
    FROM job JOIN moved ON moved.id = job.id WHERE job.state <> 'in_progress'
), told AS (
    INSERT INTO pipeline_outboxevent (topic, key, payload, next_try_at)
    SELECT 'job.changed', moved.job_id::text, {CHANGED}, clock_timestamp() + %(head_start)s FROM moved
    RETURNING id, topic, key, payload
)
SELECT claimed.id, job.id, claimed.name, claimed.runs, claimed.attempt, claimed.fence, claimed.failures,
       claimed.input, job.params, job.request_id, told.id, told.topic, told.key, told.payload
FROM claimed, job, told
"""  # noqa: S608 - no value is written into it

# Ends a step with its output and gives the next its turn; after the last one the job is completed, and a job that was
# cancelled meanwhile is cancelled.
FINISH = f"""
WITH job AS (
    SELECT * FROM pipeline_job WHERE id = %(job)s FOR NO KEY UPDATE
), done AS (
    UPDATE pipeline_step AS step
    SET status = 'completed', output = %(output)s::jsonb, finished_at = clock_timestamp(), lease_until = NULL,
        next_try_at = NULL
    FROM job
    WHERE step.id = %(step)s AND step.fence = %(fence)s AND step.status = 'in_progress'
    RETURNING step.*
), ended AS (
    UPDATE pipeline_attempt AS attempt SET outcome = 'completed', finished_at = clock_timestamp()
    FROM done WHERE attempt.step_id = done.id AND attempt.number = done.attempt
), next AS (
    UPDATE pipeline_step AS step SET input = %(output)s::jsonb, next_try_at = clock_timestamp()
    FROM job JOIN done ON done.job_id = job.id
    WHERE step.job_id = job.id AND step.position = done.position + 1 AND job.state <> 'cancelling'
    RETURNING step.*
), dropped AS (
    UPDATE pipeline_step AS step SET status = 'cancelled'
    FROM job JOIN done ON done.job_id = job.id
    WHERE step.job_id = job.id AND step.position > done.position AND job.state = 'cancelling'
), moved AS (
    UPDATE pipeline_job
    SET steps_done = job.steps_done + 1, seq = job.seq + 1, log_seq = job.log_seq + 1, updated_at = clock_timestamp(),
        state = CASE WHEN done.position + 1 = job.steps_count THEN 'completed'
                      WHEN job.state = 'cancelling' THEN 'cancelled' ELSE 'in_progress' END,
        finished_at = CASE WHEN done.position + 1 = job.steps_count OR job.state = 'cancelling'
                      THEN clock_timestamp() END
    FROM job JOIN done ON done.job_id = job.id WHERE pipeline_job.id = job.id
    RETURNING pipeline_job.*
), said AS (
    INSERT INTO pipeline_logline (job_id, seq, at, step, level, message)
    SELECT moved.id, moved.log_seq, clock_timestamp(), done.name, 'info', %(message)s FROM moved, done
), noted AS (
    INSERT INTO pipeline_jobchange (job_id, at, by_name, from_status, to_status, reason)
    SELECT job.id, clock_timestamp(), '', job.state, moved.state, ''
    FROM job JOIN moved ON moved.id = job.id WHERE job.state <> moved.state
), told AS (
    INSERT INTO pipeline_outboxevent (topic, key, payload, next_try_at)
    SELECT 'job.changed', moved.job_id::text, {CHANGED}, clock_timestamp() + %(head_start)s FROM moved
    UNION ALL
    SELECT 'job.dispatch', moved.job_id::text,
           jsonb_build_object('job_id', moved.job_id, 'position', next.position, 'runs', next.runs),
           clock_timestamp() + %(head_start)s
    FROM moved, next
    RETURNING id, topic, key, payload
)
SELECT id, topic, key, payload FROM told
"""  # noqa: S608 - no value is written into it

# Writes down that the broker took a job's first message; a worker may have been quicker.
SENT = f"""
WITH moved AS (
    UPDATE pipeline_job SET state = 'in_progress', seq = seq + 1, updated_at = clock_timestamp()
    WHERE job_id = %(job_id)s AND state = 'pending'
    RETURNING *
), noted AS (
    INSERT INTO pipeline_jobchange (job_id, at, by_name, from_status, to_status, reason)
    SELECT id, clock_timestamp(), '', 'pending', 'in_progress', '' FROM moved
)
INSERT INTO pipeline_outboxevent (topic, key, payload, next_try_at)
SELECT 'job.changed', moved.job_id::text, {CHANGED}, clock_timestamp() + %(head_start)s FROM moved
RETURNING id, topic, key, payload
"""  # noqa: S608 - no value is written into it

# Writes lines into the log of a job, numbered on without a gap.
SAY = """
WITH job AS (
    UPDATE pipeline_job SET log_seq = log_seq + cardinality(%(messages)s::text[]) WHERE id = %(job)s
    RETURNING id, log_seq - cardinality(%(messages)s::text[]) AS said
)
INSERT INTO pipeline_logline (job_id, seq, at, step, level, message)
SELECT job.id, job.said + line.number, line.at, %(step)s, line.level, line.message
FROM job, unnest(%(ats)s::timestamptz[], %(levels)s::text[], %(messages)s::text[])
     WITH ORDINALITY AS line (at, level, message, number)
RETURNING seq
"""

# Lengthens the leases of steps that still run under their claims, and answers them with their jobs' statuses.
RENEW = """
UPDATE pipeline_step AS step SET lease_until = clock_timestamp() + %(lease)s
FROM pipeline_job AS job, unnest(%(steps)s::bigint[], %(fences)s::int[]) AS claim (step, fence)
WHERE step.id = claim.step AND step.fence = claim.fence AND step.status = 'in_progress' AND job.id = step.job_id
RETURNING step.id, job.state
"""
