"""What happens to a step at every run, one statement each: the hot path has no time for more round trips.

Each locks the job's row first, as everything does that changes a step, and answers nothing when the step is not as it
should be. Times are the database's. Beside the rows they write what the outbox has to tell, and answer it. A change of
the job's state goes through the outbox; of a mere step on the way the answer tells, for the next one follows soon.

Workers do not wait for the disk (`hurry`): commits keep their order, so a crash of the database takes back the last
moments of a job as a whole, and a sweep has those steps run again. A submit waits; what was answered 202 stays.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

import orjson
import psycopg
from django.db import connection, transaction

from pipeline import live, outbox
from pipeline.outbox import Event

STEP = "jsonb_build_object('job_id', moved.job_id, 'position', step.position, 'runs', step.runs)"
HURRY = "(SELECT set_config('synchronous_commit', 'off', true)) AS hurry"
CHANGED = """
    jsonb_build_object('job_id', moved.job_id, 'seq', moved.seq, 'status', moved.state, 'owner', moved.created_by_id)
"""

# Writes a new job with its steps, the first of which has its turn.
SUBMIT = f"""
WITH moved AS (
    INSERT INTO pipeline_job (job_id, pipeline, params, state, created_by_id, steps_count, steps_done, seq, log_seq,
                              request_id, created_at, updated_at)
    VALUES (%(job_id)s, %(pipeline)s, %(params)s::jsonb, 'pending', %(by)s, cardinality(%(names)s::text[]), 0, 1, 0,
            %(request_id)s, clock_timestamp(), clock_timestamp())
    RETURNING *
), planned AS (
    INSERT INTO pipeline_step (job_id, position, name, runs, status, input, attempt, failures, losses, sends, fence,
                               worker, error)
    SELECT moved.id, step.number - 1, step.name, step.runs, 'pending',
           CASE WHEN step.number = 1 THEN %(input)s::jsonb END, 0, 0, 0, 0, 0, '', ''
    FROM moved, unnest(%(names)s::text[], %(runs)s::text[]) WITH ORDINALITY AS step (name, runs, number)
    RETURNING *
), noted AS (
    INSERT INTO pipeline_jobchange (job_id, at, by_id, by_name, from_status, to_status, reason)
    SELECT id, clock_timestamp(), %(by)s, %(by_name)s, '', state, '' FROM moved
), told AS (
    INSERT INTO pipeline_outboxevent (topic, key, payload, next_try_at)
    SELECT 'job.changed', moved.job_id::text, {CHANGED}, clock_timestamp() + %(head_start)s::interval FROM moved
    UNION ALL
    SELECT 'job.dispatch', moved.job_id::text, {STEP} || '{{"first": true}}',
           clock_timestamp() + %(head_start)s::interval
    FROM moved JOIN planned AS step ON step.position = 0
    RETURNING id, topic, key, payload
)
SELECT moved.id, moved.created_at, told.* FROM moved, told
"""  # noqa: S608 - no value is written into it

STATE = "SELECT state, seq, updated_at FROM pipeline_job WHERE id = %(job)s"

# Takes a step whose turn has come, or one whose worker did not renew its lease.
CLAIM = f"""
WITH job AS (
    SELECT * FROM pipeline_job WHERE job_id = %(job_id)s::uuid FOR NO KEY UPDATE
), held AS (
    SELECT step.* FROM pipeline_step AS step JOIN job ON step.job_id = job.id WHERE step.position = %(position)s::int
), claimed AS (
    UPDATE pipeline_step AS step
    SET status = 'in_progress', attempt = step.attempt + 1, fence = step.fence + 1, worker = %(worker)s::text,
        sends = 0, error = '', losses = step.losses + (step.status = 'in_progress')::int, next_try_at = NULL,
        lease_until = clock_timestamp() + %(lease)s::interval, started_at = clock_timestamp(),
        input = CASE WHEN step.position = 0 THEN step.input ELSE (
            SELECT before.output FROM pipeline_step AS before
            WHERE before.job_id = step.job_id AND before.position = step.position - 1
        ) END
    FROM job
    WHERE step.job_id = job.id AND step.position = %(position)s::int AND step.position = job.steps_done
      AND job.state IN ('pending', 'in_progress', 'stalled')
      AND (step.status = 'pending' AND coalesce(step.next_try_at <= clock_timestamp(), true)
           OR step.status = 'in_progress' AND step.lease_until < clock_timestamp())
    RETURNING step.*
), lost AS (
    INSERT INTO pipeline_attempt (step_id, number, worker, started_at, finished_at, outcome, error)
    SELECT held.id, held.attempt, held.worker, held.started_at, clock_timestamp(), 'lost', ''
    FROM held JOIN claimed USING (id) WHERE held.status = 'in_progress'
    -- A sweep may have written it down while this statement waited for the job.
    ON CONFLICT DO NOTHING
), moved AS (
    UPDATE pipeline_job SET state = 'in_progress', seq = pipeline_job.seq + 1, updated_at = clock_timestamp()
    FROM claimed WHERE pipeline_job.id = claimed.job_id
    RETURNING pipeline_job.*
), noted AS (
    INSERT INTO pipeline_jobchange (job_id, at, by_name, from_status, to_status, reason)
    SELECT job.id, clock_timestamp(), '', job.state, 'in_progress', ''
    FROM job JOIN moved USING (id) WHERE job.state <> 'in_progress'
), told AS (
    INSERT INTO pipeline_outboxevent (topic, key, payload, next_try_at)
    SELECT 'job.changed', moved.job_id::text, {CHANGED}, clock_timestamp() + %(head_start)s::interval
    FROM job JOIN moved USING (id) WHERE job.state <> 'in_progress'
    RETURNING id, topic, key, payload
)
SELECT claimed.id, job.id, claimed.name, claimed.runs, claimed.attempt, claimed.fence, claimed.failures,
       claimed.input, job.params, job.request_id, {CHANGED}, told.id, told.topic, told.key, told.payload
FROM claimed JOIN job ON job.id = claimed.job_id JOIN moved ON moved.id = job.id LEFT JOIN told ON true
     CROSS JOIN {HURRY}
"""  # noqa: S608 - no value is written into it

# Ends a step with its output, which gives the next its turn; after the last one the job is completed, and a job that
# was cancelled meanwhile is cancelled.
FINISH = f"""
WITH job AS (
    SELECT * FROM pipeline_job WHERE id = %(job)s::bigint FOR NO KEY UPDATE
), done AS (
    UPDATE pipeline_step AS step
    SET status = 'completed', output = %(output)s::jsonb, finished_at = clock_timestamp(), lease_until = NULL
    FROM job
    WHERE step.id = %(step)s::bigint AND step.fence = %(fence)s::int AND step.status = 'in_progress'
    RETURNING step.*
), ended AS (
    INSERT INTO pipeline_attempt (step_id, number, worker, started_at, finished_at, outcome, error)
    SELECT id, attempt, worker, started_at, finished_at, 'completed', '' FROM done
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
    SELECT moved.id, moved.log_seq, clock_timestamp(), done.name, 'info', %(message)s::text FROM moved, done
), noted AS (
    INSERT INTO pipeline_jobchange (job_id, at, by_name, from_status, to_status, reason)
    SELECT job.id, clock_timestamp(), '', job.state, moved.state, ''
    FROM job JOIN moved USING (id) WHERE job.state <> moved.state
), told AS (
    INSERT INTO pipeline_outboxevent (topic, key, payload, next_try_at)
    SELECT 'job.changed', moved.job_id::text, {CHANGED}, clock_timestamp() + %(head_start)s::interval
    FROM job JOIN moved USING (id) WHERE job.state <> moved.state
    UNION ALL
    SELECT 'job.dispatch', moved.job_id::text, {STEP}, clock_timestamp() + %(head_start)s::interval
    FROM moved JOIN pipeline_step AS step ON step.job_id = moved.id AND step.position = moved.steps_done
    WHERE moved.state = 'in_progress'
    RETURNING id, topic, key, payload
)
SELECT {CHANGED}, told.id, told.topic, told.key, told.payload FROM moved LEFT JOIN told ON true CROSS JOIN {HURRY}
"""  # noqa: S608 - no value is written into it

# Writes down that the broker took a job's first message; a worker may have been quicker.
SENT = f"""
WITH moved AS (
    UPDATE pipeline_job SET state = 'in_progress', seq = seq + 1, updated_at = clock_timestamp()
    WHERE job_id = %(job_id)s::uuid AND state = 'pending'
    RETURNING *
), noted AS (
    INSERT INTO pipeline_jobchange (job_id, at, by_name, from_status, to_status, reason)
    SELECT moved.id, clock_timestamp(), '', 'pending', 'in_progress', '' FROM moved, {HURRY}
)
INSERT INTO pipeline_outboxevent (topic, key, payload, next_try_at)
SELECT 'job.changed', moved.job_id::text, {CHANGED}, clock_timestamp() + %(head_start)s::interval FROM moved
RETURNING id, topic, key, payload
"""  # noqa: S608 - no value is written into it

# Writes lines into the log of a job, numbered on without a gap.
SAY = """
WITH job AS (
    UPDATE pipeline_job SET log_seq = log_seq + cardinality(%(messages)s::text[]) WHERE id = %(job)s::bigint
    RETURNING id, log_seq - cardinality(%(messages)s::text[]) AS said
)
INSERT INTO pipeline_logline (job_id, seq, at, step, level, message)
SELECT job.id, job.said + line.number, line.at, %(step)s::text, line.level, line.message
FROM job, unnest(%(ats)s::timestamptz[], %(levels)s::text[], %(messages)s::text[])
     WITH ORDINALITY AS line (at, level, message, number)
RETURNING seq
"""

# Lengthens the leases of steps that still run under their claims, and answers them with their jobs' statuses.
RENEW = """
UPDATE pipeline_step AS step SET lease_until = clock_timestamp() + %(lease)s::interval
FROM pipeline_job AS job, unnest(%(steps)s::bigint[], %(fences)s::int[]) AS claim (step, fence)
WHERE step.id = claim.step AND step.fence = claim.fence AND step.status = 'in_progress' AND job.id = step.job_id
RETURNING step.id, job.state
"""


def run(statement: str, **values: Any) -> list[Any]:
    """The rows that the statement answers, their JSON as text.

    Planning one takes as long as running it, so each connection has it prepared: Django's own cursors cannot.
    """
    connection.ensure_connection()
    # None, which Django sets, forbids it.
    connection.connection.prepare_threshold = 0
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(statement, values, prepare=True).fetchall()


def events_of(rows: Sequence[Sequence[Any]]) -> list[Event]:
    """What the rows, of id, topic, key and payload, tell; a row of nulls tells nothing."""
    return [Event(number, topic, key, orjson.loads(payload)) for number, topic, key, payload in rows if number]


def announce(changed: str, events: Sequence[Event]) -> None:
    """Has events that a statement wrote delivered after the commit, and the change told that is none of them."""
    outbox.announce(events)
    if not any(event.topic == "job.changed" for event in events):
        transaction.on_commit(partial(live.push, live.BOARD, [orjson.loads(changed)]), robust=True)
