package org.postel.delivery.relay;

import java.util.Optional;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.smtp.Answer;
import org.postel.delivery.smtp.Reply;
import org.postel.queue.v1.Failure;

/** Turns what a server said into an outcome. */
final class Replies {

    private static final int LONGEST = 1000;
    private static final String CLOSING = "421";

    private Replies() {
    }

    /** @param tlsSecurity version and cipher of the connection; empty in clear */
    static Result result(Answer answer, Hop hop, String tlsSecurity) {
        return switch (answer) {
            case Answer.Taken(Reply reply, boolean passedOn) ->
                new Result.Relayed(hop + (tlsSecurity.isEmpty() ? " in clear" : " under " + tlsSecurity + ", " + hop.tls().proof()), hop.name(), cut(reply.toString()), passedOn);
            case Answer.Refused(Reply reply, boolean _) -> refusal(reply, hop);
            case Answer.NotOffered(String status, String explanation) ->
                new Result.Refused(Failure.newBuilder().setStatus(status).setExplanation(explanation).build());
        };
    }

    /** A 4yz is for now, everything else that is no yes is for good. */
    static Result refusal(Reply reply, Hop hop) {
        Failure failure = Failure.newBuilder()
                .setStatus(reply.status().orElse(reply.transientFailure() ? "4.0.0" : "5.0.0"))
                .setReply(cut(reply.toString()))
                .setRemoteHost(hop.name())
                .build();
        return reply.permanentFailure() ? new Result.Refused(failure)
                : new Result.Deferred(failure.toBuilder().setStatus(temporary(failure.getStatus())).build());
    }

    /**
     * Whether it says something of the recipient's domain, as greylisting does, and nothing of the server: it is to RCPT. With 421 a server speaks
     * of itself, whatever was asked.
     */
    static boolean ofDomain(Answer answer) {
        return answer instanceof Answer.Refused(Reply reply, boolean alone) && alone && !reply.toString().startsWith(CLOSING);
    }

    /** A server that has too much to do (421, RFC 5321 §3.8), or too much of us (4.7.x, RFC 3463 §3.8). */
    static boolean asksForLess(Result result) {
        return result instanceof Result.Deferred(Failure failure) && !failure.getReply().isEmpty()
                && (failure.getReply().startsWith(CLOSING) || failure.getStatus().startsWith("4.7."));
    }

    /**
     * A server that talks to us no more for now, with its codes only: its words may be about the mail that it said them to, and senders of
     * other mail read them.
     */
    static Optional<Failure> turnsAway(Result result) {
        return result instanceof Result.Deferred(Failure failure) && failure.getReply().startsWith(CLOSING)
                ? Optional.of(failure.toBuilder().setReply(failure.getReply().contains(failure.getStatus()) ? CLOSING + " " + failure.getStatus() : CLOSING).build())
                : Optional.empty();
    }

    private static String temporary(String status) {
        return status.startsWith("4") ? status : "4.0.0";
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
