package org.postel.delivery.outcome;

import org.postel.queue.v1.Failure;

/** Failures that we find ourselves: RFC 3463 status and words for the person who sent the mail; and how any is told in a line. */
public final class Failures {

    private Failures() {
    }

    /** With no remote reply. */
    public static Failure of(String status, String explanation) {
        return Failure.newBuilder().setStatus(status).setExplanation(explanation).build();
    }

    /** For those who run mail servers, in one line: the status, and what the remote server said or else what we found. */
    public static String inOneLine(Failure failure) {
        String reply = failure.getReply().isEmpty() ? failure.getExplanation() : failure.getRemoteHost() + " said: " + failure.getReply();
        return failure.getStatus() + " " + reply.replaceAll("\\p{Cntrl}+", " ");
    }

    /** Nobody has this address: RFC 3463 §3.2. */
    public static Failure unknownUser() {
        return of("5.1.1", "There is no mailbox with this address.");
    }

    /** RFC 3463 §3.5, RFC 5321 §6.3. */
    public static Failure loop(String how) {
        return of("5.4.6", "The mail was going in a circle: " + how);
    }

    /** More mail waits for the destination than it takes: RFC 3463 §3.5. */
    public static Failure noTurn() {
        return of("4.4.5", "So much mail waits for the recipient's domain that it was not this mail's turn.");
    }

    /** Our own store did not answer. */
    public static Failure storeUnavailable() {
        return of("4.3.0", "The mailbox could not be reached for a while.");
    }
}
