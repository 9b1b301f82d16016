package org.postel.mailbox.transit;

import java.time.Clock;
import java.util.List;
import org.postel.mailbox.cassandra.Cql;
import org.postel.queue.Follower;
import org.postel.queue.QueueSettings;
import org.postel.queue.Topics;

/** Everything about mail on its way, put together. */
public final class Transit implements AutoCloseable {

    // Names of consumer groups: all pods of the service share the work.
    private static final String TRACES = "postel-transit";
    private static final String RESTING = "postel-resting";

    private final QueueAccess queue;
    private final QueueIndex index;
    private final Journeys journeys;
    private final RestingMail resting;
    private final Operator operator;
    private final Follower traces;
    private final Follower rests;

    /** @param host this process' name in the journeys */
    public Transit(Cql cql, QueueSettings settings, TransitSettings remembered, QueueAccess queue, String host, Clock clock) {
        this.queue = queue;
        TransitTables tables = new TransitTables(cql, remembered);
        this.index = new QueueIndex(cql, remembered, clock);
        this.journeys = new Journeys(cql, remembered, clock);
        this.resting = new RestingMail(cql, tables);
        this.operator = new Operator(index, resting, new LetGo(queue, resting, host, clock), queue, clock);
        this.traces = new Follower(settings, TRACES, List.of(Topics.TRACE), new TraceView(cql, tables, remembered, System::nanoTime));
        this.rests = new Follower(settings, RESTING, List.of(Topics.DEAD, Topics.HELD), new RestingView(cql, tables));
    }

    /** Begins to follow the queue; connects in the background. */
    public void start() {
        traces.start();
        rests.start();
    }

    /** Whether the queue takes and gives mail now: a broker answered within three seconds. */
    public boolean queueAnswers() {
        return queue.answers();
    }

    public QueueIndex index() {
        return index;
    }

    public Journeys journeys() {
        return journeys;
    }

    public RestingMail resting() {
        return resting;
    }

    public Operator operator() {
        return operator;
    }

    @Override
    public void close() {
        traces.close();
        rests.close();
    }
}
