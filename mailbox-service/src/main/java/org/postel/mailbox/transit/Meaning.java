package org.postel.mailbox.transit;

/** What a step of a trace says about the queue. */
enum Meaning {
    /** The message is in the queue. */
    ACCEPTED,
    /** The recipient waits for the remote stage. */
    RELAYING,
    /** The recipient waits for another attempt. */
    DEFERRED,
    /** The recipient is in the queue no more, or rests in {@code mail.dead} or {@code mail.held}. */
    ENDED,
    /** Nothing: only part of the journey. */
    TOLD;

    static Meaning of(String step) {
        return switch (step) {
            case "accepted" -> ACCEPTED;
            case "routed" -> RELAYING;
            case "deferred" -> DEFERRED;
            case "delivered", "discarded", "relayed", "bounced", "dead", "held", "deleted" -> ENDED;
            default -> TOLD;
        };
    }
}
