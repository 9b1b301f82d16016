package org.postel.queue;

import java.util.List;

/** The groups that take work: share groups (KIP-932) for the stages, ordinary ones for the retry tiers. */
public final class ShareGroups {

    /** Takes {@code mail.accepted}. */
    public static final String ROUTE = "postel-route";
    /** Takes {@code mail.relay}. */
    public static final String RELAY = "postel-relay";
    /** Takes {@code mail.relay.slow}. */
    public static final String RELAY_SLOWLY = "postel-relay-slow";

    static final List<String> ALL = List.of(ROUTE, RELAY, RELAY_SLOWLY);

    private ShareGroups() {
    }

    /** The ordinary group that moves a retry tier's records. */
    static String mover(String retryTopic) {
        return "postel-" + retryTopic;
    }
}
