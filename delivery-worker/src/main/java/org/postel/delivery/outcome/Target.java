package org.postel.delivery.outcome;

/** Where a message goes: a label of the metrics. */
public enum Target {
    /** A mailbox of ours. */
    LOCAL,
    /** Another mail server. */
    REMOTE;

    /** As it stands in the metrics. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
