package org.postel.smtp.server;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.postel.smtp.session.Service;
import org.postel.smtp.syntax.Leniency;
import org.postel.smtp.syntax.Reply;
import org.postel.wire.WireMetrics;
import org.postel.wire.sasl.Mechanisms;

/** What the sessions of one listener count. */
final class SessionMetrics {

    private final MeterRegistry registry;
    private final WireMetrics wire;
    private final String direction;

    SessionMetrics(MeterRegistry registry, WireMetrics wire, Service service) {
        this.registry = registry;
        this.wire = wire;
        this.direction = switch (service) {
            case MX, LMTP -> "inbound";
            case SUBMISSION -> "submission";
        };
    }

    /** A command was answered. */
    void command(String verb, Reply reply, Duration took) {
        wire.command(verb, result(reply), took);
    }

    /** A message got its answer. */
    void message(Reply reply) {
        String result = reply.positive() ? "accepted" : reply.permanentError() ? "refused" : "deferred";
        registry.counter("mail.smtp.messages.total", "direction", direction, "result", result).increment();
    }

    /** A login got its answer. */
    void auth(String mechanism, Reply reply) {
        String result = reply.positive() ? "success" : reply.permanentError() ? "failure" : "error";
        wire.authAttempt(Mechanisms.KNOWN.contains(mechanism) ? mechanism : "other", result);
    }

    /** A deviation was tolerated. */
    void leniency(Leniency used) {
        registry.counter("mail.smtp.leniencies.total", "leniency", used.name()).increment();
    }

    /** A session ran into a limit. */
    void limited(String scope) {
        wire.rateLimited(scope);
    }

    private static String result(Reply reply) {
        if (reply.positive()) {
            return "ok";
        }
        boolean syntax = reply.code() >= 500 && reply.code() <= 504 || reply.code() == 555;
        return syntax ? "bad" : "no";
    }
}
